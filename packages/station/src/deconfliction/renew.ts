import { yearsOn } from "@fairlead/assessment/deconfliction";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { jobCall } from "../jobs.ts";
import { repeatedly } from "../repeatedly.ts";
import { keysOn, readPairs } from "./pairs.ts";

/** Reports that are put in line in one go at a start. */
const AT_ONCE = 100_000;

/** How soon a key that a person has put in its place counts, and a year's turn is seen: a person waits for neither. */
const EVERY_MS = 10 * 60_000;

/** Takes up the keys of a year while the station runs, in every process of it, until disposed. */
export function startKeyRenewal(station: Station): AsyncDisposable {
  let counted = countedKeys(station);
  return repeatedly(station, "deconfliction keys", EVERY_MS, async () => {
    counted = await renewKeys(station, counted);
  });
}

/**
 * Reads the key files again, and where other keys count than before notes under them what is worth noting. A file that is unfit is said
 * in the log each time, and nothing else depends on it.
 * @param counted which keys counted the last time, as this function says it
 */
export async function renewKeys(station: Station, counted: string): Promise<string> {
  const { pairs, problems } = await readPairs(station.config.peers, station.clock(), station.deconfliction);
  for (const problem of problems) station.log.error({ reason: problem.message }, "deconfliction.key-unfit");
  station.deconfliction = pairs;
  const now = countedKeys(station);
  if (now !== counted) await renewInterests(station);
  return now;
}

/** Which keys count now: peers and years, no keys. */
export function countedKeys(station: Station): string {
  const now = station.clock();
  return [...station.deconfliction]
    .flatMap(([peer, pair]) => keysOn(pair, now).map(({ year }) => `${peer} ${year}`))
    .join("\n");
}

/**
 * At a station's start, and when other keys count: takes away what only a key of a past year gave a meaning to, and notes under each key that counts what
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
