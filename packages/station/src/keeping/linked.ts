import { sql } from "kysely";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { linksOf } from "../linking/index.ts";

/** Another report that a strong link joins to one that is put under hold. */
export interface LinkedReport {
  report: string;
  number: string;
  /** What links them, each reason once. */
  why: string[];
  /** A hold stands on it already. */
  held: boolean;
}

/** The reports that strong links join to this one, those without a hold first. Weaker links carry no hold. */
export async function linkedReports(station: Station, reportId: string): Promise<LinkedReport[]> {
  const { links } = await linksOf(station, reportId);
  const strong = Map.groupBy(
    links.filter(({ strength }) => strength === "strong"),
    ({ report }) => report,
  );
  const ids = [...strong.keys()];
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    number: string;
    held: boolean;
  }>`select report.id, report.number::text,
      exists (
        select from hold where hold.report_id = report.id and hold.released_at is null
          and hold.due_at > ${new Date(station.clock()).toISOString()}::timestamptz
      ) as held
    from report where report.id = any(${ids}::uuid[]) and report.erased_by is null
    order by held, report.number`.execute(station.db.kysely);
  return rows.map(({ id, number, held }) => ({
    report: id,
    number,
    why: [...new Set((strong.get(id) ?? []).map(({ reason }) => reason))],
    held,
  }));
}

/**
 * Those of the linked reports that a person chose to be kept as well, in the order in which every transaction takes their rows.
 * @throws StationError `conflict` for one that no strong link joins to the report any more
 */
export async function chosenOf(
  station: Station,
  reportId: string,
  chosen: readonly string[],
): Promise<LinkedReport[]> {
  if (chosen.length === 0) return [];
  const linked = new Map((await linkedReports(station, reportId)).map((each) => [each.report, each]));
  return [...new Set(chosen)].toSorted().map((id) => {
    const found = linked.get(id);
    if (found !== undefined) return found;
    throw new StationError(
      "conflict",
      "A report that you chose is not joined to this one by a strong link any more.",
      {
        remedy: "Open the list again: it shows what is linked now.",
        problems: [{ path: "/also", message: `${id} is not linked` }],
      },
    );
  });
}
