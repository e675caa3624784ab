/** The desk's API, as data: these schemas make the OpenAPI document, check every request and shape every answer. */
export * from "./assessment-contract.ts";
export * from "./deconfliction-contract.ts";
export * from "./evidence-contract.ts";
export * from "./grade-contract.ts";
export * from "./outcome-contract.ts";
export * from "./paging-contract.ts";
export * from "./problem-contract.ts";
export * from "./proof-contract.ts";
export * from "./queue-contract.ts";
export * from "./referral-contract.ts";
export * from "./report-contract.ts";
export * from "./safeguarding-contract.ts";
export * from "./session-contract.ts";
export * from "./station-contract.ts";
export * from "./whereabouts-contract.ts";
export * from "./task-contract.ts";
export * from "./uk-contract.ts";
