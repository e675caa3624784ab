export * from "./advance.ts";
export { claimsOf } from "./answers.ts";
export { defaultLegalRoutes, legalRoute, type LegalRoute } from "./legal-route.ts";
export { nextRequest, type NextStep, type SuggestedRequest } from "./next-request.ts";
export * from "./request-record.ts";
export { REQUEST_TEMPLATES } from "./templates.ts";
