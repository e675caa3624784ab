export { networkClaimsFor } from "./answered-networks.ts";
export { linkReport } from "./link-report.ts";
export { SAME_PERSON_OF_ONE, samePerson } from "./same-person.ts";
