import type { UkPriority, UkProblem, UkReport } from "@fairlead/report/uk-direct";
import type { JSONColumnType } from "kysely";

/** The tables of migration 0011, as Kysely sees them. */

export interface UkReportTable {
  report_id: string;
  reference: string;
  account: string;
  priority: UkPriority;
  first_report: string | null;
  document: JSONColumnType<UkReport>;
  remarks: JSONColumnType<UkProblem[]>;
  receipt: JSONColumnType<object>;
  issued_at: string;
  reference_until: string;
  content_until: string;
}
export interface UkFilingTable {
  referral_id: string;
  report_id: string;
  priority: UkPriority;
  known_at: string;
  due_at: string;
  document: JSONColumnType<UkReport>;
  left_behind: JSONColumnType<string[]>;
  sending_since: string | null;
  reference: string | null;
  issued_at: string | null;
  reference_until: string | null;
  content_until: string | null;
  relevant_from: string | null;
  relevant_to: string | null;
}

export interface UkTables {
  uk_report: UkReportTable;
  uk_filing: UkFilingTable;
}
