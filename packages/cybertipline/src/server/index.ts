export { type Clock } from "./call.ts";
export { newFileId, parseFileId, type RandomBytes } from "./file-id.ts";
export { type Endpoint } from "./fault.ts";
export { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";
export {
  createMemoryStore,
  type KeptFile,
  type KeptReport,
  type MemoryAccount,
  type MemoryStore,
  type MemoryStoreOptions,
} from "./memory-store.ts";
export { createServer, type ServerEvent, type ServerHandler, type ServerOptions } from "./server.ts";
export {
  CHANGE_LIFETIME_MS,
  expiresAt,
  judge,
  OPEN_LIFETIME_MS,
  type ReportRecord,
  STAGED_LIFETIME_MS,
} from "./standing.ts";
export * from "./store.ts";
