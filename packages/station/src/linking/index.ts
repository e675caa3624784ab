export { linkReport } from "./link-report.ts";
export { SAME_PERSON, samePerson } from "./same-person.ts";
