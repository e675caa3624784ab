import type { NetworkTables, RuleSet } from "@fairlead/assessment";
import type { Logger } from "pino";
import type { Policy } from "./access/index.ts";
import type { AuditLog } from "./audit/index.ts";
import type { StationConfig } from "./config.ts";
import type { StationKeys } from "./keys.ts";
import type { Pairs } from "./deconfliction/index.ts";
import type { Database } from "./store/index.ts";
import type { Vault } from "./vault/index.ts";

/** Everything that a room may use, built once by start.ts. */
export interface Station {
  config: StationConfig;
  keys: StationKeys;
  db: Database;
  vault: Vault;
  audit: AuditLog;
  policy: Policy;
  /** The rules by which reports are linked, assessed and routed, with their version. */
  rules: RuleSet;
  /** The packaged network tables, if the configuration asks for them. */
  networks?: NetworkTables | undefined;
  /** Keys that are shared with peers to ask each other whether both work on one person. */
  deconfliction: Pairs;
  log: Logger;
  /** Names this process in the database: in its sessions' application name, in leases and in job locks. */
  processId: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  fetch: typeof fetch;
}
