export { components, componentsAfterRemoval, type Component } from "./components.ts";
export { networkDeviceNumber, passesLuhn } from "./device-number.ts";
export { edgeName, nodeName, type Edge, type LinkNode } from "./edge.ts";
export { judge, type Frequency, type Judgement } from "./judge.ts";
export * from "./key.ts";
export { defaultLinkRules, type LinkRules } from "./link-rules.ts";
export { hasBecomeCommon, linkReports, type Linking, type Refusal } from "./link-reports.ts";
export { identifierKey, type KeyOf } from "./identifier-key.ts";
export { linkingKeys } from "./linking-keys.ts";
export { statedFacts, type PersonFact } from "./person-fact.ts";
export {
  reportIdentity,
  reportLookups,
  sameReport,
  type ReportIdentity,
  type SameReport,
} from "./same-report.ts";
export * from "./subjects/index.ts";
