import type { Generated } from "kysely";

/** The tasks of the migration for effects, as Kysely sees them. Times are ISO strings. */

export type TaskKind = "refer" | "return-outcome" | "ask-peer" | "keep";
export type TaskWhat = "stands-still" | "refused" | "incomplete" | "keeping-ends";
export interface TaskTable {
  id: string;
  cause: string;
  kind: TaskKind;
  what: TaskWhat;
  /** Null where it is about no peer. */
  peer_id: string | null;
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
