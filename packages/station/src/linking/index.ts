export { networkClaimsFor } from "./answered-networks.ts";
export { decideLink, type NewLinkDecision, undoLinkDecision } from "./decisions.ts";
export { forgetLinks, linkReport, unlinkReport } from "./link-report.ts";
export { type DecisionRow, liveDecisionsOfReport } from "./decisions-of.ts";
export { ensureSubjects } from "./rebuild.ts";
export { openPackagedTables, packagedTableFiles, type TableFiles } from "./packaged-tables.ts";
export { readStandings as valueStandings } from "./values.ts";
export { SAME_PERSON_OF_ONE, samePerson } from "./same-person.ts";
export { type BlockedValue, type LinkRow, linksOf, type ReportLinks } from "./links-of.ts";
export {
  assignSubject,
  findSubject,
  lookAtSubject,
  subjectBridges,
  type SubjectFacts,
  subjectReports,
  type SubjectReport,
  subjectsOfReport,
} from "./subjects.ts";
