import type { Conflict, Interest, Query, QueryRecord } from "@fairlead/assessment/deconfliction";
import type { ColumnType, GeneratedAlways, JSONColumnType } from "kysely";
import type { EffectColumns } from "./tables.ts";

/** The tables of migration 0008, as Kysely sees them. */

export interface DeconflictionTokenTable {
  peer_id: string;
  year: number;
  token: string;
  interest: JSONColumnType<Interest>;
  report_id: string;
  owner: JSONColumnType<QueryRecord["owner"]>;
  noted_at: string;
  query: string | null;
}
export interface DeconflictionHolderTable {
  peer_id: string;
  year: number;
  token: string;
  report_id: string;
}
export interface DeconflictionQueryTable extends EffectColumns {
  id: string;
  peer_id: string;
  year: number;
  record: JSONColumnType<QueryRecord>;
  query: JSONColumnType<Query>;
  state: GeneratedAlways<"asking" | "answered" | "lapsed">;
  deadline: string;
  answered_at: string | null;
  answer: ColumnType<object | null, string | null, string | null>;
}
export interface DeconflictionAnswerTable {
  peer_id: string;
  query: string;
  query_sha256: Buffer;
  question: JSONColumnType<object>;
  answer: JSONColumnType<object>;
  answered_at: string;
}
export interface DeconflictionAllowanceTable {
  peer_id: string;
  remaining: number;
  at: ColumnType<string, number | string, number | string>;
}
export interface ConflictTable {
  id: string;
  report_id: string;
  peer_id: string;
  year: number;
  token: string;
  query: string;
  side: Conflict["side"];
  content: JSONColumnType<Conflict>;
  opened_at: string;
  released_at: string | null;
}
export interface SenderHoursTable {
  account: string;
  sender: string;
  day: string;
  slot: number;
  within_twelve: number;
  beyond_twelve: number;
}

export interface SenderHoursReadTable {
  report_id: string;
  account: string;
  sender: string;
  day: string;
  twelve_hour: boolean;
}

export interface DeconflictionTables {
  deconfliction_token: DeconflictionTokenTable;
  deconfliction_holder: DeconflictionHolderTable;
  deconfliction_query: DeconflictionQueryTable;
  deconfliction_answer: DeconflictionAnswerTable;
  deconfliction_allowance: DeconflictionAllowanceTable;
  conflict: ConflictTable;
  sender_hours: SenderHoursTable;
  sender_hours_read: SenderHoursReadTable;
}
