import { foldHours, type HourHabit, NO_HABIT, showsTwelveHours } from "@fairlead/assessment";
import type { Report } from "@fairlead/report";
import { sql, type RawBuilder } from "kysely";

/** Rows that one day of one sender is spread over: more than processes have connections at work at once. */
const SLOTS = 16;

/**
 * The part of the statement that keeps a report's first assessment which adds the hours that the report shows to those of its
 * sender: `, hours as (…)`, or nothing. Numbers are only added, so the order of reports does not matter; each database session
 * has a row of its own to add to.
 */
export function addedHours(
  reportId: string,
  report: Report,
  receivedAt: string,
  isFirst: boolean,
): RawBuilder<unknown> {
  const day = new Date(receivedAt).toISOString().slice(0, 10);
  const shown = isFirst ? foldHours(NO_HABIT, report, day).days[day] : undefined;
  if (shown === undefined || shown.within + shown.beyond === 0) return sql``;
  return sql`, hours as (
      insert into sender_hours (account, sender, day, slot, within_twelve, beyond_twelve)
      select report.handed_by, ${report.sender.id}::text, ${day}::date, (pg_backend_pid() % ${SLOTS}::integer)::smallint,
        ${shown.within}::integer, ${shown.beyond}::integer
      from kept join report on report.id = kept.id where report.id = ${reportId}::uuid
      on conflict (account, sender, day, slot) do update set
        within_twelve = sender_hours.within_twelve + excluded.within_twelve,
        beyond_twelve = sender_hours.beyond_twelve + excluded.beyond_twelve
    )`;
}

/** What the hours of a sender show of its clock, up to the day on which a report was received. @param receivedAt UTC, ISO 8601 */
export function habitOf(days: HourHabit["days"] | null, receivedAt: string): "twelve-hour" | undefined {
  const day = new Date(receivedAt).toISOString().slice(0, 10);
  return days !== null && showsTwelveHours({ days }, day) ? "twelve-hour" : undefined;
}
