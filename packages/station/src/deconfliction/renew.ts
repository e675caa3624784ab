import { yearsOn } from "@fairlead/assessment/deconfliction";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { jobCall } from "../jobs.ts";
import { keysOn } from "./pairs.ts";

/** Reports that are put in line in one go at a start. */
const AT_ONCE = 100_000;

/**
 * At a station's start: takes away what only a key of a past year gave a meaning to, and notes under each key that counts what
 * was worth noting before it was agreed. Says which pairs are off for want of a key.
 */
export async function renewInterests(station: Station): Promise<void> {
  const now = station.clock();
  const { kysely } = station.db;
  const years = yearsOn(new Date(now).toISOString().slice(0, 10));
  await kysely.deleteFrom("deconfliction_token").where("year", "not in", years).execute();
  for (const [peer, pair] of station.deconfliction) {
    const keys = keysOn(pair, now);
    if (keys.length === 0) station.log.warn({ peer }, "deconfliction.no-key");
    for (const { year } of keys) {
      const { rows } = await sql<{ id: string }>`select report.id from report
        where report.status <> 'closed' and (report.level >= 2 or report.status = 'referred')
          and not exists (
            select from deconfliction_holder held
            where held.report_id = report.id and held.peer_id = ${peer} and held.year = ${year}
          )
        order by report.id limit ${AT_ONCE}`.execute(kysely);
      for (const { id } of rows)
        await sql`select ${jobCall("note-interests", { reportId: id }, id)}`.execute(kysely);
    }
  }
}
