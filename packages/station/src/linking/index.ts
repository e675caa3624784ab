export { linkReport } from "./link-report.ts";
export { samePerson } from "./same-person.ts";
