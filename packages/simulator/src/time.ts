import type { Moment } from "@fairlead/report";

/** How a sender writes a time: right in one of two ways, or wrong in one of four. */
export type TimeStyle = "utc" | "local" | "no-zone" | "twelve-hour" | "day-month-swapped" | "wrong-year";

/** How a sender writes times when nothing goes wrong. */
export function ownStyle({ localTime }: { localTime: boolean }): TimeStyle {
  return localTime ? "local" : "utc";
}

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The moment as a sender with this style states it.
 * @param at milliseconds since 1970, when it really happened
 */
export function stated(at: number, style: TimeStyle): Moment {
  return WRITERS[style](at);
}

/** Each is what `parseMoment` of @fairlead/report makes of its text, without reading what was only just written. */
const WRITERS: Record<TimeStyle, (at: number) => Moment> = {
  utc: inUtc,
  local: inLocalTime,
  "no-zone": (at) => ({ raw: seconds(at + ukOffset(at)), zone: "none" }),
  "twelve-hour": (at) => ({ raw: twelveHour(at + ukOffset(at)), zone: "none" }),
  "day-month-swapped": (at) => inUtc(swapped(at) ?? at),
  "wrong-year": (at) => inUtc(yearEarlier(at)),
};

function inUtc(at: number): Moment {
  const raw = `${seconds(at)}Z`;
  return { raw, at: raw, zone: "stated", offset: "Z" };
}

function inLocalTime(at: number): Moment {
  const ahead = ukOffset(at);
  const offset = `+0${ahead / HOUR}:00`;
  return { raw: `${seconds(at + ahead)}${offset}`, at: `${seconds(at)}Z`, zone: "stated", offset };
}

/** Date and time to the second, without a zone, as `toISOString` has it; the years from 0 to 9999. */
function seconds(wallClock: number): string {
  const days = Math.floor(wallClock / DAY);
  const second = Math.floor((wallClock - days * DAY) / 1000);
  // Days of the Gregorian calendar, counted from 1 March of the year 0 (Hinnant, 2013, "chrono-compatible low-level date algorithms").
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const date = `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;
  return `${date}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

function two(number: number): string {
  return TWO_DIGITS[number] ?? "00";
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
