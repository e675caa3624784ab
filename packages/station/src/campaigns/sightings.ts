import type { Sighting } from "@fairlead/assessment";
import type { ReportId } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";

/**
 * Notes which files were seen in a report, once: facts that are only added, each in a row of its own.
 * @returns whether any is new
 */
export async function noteSightings(
  tx: Transaction<Tables>,
  reportId: string,
  seen: readonly Sighting[],
): Promise<boolean> {
  if (seen.length === 0) return false;
  const { rows } = await sql<{ place: number }>`
    insert into sighting (report_id, place, exact, perceptual, holder, sender, country, seen_at)
    select ${reportId}::uuid, given.* from unnest(
      ${seen.map((_, place) => place)}::integer[], ${seen.map(({ exact }) => exact ?? null)}::text[],
      ${seen.map(({ perceptual }) => perceptual ?? null)}::text[], ${seen.map(({ holder }) => holder)}::text[],
      ${seen.map(({ sender }) => sender)}::text[], ${seen.map(({ country }) => country ?? null)}::text[],
      ${seen.map(({ at }) => new Date(at).toISOString())}::timestamptz[]
    ) as given
    on conflict (report_id, place) do nothing returning place`.execute(tx);
  return rows.length > 0;
}

export interface SightingRow {
  position: string;
  report_id: string;
  exact: string | null;
  perceptual: string | null;
  holder: string;
  sender: string;
  country: string | null;
  seen_at: string;
}

/** A row as the pure functions take it. */
export function sightingOf(row: SightingRow): Sighting {
  return {
    report: row.report_id as ReportId,
    holder: row.holder,
    sender: row.sender,
    at: Date.parse(row.seen_at),
    ...(row.country === null ? {} : { country: row.country }),
    ...(row.exact === null ? {} : { exact: row.exact }),
    ...(row.perceptual === null ? {} : { perceptual: row.perceptual }),
  };
}
