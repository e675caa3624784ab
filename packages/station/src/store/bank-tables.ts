import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { Stage, Trouble } from "../effects/index.ts";

/** The tables of the migration for banks, as Kysely sees them. Times are ISO strings, `bigint`s strings. */

export type BankTrust = "vetted-graded" | "vetted" | "unvetted";
export type BankSemantics = "pdq/full" | "pdq/nn512" | "unlabelled";
export interface BankTable {
  id: string;
  name: string;
  source: string;
  trust: BankTrust;
  enabled: boolean;
  /** Null: all. */
  categories: string[] | null;
  tags: string[] | null;
  members: string[] | null;
  threshold: number;
  quality: number;
  semantics: BankSemantics;
  made_at: string;
}
export interface BankHeadTable {
  one: Generated<boolean>;
  seq: string;
}
export interface BankEntryTable {
  id: string;
  bank_id: string;
  key: string;
  said: JSONColumnType<object>;
  digest: Buffer;
  gone: boolean;
  revision: number;
  changed_at: string;
}
export interface BankSignalTable {
  id: GeneratedAlways<string>;
  entry_id: string;
  kind: "md5" | "sha1" | "sha256" | "pdq";
  value: Buffer;
  semantics: BankSemantics | null;
  quality: number | null;
  gone: Generated<boolean>;
}
export interface BankChangeTable {
  seq: string;
  bank_id: string;
  entry_id: string | null;
  what: "added" | "changed" | "removed" | "restored" | "bank-made" | "bank-changed";
  revision: number | null;
  said: JSONColumnType<object>;
  at: string;
  by: string;
}
export interface BankExchangeTable {
  bank_id: string;
  kind: "ncmec" | "stopncii" | "directory";
  checkpoint: JSONColumnType<object> | null;
  turn: Generated<string>;
  received: Generated<string>;
  next_at: string | null;
  caught_up_at: Generated<string | null>;
  last_page_at: Generated<string | null>;
  failing_since: Generated<string | null>;
  attempts: Generated<number>;
  trouble: Generated<"unreachable" | "answer-invalid" | "blocked" | "fault" | null>;
  last_error: Generated<string | null>;
}
export interface BankFeedbackTable {
  id: string;
  peer_id: string;
  entry_id: string;
  signal_id: string;
  opinion: "affirmative" | "negative";
  reasons: string[];
  note: string;
  decided_by: string;
  decided_at: string;
  delivered_at: Generated<string | null>;
  stage: Generated<Stage>;
  open: GeneratedAlways<boolean>;
  reached: Generated<string>;
  moved_at: string;
  attempts: Generated<number>;
  next_attempt_at: string | null;
  trouble: Generated<Trouble | null>;
  last_error: Generated<string | null>;
}
export interface BankOpinionTable {
  entry_id: string;
  kind: "md5" | "sha1" | "sha256" | "pdq";
  username: string;
  opinion: "affirmative" | "negative";
  reasons: string[];
  at: string;
}
export interface BankTallyTable {
  bank_id: string;
  live: string;
  gone: string;
  changed_at: string;
}
export interface BankPartTable {
  bank_id: string;
  sort: "category" | "tag" | "member";
  value: string;
  name: string | null;
  live: string;
}
export interface BankReasonTable {
  bank_id: string;
  kind: "md5" | "sha1" | "sha256" | "pdq";
  reason: string;
  name: string;
  place: number;
  listed: boolean;
  listed_at: string;
}

export interface BankTables {
  bank: BankTable;
  bank_head: BankHeadTable;
  bank_entry: BankEntryTable;
  bank_signal: BankSignalTable;
  bank_change: BankChangeTable;
  bank_exchange: BankExchangeTable;
  bank_feedback: BankFeedbackTable;
  bank_opinion: BankOpinionTable;
  bank_tally: BankTallyTable;
  bank_part: BankPartTable;
  bank_reason: BankReasonTable;
}
