import { createHash } from "node:crypto";
import { type ArrivalKey, arrivalKeys } from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";

interface Row {
  door: string;
  handed_by: string;
  number: string;
  content: Report;
  /** The reference that this station issued, and the one that the report says it follows: those of UK direct reports. */
  reference: string | null;
  follows: string | null;
}

/** Under what a report is found, as it stands in the database: SHA-256 of each key. */
export interface StoredKey {
  part: ArrivalKey["part"];
  key: Buffer;
}

/** Reads what a report is found under from what it says and how it came; `undefined` if there is no such report. */
export async function keysOfReport(
  station: Pick<Station, "config">,
  tx: Transaction<Tables>,
  reportId: string,
): Promise<StoredKey[] | undefined> {
  const { rows } =
    await sql<Row>`select report.door, report.handed_by, report.number::text as number, report.content,
      uk_report.reference, uk_report.document ->> 'follows' as follows
    from report left join uk_report on uk_report.report_id = report.id
    where report.id = ${reportId}::uuid`.execute(tx);
  const row = rows[0];
  if (row === undefined) return undefined;
  const { id, name } = station.config.station;
  return arrivalKeys({
    report: row.content,
    handedBy: row.handed_by,
    passesOn: row.door === "package",
    numbers: [row.number, ...(row.reference === null ? [] : [row.reference])],
    station: { id, name },
    follows: row.follows ?? undefined,
  }).map(({ part, key }) => ({ part, key: createHash("sha256").update(key).digest() }));
}

/** Writes a report's keys; those that stand already stay. */
export async function writeKeys(
  tx: Transaction<Tables>,
  reportId: string,
  keys: readonly StoredKey[],
): Promise<void> {
  await sql`with noted as (update report set arrivals_noted = true where id = ${reportId}::uuid and not arrivals_noted)
    insert into arrival_key (report_id, part, key)
    select ${reportId}::uuid, given.part, given.key
    from unnest(${keys.map(({ part }) => part)}::text[], ${keys.map(({ key }) => key)}::bytea[]) as given (part, key)
    on conflict do nothing`.execute(tx);
}
