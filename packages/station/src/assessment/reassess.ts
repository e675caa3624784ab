import { sql } from "kysely";
import type { Station } from "../context.ts";
import { addJob, jobCall } from "../jobs.ts";
import { scoreLater } from "../senders/index.ts";
import { assessNeighbours, assessReport } from "./assess-report.ts";

/**
 * Assesses a report again because something that it rests on has changed (a claim, an answer, a decision, or the time), then those
 * of the same person that this can raise in turn. Can be run any number of times.
 */
export async function reassess(station: Station, reportId: string): Promise<void> {
  await assessReport(station, reportId);
  await assessNeighbours(station, [reportId]);
  // What was claimed or came back also says how good the report was.
  await scoreLater(station.db.kysely, [reportId]);
}

/** Reports that are put in line in one go: a rule set changes for all of them, and new ones must not stand behind a million. */
const AT_ONCE = 500;

/**
 * Puts every open report in line that other rules than those in force have assessed, and those from before the clock was kept. What
 * they were assessed to be stays on record with its version.
 * @param after the report where the part before ended
 */
export async function reassessStale(
  station: Station,
  { after }: { after: string | null },
  atOnce: number = AT_ONCE,
): Promise<void> {
  const { rows } = await staleAfter(station, after, atOnce);
  for (const { id } of rows)
    await sql`select ${jobCall("reassess", { reportId: id }, id)}`.execute(station.db.kysely);
  const last = rows.at(-1);
  if (last !== undefined && rows.length === atOnce)
    await addJob(station.db.kysely, "reassess-stale", { after: last.id }, "all");
}

/** At a station's start: whether its rules are others than before. */
export async function wakeStale(station: Station): Promise<void> {
  const { rows } = await staleAfter(station, null, 1);
  if (rows.length > 0) await addJob(station.db.kysely, "reassess-stale", { after: null }, "all");
}

async function staleAfter(station: Station, after: string | null, limit: number) {
  return await sql<{ id: string }>`select id from report
    where status <> 'closed' and erased_by is null and assessed_at is not null and assessed_by is distinct from ${station.rules.version}::text
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`.execute(station.db.kysely);
}
