import type { ColumnType, Generated, JSONColumnType } from "kysely";

/** The tables of the migration for media, as Kysely sees them. Times are ISO strings, `bigint`s strings. */

type JsonOrNull = ColumnType<object | null, string | null, string | null>;
type Big = ColumnType<string, string | number, string | number>;

export interface MediaPolicyTable {
  bank_id: string;
  exact: "nothing" | "review" | "report";
  perceptual: "nothing" | "review";
  decided_by: string;
  decided_at: string;
}
export interface MediaFileTable {
  sha256: Buffer;
  size: Big;
  sha1: Buffer;
  md5: Buffer;
  format: string | null;
  /** 256 digits of 0 and 1. */
  pdq: string | null;
  pdq_quality: number | null;
  pdq_exact: boolean | null;
  first_at: string;
  state: "waiting" | "report" | "leave";
  leased_by: string | null;
  leased_until: string | null;
  shown_to: string | null;
  shown_at: string | null;
  decided_at: string | null;
  decided_by: string | null;
  decided_like: Buffer | null;
  viewed_in_full: Generated<boolean>;
  grade: "A1" | "A2" | "B1" | "B2" | null;
  note: string | null;
}
export interface MediaMatchTable {
  sha256: Buffer;
  bank_id: string;
  entry_key: string;
  found: JSONColumnType<object>;
  action: "nothing" | "review" | "report";
  found_at: string;
}
export interface MediaIncidentTable {
  id: string;
  account: string;
  key: string;
  opened_at: string;
  ended_at: string | null;
  report_id: string | null;
}
export interface MediaPostTable {
  id: string;
  account: string;
  reference: string;
  digest: Buffer;
  answer: JSONColumnType<object>;
  at: string;
  sha256: Buffer | null;
  context: JsonOrNull;
  object_name: string | null;
  incident_id: string | null;
}
export interface MediaLookTable {
  id: string;
  sha256: Buffer;
  person_id: string;
  granted_at: string;
  expires_at: string;
  opened_at: string | null;
  last_seen_at: string | null;
  seen_ms: Generated<string>;
  whole_ms: Generated<string>;
}

export interface MediaTables {
  media_policy: MediaPolicyTable;
  media_file: MediaFileTable;
  media_match: MediaMatchTable;
  media_incident: MediaIncidentTable;
  media_post: MediaPostTable;
  media_look: MediaLookTable;
}
