export {
  ACCOUNT_DAYS,
  ACCOUNTS_FROM,
  OFFENDING_ACCOUNTS,
  ORDINARY_ACCOUNTS,
  simulateAccounts,
  type Behaviour,
  type SimulateAccountsOptions,
  type SimulatedAccount,
  type SimulatedAccountEvent,
} from "./accounts/index.ts";
export { UK_AREAS, type Area } from "./areas.ts";
export type { SimulatedFile } from "./compose.ts";
export { networkFixture, networkOf, type NetworkRow } from "./network.ts";
export {
  ERROR_KINDS,
  HABITS,
  INTENTS,
  type ErrorKind,
  type Habit,
  type Intent,
  type Platform,
  type Profile,
  type Slot,
} from "./profile.ts";
export { drawPhotograph, type Photograph } from "./photo/draw-photograph.ts";
export { profiles, simulate, type SimulatedReport, type SimulateOptions } from "./simulate.ts";
export type {
  Expected,
  ExpectedAttributes,
  InjectedError,
  Plan,
  PlannedOutcome,
  Tier,
  Truth,
} from "./truth.ts";
export { scoreErrors, type ErrorScore } from "./scores/errors.ts";
export { scoreLevels, type LevelScore } from "./scores/levels.ts";
export { scoreRouting, type Route, type RoutingScore } from "./scores/routing.ts";
export { scoreSubjects, type SubjectScore } from "./scores/subjects.ts";
export { scoreUrgency, type UrgencyScore } from "./scores/urgency.ts";
export type { Surge } from "./year/arrivals.ts";
export { yearNetworkOf, yearNetworks, type YearNetwork } from "./year/address-space.ts";
export {
  addTruth,
  errorBits,
  errorKinds,
  truthColumns,
  type CompactTruth,
  type TruthColumns,
} from "./year/compact.ts";
export { ENCRYPTION, encryptedShare, type EncryptionSetting } from "./year/encryption.ts";
export type { DatedOutcome } from "./year/outcomes.ts";
export { PUBLISHED, type PublishedYear } from "./year/published.ts";
export {
  simulateYear,
  yearTotal,
  type SimulateYearOptions,
  type YearReport,
  type YearTruth,
} from "./year/simulate-year.ts";
export { SURFACES, type Surface, type YearPlatform, type YearProfile } from "./year/year-profile.ts";
export { yearProfiles } from "./year/years.ts";
export {
  addJudged,
  caughtShare,
  emptyTally,
  mergeTallies,
  shareOf,
  type Judged,
  type JudgementTally,
} from "./scores/judgement-tally.ts";
export {
  ALONE,
  countPeople,
  mergeSubjectTallies,
  subjectShares,
  tallySubjects,
  type SubjectColumns,
  type SubjectTally,
} from "./scores/subject-columns.ts";
