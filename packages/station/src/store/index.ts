export { ANSWERS_OF_REPORT, insertCarriedAnswers } from "./answers.ts";
export { type ClaimJson, CLAIMS_OF_REPORT, claimsFromJson, insertClaims, insertClaimsOf } from "./claims.ts";
export { isoFromJson } from "./column-types.ts";
export { isConnectionLost, type RetryOptions, retryWhileDown } from "./connection-lost.ts";
export { Database, type DatabaseOptions, openDatabase, type TransactionOptions } from "./database.ts";
export { databaseTrouble } from "./database-trouble.ts";
export { assertDurable, type DurabilityOptions } from "./durable.ts";
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  type ServerSettings,
  startEmbedded,
} from "./embedded/index.ts";
export { StoreError, type StoreErrorReason } from "./error.ts";
export { grouped, type GroupOptions } from "./grouped.ts";
export { newId, timeOfUuidv7, uuidv7 } from "./ids.ts";
export { type EventFields, type EventLog, silentLog } from "./log.ts";
export { migrate, type MigrateOptions, type MigrateResult, workerSchema } from "./migrate.ts";
export { workerLogger } from "./worker-log.ts";
