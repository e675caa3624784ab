import { civilDate, dayNumber, daysInMonth, type ZoneClock, zoneClock } from "@fairlead/report";
import { addMonths } from "../rules/retention.ts";

const DAY_MS = 86_400_000;
const STEP_MS = 15 * 60_000;

/**
 * When a day is over by the clocks of a zone. Where they show midnight twice, the later one: what must be kept through a day is kept
 * through all of it.
 * @param day `YYYY-MM-DD`
 * @param zone IANA name
 * @returns milliseconds since 1970; `undefined` for a date that is none, or a zone that nobody knows
 */
export function endOfDay(day: string, zone: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (match === null) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  try {
    return startOf(dayNumber(year, month, date) + 1, zoneClock(zone));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The end of so many months by the calendar of a zone: the day of the same number, or the last day of a month that has no such day
 * (a year from 29 February is 28 February), until its midnight there. Never before the same time of day there.
 * @param from milliseconds since 1970
 * @throws RangeError for a zone that nobody knows
 */
export function endOfMonths(from: number, months: number, zone: string): number {
  const clock = zoneClock(zone);
  const lastDay = Math.floor(addMonths(clock.shownAt(from), months) / DAY_MS);
  return startOf(lastDay + 1, clock);
}

/** The day by the clocks of a zone at an instant, `YYYY-MM-DD`. */
export function dayAt(instant: number, zone: string): string {
  const { year, month, day } = civilDate(Math.floor(zoneClock(zone).shownAt(instant) / DAY_MS));
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** When a day begins; some zones set their clocks forward at midnight, and their day begins later. @param day days since 1970 */
function startOf(day: number, clock: ZoneClock): number {
  for (let wall = day * DAY_MS; wall < (day + 1) * DAY_MS; wall += STEP_MS) {
    const at = clock.instantsOf(wall).at(-1);
    if (at !== undefined) return at;
  }
  // A zone that leaves out a whole day, as Samoa did: the next one begins where this one would have.
  return startOf(day + 1, clock);
}
