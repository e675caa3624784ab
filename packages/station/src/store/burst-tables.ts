import type { ColumnType } from "kysely";

/** The tables of the migration for format bursts, as Kysely sees them. Times are ISO strings. */

export interface FormatBurstTable {
  id: string;
  sender: string;
  name: string;
  field: string;
  before_count: number;
  before_of: number;
  now_count: number;
  now_of: number;
  began_at: string;
  report_id: string | null;
  opened_at: string;
  recovered_at: ColumnType<string | null, undefined, string>;
  settled_at: ColumnType<string | null, undefined, string>;
  settled_how: ColumnType<"accepted" | "seen-to" | null, undefined, "accepted" | "seen-to">;
  settled_by: ColumnType<string | null, undefined, string>;
  settled_reason: ColumnType<string | null, undefined, string>;
}

export interface FormatMarkTable {
  report_id: string;
  burst_id: string;
  filled_by: ColumnType<string | null, undefined, string>;
}

export interface BurstTables {
  format_burst: FormatBurstTable;
  format_mark: FormatMarkTable;
}
