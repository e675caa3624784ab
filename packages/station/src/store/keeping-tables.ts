import type { HoldKind, HoldStep, KeepingDecision, KeepingStart } from "@fairlead/assessment";
import type { Generated, GeneratedAlways } from "kysely";

/** The tables of the migration for keeping, as Kysely sees them. Times are ISO strings, days `YYYY-MM-DD`. */

export interface KeepingEventTable {
  referral_id: string;
  started: KeepingStart;
  report_id: string;
  at: string;
}
export interface HoldTable {
  id: string;
  report_id: string;
  kind: HoldKind;
  authority: string;
  reference: string | null;
  placed_by: string;
  until: string | null;
  released_at: Generated<string | null>;
  due_at: GeneratedAlways<string>;
}
export interface HoldStepTable {
  hold_id: string;
  position: number;
  moved: HoldStep["to"];
  at: string;
  by: string;
  reason: string;
  last_day: string | null;
  zone: string | null;
  until: string | null;
}
export interface KeepingDecisionTable {
  id: string;
  report_id: string;
  position: GeneratedAlways<string>;
  kind: KeepingDecision["kind"];
  reason: string;
  last_day: string | null;
  zone: string | null;
  until: string | null;
  decided_by: string;
  decided_at: string;
}
export interface KeepingTable {
  report_id: string;
  counted: boolean;
  content_until: Generated<string | null>;
  endless: Generated<boolean>;
  content_by: Generated<string | null>;
  reference_until: Generated<string | null>;
  let_go: Generated<string | null>;
}

export interface KeepingTables {
  keeping_event: KeepingEventTable;
  hold: HoldTable;
  hold_step: HoldStepTable;
  keeping_decision: KeepingDecisionTable;
  keeping: KeepingTable;
}
