import { StationError } from "../errors.ts";

/**
 * What went wrong in the store, for programs to branch on:
 *
 * - `postgres-missing`: no PostgreSQL binaries, or no tool that the launcher needs, for this machine.
 * - `postgres-identity`: no operating-system user was found that can run PostgreSQL on this data directory.
 * - `postgres-in-use`: another live process holds the data directory.
 * - `postgres-version`: the data directory was made by another major version than the binaries.
 * - `postgres-failed`: initdb or the server ended with an error.
 * - `postgres-stopped`: the embedded server was stopped while somebody waited for it.
 * - `invalid-setting`: a caller asked for something that the store does not allow.
 * - `not-durable`: the server may forget what it has acknowledged.
 * - `server-unsuitable`: the server's version or encoding does not fit.
 * - `commit-unknown`: the connection was lost during COMMIT; the transaction may or may not have happened.
 * - `migration-invalid`: the folder of migrations is not well formed.
 * - `migration-changed`: a migration that this database already has is not the one in the folder.
 * - `migration-newer`: the database was migrated by a newer Fairlead.
 * - `migration-failed`: a migration's SQL was refused.
 */
export type StoreErrorReason =
  | "postgres-missing"
  | "postgres-identity"
  | "postgres-in-use"
  | "postgres-version"
  | "postgres-failed"
  | "postgres-stopped"
  | "invalid-setting"
  | "not-durable"
  | "server-unsuitable"
  | "commit-unknown"
  | "migration-invalid"
  | "migration-changed"
  | "migration-newer"
  | "migration-failed";

/**
 * The store's part of the station's one error. Every message is written for the operator: what, where, why, and what to
 * do. It may name paths and settings of the machine, so it never goes to a client.
 */
export class StoreError extends StationError {
  readonly reason: StoreErrorReason;

  constructor(reason: StoreErrorReason, message: string, options: { cause?: unknown } = {}) {
    super("database.unfit", message, { audience: "operator", ...options });
    this.reason = reason;
  }
}
