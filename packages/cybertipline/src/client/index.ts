export {
  type Answered,
  type Client,
  type ClientOptions,
  createClient,
  type Finished,
  type OutgoingFile,
  type Uploaded,
} from "./client.ts";
export { checkEnvironment, type Environment } from "./environment.ts";
export { ClientError, type ClientErrorCode, type ClientErrorDetails, type Effect } from "./error.ts";
export { type ClientTimeouts, type Fetch } from "./exchange.ts";
export { fileReport } from "./file-report.ts";
export * from "./filing.ts";
export * from "./journal.ts";
