export { addPerson, newSignInLink, newToken, saveAccount } from "./access/index.ts";
export { type Breach, type Verification, verifyStation } from "./audit/verify.ts";
export {
  bankIdSchema,
  type BankSettings,
  bankSettingsSchema,
  bankStats,
  importLists,
  type Lookup,
  lookupSchema,
  openMatcher,
} from "./banks/index.ts";
export { type ChatConfig, chatConfigSchema } from "./chat-config.ts";
export { configSchema, parseConfig, type PeerConfig, readConfig, type StationConfig } from "./config.ts";
export type {
  GrantView,
  OutcomeStatement,
  QueueEntry,
  QueuePage,
  ReportView,
} from "./desk-api/contract.ts";
export { StationError, type StationErrorCode } from "./errors.ts";
export { checkCertificate, type CheckedCertificate } from "./erasing/index.ts";
export {
  cardOf,
  type ChatKeys,
  createChatKeys,
  createKeys,
  loadChatKeys,
  loadKeys,
  type StationCard,
  type StationKeys,
} from "./keys.ts";
export { checkUkDirect, UK_LIMITS, type UkChecked } from "./intake/index.ts";
export { openPackagedTables } from "./linking/index.ts";
export { openLog } from "./log.ts";
export { openDatabaseOf } from "./open-database.ts";
export { type OperatorHealth, operatorHealth } from "./operator-health.ts";
export { openTileFiles } from "./audit/index.ts";
export { openFileStore, openVault } from "./vault/index.ts";
export { profileIds, profiles, type Profile, type ProfileId } from "./profile.ts";
export { referredReportSchema, type ReferredReport } from "./referral/index.ts";
export { type RunningStation, startStation } from "./start.ts";
export {
  type Database,
  databaseTrouble,
  openDatabase,
  retryWhileDown,
  silentLog,
  startEmbedded,
} from "./store/index.ts";
export {
  backTestStation,
  type ReadRules,
  readRules,
  type RuleProblem,
  rulesFrom,
  type StationBackTest,
} from "./rules/index.ts";
export { readSecret } from "./seed.ts";
export {
  createVerifierKeys,
  loadVerifierKeys,
  openLogProof,
  readVerifierConfig,
  type RunningVerifier,
  startVerifier,
  type VerifierConfig,
  type VerifierOptions,
} from "./verifier/index.ts";
