export { compactKeys, putKey, type CompactKeys, type RoleCode } from "./attachments.ts";
export type { CompactBridge } from "./bridges.ts";
export {
  openCompactIndex,
  type CompactDecision,
  type CompactIndex,
} from "./compact-index.ts";
export type { CompactState, ExpectedSize } from "./compact-state.ts";
export {
  compactBridges,
  compactSubjectOf,
  compactSubjects,
  type CompactSubject,
  type Frozen,
} from "./compact-subject.ts";
export { decisionName, valueName, type Decision, type ValueName } from "./decision.ts";
export type { Step } from "./path.ts";
export type { Standing, ValueReview, ValueStanding } from "./standing.ts";
export { openSubjectIndex, type Bridge, type Subject, type SubjectIndex } from "./subject-index.ts";
export { subjectsOf } from "./subjects-of.ts";
export { hashHolder, hashText, hashValue, type Hash64, type HashKey } from "./value-hash.ts";
