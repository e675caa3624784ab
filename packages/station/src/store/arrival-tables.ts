import type { ArrivalPart } from "@fairlead/assessment";

/** The tables of migration 0016, as Kysely sees them. */

export interface ArrivalKeyTable {
  report_id: string;
  part: ArrivalPart;
  /** SHA-256. */
  key: Buffer;
}
export interface ArrivalDecisionTable {
  id: string;
  kind: "same" | "different" | "apart";
  /** The one whose id sorts first, where it is about two. */
  report_id: string;
  other_id: string | null;
  reason: string;
  decided_by: string;
  decided_at: string;
  undone_reason: string | null;
  undone_by: string | null;
  undone_at: string | null;
}

export interface ArrivalTables {
  arrival_key: ArrivalKeyTable;
  arrival_decision: ArrivalDecisionTable;
}
