import { linkingKeys } from "@fairlead/assessment";
import type { ReportId } from "@fairlead/report";
import type { YearReport } from "@fairlead/simulator";
import type { GrowingColumns } from "../../src/year/columns.ts";
import { gradeAlone, type PartMaking, putKeys } from "../../src/year/make-part.ts";
import { yearNetworkClaims } from "../../src/year/networks.ts";
import type { CopyText } from "./copy-text.ts";
import { putGrade, putKey } from "./rows.ts";

/** Where the work on a report goes: rows for the database, and numbers for the index of subjects. */
export interface Worked {
  readonly gradeRows: CopyText;
  readonly keyRows: CopyText;
  readonly columns: GrowingColumns;
}

/** Linking and assessment of one report: its keys, its grade, and the rows of both. @param row its place in the columns */
export function workReport(one: YearReport, row: number, into: Worked, making: PartMaking): void {
  const at = new Date(one.receivedAt).toISOString();
  const claims = yearNetworkClaims(one.report, at);
  const keys = linkingKeys(one.caseNumber as ReportId, one.report, claims, making.rules.linking);
  putKeys(into.columns, keys, row, making.hashKey);
  putGrade(into.gradeRows, one.index, one.receivedAt, gradeAlone(one, claims, at, making));
  const report = String(one.index);
  for (const key of keys) if (key.strength !== "never") putKey(into.keyRows, report, key);
}
