import type { HourHabit } from "@fairlead/assessment";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { addGatheringJob } from "../jobs.ts";
import { sqlFile } from "../sql-file.ts";
import { dayOf, showsOn } from "./sender-hours.ts";

const STALE_HOURS = sqlFile(import.meta.url, "./stale-hours.sql");

/** What else comes from the sender meanwhile is looked at together with it. */
const GATHER_MS = 5000;

/** One day of one sender, by whose account its reports came. */
export interface SenderDay {
  account: string;
  sender: string;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
}

interface Row extends Omit<SenderDay, "day"> {
  hours: HourHabit["days"] | null;
  read: Array<{ day: string; twelveHour: boolean }> | null;
}

/**
 * Has those reports looked at again that read another habit of their sender than its hours show by now, where one of these reports changed
 * it or read it. Called after an assessment is kept: of two that were kept at the same time, the later one sees both. One job a day
 * of a sender, however many ask; while that one waits, nothing is written.
 */
export async function callForHours(station: Station, reportIds: readonly string[]): Promise<void> {
  const now = station.clock();
  const { rows } = await station.db.pool.query<Row>(STALE_HOURS, [
    reportIds,
    dayOf(new Date(now).toISOString()),
  ]);
  for (const { account, sender, hours, read } of rows) {
    const days = (read ?? [])
      .filter(({ day, twelveHour }) => showsOn(hours ?? {}, day) !== twelveHour)
      .map(({ day }) => day);
    for (const day of new Set(days)) {
      const key = `${account}:${sender}:${day}`;
      if (!(await waits(station, key)))
        await addGatheringJob(
          station.db.kysely,
          "assess-sender-day",
          { account, sender, day },
          key,
          now + GATHER_MS,
        );
    }
  }
}

/** One that a worker has in hand may have looked already. */
async function waits(station: Station, key: string): Promise<boolean> {
  const { rows } = await sql`select from graphile_worker.jobs
    where key = ${`assess-sender-day:${key}`} and locked_at is null`.execute(station.db.kysely);
  return rows.length > 0;
}

/** Reports of a day of a sender whose assessment read another habit than its hours show, at most so many. */
export async function readOtherHours(
  station: Station,
  { account, sender, day }: SenderDay,
  limit: number,
): Promise<string[]> {
  const { rows: days } = await sql<{ day: string; within: number; beyond: number }>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(within_twelve)::integer as within, sum(beyond_twelve)::integer as beyond
    from sender_hours where account = ${account} and sender = ${sender}
      and day between ${day}::date - 89 and ${day}::date
    group by 1`.execute(station.db.kysely);
  const shows = showsOn(Object.fromEntries(days.map(({ day: each, ...hours }) => [each, hours])), day);
  const { rows } = await sql<{ id: string }>`select report_id as id from sender_hours_read
    where account = ${account} and sender = ${sender} and day = ${day}::date and twelve_hour = ${!shows}
    limit ${limit}`.execute(station.db.kysely);
  return rows.map(({ id }) => id);
}
