import type { Generated } from "kysely";

/** The tasks of the migration for effects, as Kysely sees them. Times are ISO strings. */

export type TaskKind = "refer" | "return-outcome" | "ask-peer";
export type TaskWhat = "stands-still" | "refused" | "incomplete";
export interface TaskTable {
  id: string;
  cause: string;
  kind: TaskKind;
  what: TaskWhat;
  peer_id: string;
  report_id: string;
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
