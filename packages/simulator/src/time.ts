import { parseMoment, type Moment } from "@fairlead/report";

/** How a sender writes a time: right in one of two ways, or wrong in one of four. */
export type TimeStyle = "utc" | "local" | "no-zone" | "twelve-hour" | "day-month-swapped" | "wrong-year";

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The moment as a sender with this style states it.
 * @param at milliseconds since 1970, when it really happened
 */
export function stated(at: number, style: TimeStyle): Moment {
  const raw = WRITERS[style](at);
  const moment = parseMoment(raw);
  if (moment === undefined) throw new RangeError(`stated: ${raw} is no time`);
  return moment;
}

const WRITERS: Record<TimeStyle, (at: number) => string> = {
  utc: (at) => `${seconds(at)}Z`,
  local: (at) => `${seconds(at + ukOffset(at))}+0${ukOffset(at) / HOUR}:00`,
  "no-zone": (at) => seconds(at + ukOffset(at)),
  "twelve-hour": (at) => twelveHour(at + ukOffset(at)),
  "day-month-swapped": (at) => `${seconds(swapped(at) ?? at)}Z`,
  "wrong-year": (at) => `${seconds(yearEarlier(at))}Z`,
};

/** Date and time to the second, without a zone. */
function seconds(wallClock: number): string {
  return new Date(wallClock).toISOString().slice(0, 19);
}

/** A clock from 1 to 12 that does not say which half of the day it means. */
function twelveHour(wallClock: number): string {
  const text = seconds(wallClock);
  const hour = ((Number(text.slice(11, 13)) + 11) % 12) + 1;
  return `${text.slice(0, 11)}${String(hour).padStart(2, "0")}${text.slice(13)}`;
}

/** The time with day and month in each other's place; undefined where that is no date or the same one. */
export function swapped(at: number): number | undefined {
  const date = new Date(at);
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  if (day > 12 || day === month) return undefined;
  const time = at - Date.UTC(date.getUTCFullYear(), month - 1, day);
  return Date.UTC(date.getUTCFullYear(), day - 1, month) + time;
}

function yearEarlier(at: number): number {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.getTime();
}

/** The latest time not after `at` that still lies before `limit` when its day and month are swapped. */
export function lastSwappable(at: number, limit: number): number {
  let found = at;
  for (;;) {
    const wrong = swapped(found);
    if (wrong !== undefined && wrong < limit) return found;
    found -= DAY;
  }
}

/** A time in the last hour of a British summer before `limit`, which clocks showed twice. `part` from 0 to 1 places it. */
export function inFold(limit: number, part: number): number {
  const year = new Date(limit).getUTCFullYear();
  // Clocks show 01:00 to 02:00 twice: in summer time from 00:00 UTC and in winter time from 01:00 UTC.
  const start = (of: number) => lastSunday(of, 9);
  const fold = start(year) + 2 * HOUR < limit ? start(year) : start(year - 1);
  return fold + Math.floor(part * 2 * HOUR);
}

/** Milliseconds that clocks in the United Kingdom run ahead of UTC. */
export function ukOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const summer = at >= lastSunday(year, 2) + HOUR && at < lastSunday(year, 9) + HOUR;
  return summer ? HOUR : 0;
}

/** Midnight UTC of a month's last Sunday; months count from 0, and both that matter have 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return last.getTime() - last.getUTCDay() * DAY;
}
