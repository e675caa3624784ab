import type { Generated } from "kysely";

/** The tasks of the migration for effects, as Kysely sees them. Times are ISO strings. */

export type TaskKind =
  | "refer"
  | "return-outcome"
  | "ask-peer"
  | "keep"
  | "sender-format"
  | "fetch-hashes"
  | "send-feedback"
  | "erase";
export type TaskWhat =
  | "stands-still"
  | "refused"
  | "incomplete"
  | "keeping-ends"
  | "format-burst"
  | "erasing-waits"
  | "erasing-stands-still";
export interface TaskTable {
  id: string;
  cause: string;
  kind: TaskKind;
  what: TaskWhat;
  /** Null where it is about no peer. */
  peer_id: string | null;
  /** Null where no report of the sender got in. */
  report_id: string | null;
  sender: string | null;
  /** The bank that it is about, where it is about one. */
  bank_id: Generated<string | null>;
  opened_at: string;
  alarm: 1 | 2 | 3;
  owner: string | null;
  owned_since: string | null;
  closed_at: Generated<string | null>;
  closed_by: Generated<string | null>;
  closed_how: Generated<"through" | "elsewhere" | "seen-to" | null>;
  closed_reason: Generated<string | null>;
}

export interface TaskTables {
  task: TaskTable;
}
