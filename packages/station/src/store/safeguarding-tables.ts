import type { ColumnType, Generated, JSONColumnType } from "kysely";

/** The tables of the safeguarding migration, as Kysely sees them. Times are ISO strings. */

export type SafeguardingUrgency = "at-once" | "harm" | "help";
export type SafeguardingState = "not-called" | "undecided" | "declined" | "decided" | "told" | "acknowledged";

export interface SafeguardingTable {
  report_id: string;
  called: boolean;
  urgency: SafeguardingUrgency;
  due_at: string;
  result: JSONColumnType<object>;
  seen: JSONColumnType<string[]>;
  state: SafeguardingState;
  declined_by: string | null;
  declined_at: string | null;
  declined_reason: string | null;
  declined_seen: ColumnType<string[] | null, string | null, string | null>;
}

export type SafeguardingReferralState = "decided" | "told" | "acknowledged" | "withdrawn";
export interface SafeguardingReferralTable {
  id: string;
  report_id: string;
  authority: string;
  authority_name: string;
  contact: JSONColumnType<object>;
  urgency: SafeguardingUrgency;
  due_at: string;
  reason: string;
  decided_by: string;
  decided_at: string;
  state: SafeguardingReferralState;
  told_by: ColumnType<string | null, string | undefined>;
  told_at: ColumnType<string | null, string | undefined>;
  told_how: ColumnType<"telephone" | "portal" | "in-person" | "other" | null, undefined>;
  taken_by: ColumnType<string | null, string | undefined>;
  reference: ColumnType<string | null, string | undefined>;
  acknowledged_by: ColumnType<string | null, string | undefined>;
  acknowledged_at: ColumnType<string | null, string | undefined>;
  answered_by: ColumnType<string | null, string | undefined>;
  answer: ColumnType<string | null, string | undefined>;
  withdrawn_by: ColumnType<string | null, string | undefined>;
  withdrawn_at: ColumnType<string | null, string | undefined>;
  withdrawn_reason: ColumnType<string | null, string | undefined>;
}

export interface PageTable {
  id: string;
  /** Null only for a page about a task that is about no report. */
  report_id: string | null;
  raised_at: string;
  triggers: JSONColumnType<object[]>;
  fresh: string[];
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  owner: string | null;
  owned_since: string | null;
  /** The task that it is about; null: the report is immediate. */
  task_id: ColumnType<string | null, string | undefined, never>;
  /** Whom it calls first. */
  audience: ColumnType<PageAudience, PageAudience | undefined, never>;
  /** What it was about is over, or a wider circle was called. */
  ended_at: ColumnType<string | null, undefined, string>;
}

export type PageAudience = "owner" | "caseworkers" | "leads" | "everybody";
export type PageCallState = "none" | "intended" | "told" | "ended";
export interface PageCallTable {
  page_id: string;
  audience: PageAudience;
  due_at: string;
  state: PageCallState;
  attempts: Generated<number>;
  next_attempt_at: string;
  last_error: string | null;
  told_at: string | null;
}

export interface SafeguardingTables {
  safeguarding: SafeguardingTable;
  safeguarding_referral: SafeguardingReferralTable;
  page: PageTable;
  page_call: PageCallTable;
}
