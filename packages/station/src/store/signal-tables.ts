import type { SafetyAction } from "@fairlead/assessment";
import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";

/** The tables of the migration for account signals, as Kysely sees them. Times are ISO strings. */

export interface SignalEventTable {
  id: GeneratedAlways<string>;
  account: string;
  kind: "asked" | "accepted" | "refused" | "blocked" | "unblocked" | "reported";
  other: string;
  band: "under-13" | "13-15" | "16-17";
  common: boolean | null;
  at: string;
  chat_report_id: string | null;
  induced: Generated<boolean>;
}
export interface SafetyActionTable {
  id: string;
  account: string;
  action: SafetyAction;
  level: Generated<"L1">;
  rules_version: string;
  signals: JSONColumnType<object>;
  signal_at: string;
  began_at: string;
  ends_at: string;
  ended_at: string | null;
  ended_why: "time" | "lifted" | "decided" | null;
}
export interface SafetyNoticeTable {
  account: string;
  told: string;
  at: string;
  fine_at: string | null;
}
export interface SafetyAppealTable {
  id: string;
  account: string;
  made_at: string;
  words: string;
  decided_at: string | null;
  lifted: boolean | null;
}
export interface SafetyDecisionTable {
  id: string;
  account: string;
  decided_at: string;
  decided_by: string;
  decision: "keep" | "lift" | "longer";
  reason: string;
  appeal_id: string | null;
  rules: string[];
  hidden_until: string | null;
}

export interface SignalTables {
  signal_event: SignalEventTable;
  safety_action: SafetyActionTable;
  safety_notice: SafetyNoticeTable;
  safety_appeal: SafetyAppealTable;
  safety_decision: SafetyDecisionTable;
}
