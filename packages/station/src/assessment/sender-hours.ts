import { foldHours, type HourHabit, NO_HABIT, showsTwelveHours } from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { sql, type RawBuilder } from "kysely";

const DAY_MS = 86_400_000;
/** Rows that one day of one sender is spread over: more than processes have connections at work at once. */
const SLOTS = 16;
/** Days before a report's own of which its sender's hours are looked at. */
const LOOKED_BACK = 89;

/** What one report shows of its sender's clock, and what its assessment reads of it. */
export interface HoursGround {
  /** Of receipt, `YYYY-MM-DD`, UTC. */
  day: string;
  /** Different hours that a clock from 1 to 12 has, and that it has not. */
  shown: { within: number; beyond: number };
  /** Whether the sender's reports up to that day show a clock from 1 to 12. */
  twelveHour: boolean;
}

/** @param days of the sender, at least those up to the report's own @param receivedAt UTC, ISO 8601 */
export function hoursGround(
  report: Report,
  receivedAt: string,
  days: HourHabit["days"] | null,
): HoursGround | undefined {
  const day = dayOf(receivedAt);
  const shown = foldHours(NO_HABIT, report, day).days[day];
  if (shown === undefined || shown.within + shown.beyond === 0) return undefined;
  return { day, shown, twelveHour: days !== null && showsOn(days, day) };
}

/** Whether the hours of a sender show a clock from 1 to 12 on a day (`YYYY-MM-DD`, UTC). */
export function showsOn(days: HourHabit["days"], day: string): boolean {
  const from = new Date(Date.parse(day) - LOOKED_BACK * DAY_MS).toISOString().slice(0, 10);
  const near = Object.entries(days).filter(([each]) => each >= from);
  return showsTwelveHours({ days: Object.fromEntries(near) }, day);
}

export function dayOf(receivedAt: string): string {
  return new Date(receivedAt).toISOString().slice(0, 10);
}

/**
 * The parts of the statement that keeps a report's assessment which note what it read of its sender's hours and, with the first one, add
 * the hours that the report shows: `, hours as (…)`, or nothing. Numbers are only added, so the order of reports does not matter;
 * each database session has a row of its own to add to.
 */
export function keptHours(
  reportId: string,
  { sender }: Report,
  hours: HoursGround | undefined,
  { isFirst, hasRead }: { isFirst: boolean; hasRead: boolean },
): RawBuilder<unknown> {
  if (hours === undefined)
    return hasRead
      ? sql`, hours_read as (
      delete from sender_hours_read using kept where sender_hours_read.report_id = kept.id
    )`
      : sql``;
  const { day, shown, twelveHour } = hours;
  const read = sql`, hours_read as (
      insert into sender_hours_read (report_id, account, sender, day, twelve_hour)
      select report.id, report.handed_by, ${sender.id}::text, ${day}::date, ${twelveHour}::boolean
      from kept join report on report.id = kept.id where report.id = ${reportId}::uuid
      on conflict (report_id) do update set twelve_hour = excluded.twelve_hour
        where sender_hours_read.twelve_hour <> excluded.twelve_hour
    )`;
  if (!isFirst) return read;
  return sql`${read}, hours as (
      insert into sender_hours (account, sender, day, slot, within_twelve, beyond_twelve)
      select report.handed_by, ${sender.id}::text, ${day}::date, (pg_backend_pid() % ${SLOTS}::integer)::smallint,
        ${shown.within}::integer, ${shown.beyond}::integer
      from kept join report on report.id = kept.id where report.id = ${reportId}::uuid
      on conflict (account, sender, day, slot) do update set
        within_twelve = sender_hours.within_twelve + excluded.within_twelve,
        beyond_twelve = sender_hours.beyond_twelve + excluded.beyond_twelve
    )`;
}
