export {
  askedRecord,
  overdueQueries,
  queryRecordSchema,
  withAnswer,
  type QueryRecord,
} from "./query-record.ts";
export {
  answerQuery,
  type Answering,
  type Hit,
  type Holding,
  type Holdings,
  type Refusal,
} from "./answer.ts";
export {
  addStep,
  conflictSchema,
  conflictsIn,
  conflictStepSchema,
  MOST_EXTENSIONS,
  openConflict,
  overdueConflicts,
  RELEASES,
  standingOf,
  type Conflict,
  type ConflictStanding,
  type ConflictStep,
  type Opening,
  type StepRefusal,
} from "./conflict.ts";
export { interestOf, interestsOf, type AskingRules, type NotAsked } from "./interest.ts";
export {
  answerSchema,
  BATCH,
  contactSchema,
  makeQueries,
  querySchema,
  type Answer,
  type AskedQuery,
  type Asking,
  type Contact,
  type Query,
} from "./query.ts";
export {
  DEFAULT_QUERY_LIMITS,
  fullAllowance,
  spend,
  type QueryAllowance,
  type QueryLimits,
} from "./rate-limit.ts";
export {
  interestKindSchema,
  interestRoleSchema,
  tokenOf,
  tokenSchema,
  yearsOn,
  type Hmac,
  type Interest,
  type InterestKind,
  type InterestRole,
  type Token,
  type YearKey,
} from "./token.ts";
