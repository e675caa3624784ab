/** Readings of `xs:dateTime` and `xs:date` (XML Schema part 2, sections 3.2.7 and 3.2.9). */
import type { DateText, DateTimeText } from "./scalars.ts";

export interface DateTimeReading {
  /** Fractions below a millisecond are cut off. Without a zone: as if it were UTC. */
  readonly epochMilliseconds: number;
  /** Minutes east of UTC, or undefined if the text names no zone. */
  readonly offsetMinutes: number | undefined;
}

export interface DateReading {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes east of UTC, or undefined if the text names no zone, as dates usually do. */
  readonly offsetMinutes: number | undefined;
}

// Years of more than six digits are valid by the letter, but beyond what a JavaScript Date can hold.
const DATE = "(-?(?:[1-9]\\d{3,5}|0\\d{3}))-(\\d{2})-(\\d{2})";
const ZONE = "(Z|[+-]\\d{2}:\\d{2})?";
const DATE_PATTERN = new RegExp(`^${DATE}${ZONE}$`);
const DATE_TIME_PATTERN = new RegExp(`^${DATE}T(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d+))?${ZONE}$`);

/** "-14:00" to "+14:00" are the zones that XML Schema knows. */
const LARGEST_OFFSET = 14 * 60;

type Zone = { readonly ok: true; readonly minutes: number | undefined } | { readonly ok: false };

function readZone(text: string | undefined): Zone {
  if (text === undefined) return { ok: true, minutes: undefined };
  if (text === "Z") return { ok: true, minutes: 0 };
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > LARGEST_OFFSET) return { ok: false };
  return { ok: true, minutes: text.startsWith("-") && total > 0 ? -total : total };
}

/** Midnight UTC at the start of a day, or undefined if the calendar has no such day. */
function dayStart(year: number, month: number, day: number): number | undefined {
  // "The year 0000 is not a valid year" in XML Schema 1.0.
  if (year === 0 || month < 1 || month > 12 || day < 1) return undefined;
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 ? date.getTime() : undefined;
}

/** Reads an `xs:date`, or returns undefined if it is none. */
export function readDate(text: DateText): DateReading | undefined {
  const match = DATE_PATTERN.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, zone] = match;
  const offset = readZone(zone);
  const reading = { year: Number(year), month: Number(month), day: Number(day) };
  if (!offset.ok || dayStart(reading.year, reading.month, reading.day) === undefined) return undefined;
  return { ...reading, offsetMinutes: offset.minutes };
}

/** The first moment at which a date can have begun: at its own zone, else in the zone where days begin first. */
export function earliestMoment({ year, month, day, offsetMinutes }: DateReading): number {
  return (dayStart(year, month, day) ?? Number.NaN) - (offsetMinutes ?? LARGEST_OFFSET) * 60_000;
}

/** Reads an `xs:dateTime`, or returns undefined if it is none. */
export function readDateTime(text: DateTimeText): DateTimeReading | undefined {
  const match = DATE_TIME_PATTERN.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", zone] = match;
  const start = dayStart(Number(year), Number(month), Number(day));
  const offset = readZone(zone);
  const hours = Number(hour);
  const minutes = Number(minute);
  const seconds = Number(second);
  if (start === undefined || !offset.ok || hours > 24 || minutes > 59 || seconds > 59) return undefined;
  // 24:00:00 is the end of the day, and no moment later than that.
  if (hours === 24 && (minutes > 0 || seconds > 0 || /[1-9]/.test(fraction))) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const local = start + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  return { epochMilliseconds: local - (offset.minutes ?? 0) * 60_000, offsetMinutes: offset.minutes };
}
