import { z } from "zod";
import { dayNumber, daysInMonth } from "./civil.ts";

/**
 * A point in time as somebody stated it. `raw` is always kept. `at` (UTC, `YYYY-MM-DDTHH:MM:SS[.fraction]Z`) is there
 * only when the instant is certain; a time without a zone has none, because ambiguity blocks (law 4) and is not guessed.
 */
export const zoneSourceSchema = z.enum(["stated", "sender-default", "assumed", "none"]);
/** How we know the zone: in the text itself, by the sender's declared default, assumed by someone, or not at all. */
export type ZoneSource = z.infer<typeof zoneSourceSchema>;

const RAW_LIMIT = 64;

export const momentSchema = z
  .strictObject({
    raw: z.string().min(1).max(RAW_LIMIT),
    at: z.iso.datetime({ offset: false }).optional(),
    zone: zoneSourceSchema,
    offset: z
      .string()
      .regex(/^(?:Z|[+-]\d\d:\d\d)$/)
      .optional(),
  })
  .refine((m) => m.zone === "none" || m.at !== undefined, {
    path: ["at"],
    message: "a time whose zone is known has an instant",
  })
  .refine((m) => m.zone !== "none" || m.at === undefined, {
    path: ["at"],
    message: "a time without a zone has no instant",
  });
export type Moment = z.infer<typeof momentSchema>;

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(Z|z|[+-]\d\d:?\d\d)?$/;

/**
 * Reads an ISO 8601 / RFC 3339 time.
 * @param raw the text as stated
 * @param senderDefault offset (`+01:00` or `Z`) that the sender has declared for times without one
 * @returns the moment, or `undefined` when the text is not a possible date and time (31 February, hour 25)
 */
export function parseMoment(raw: string, senderDefault?: string): Moment | undefined {
  const match = ISO.exec(raw.trim());
  if (match === null || raw.length > RAW_LIMIT) return undefined;
  const wallClock = wallClockIn(match);
  if (wallClock === undefined) return undefined;
  const [fraction = "", stated] = match.slice(7);
  const offset = normaliseOffset(stated ?? senderDefault);
  if (offset === undefined) return stated === undefined ? { raw, zone: "none" } : undefined;
  const utc = new Date(wallClock - offsetMinutes(offset) * 60_000).toISOString();
  // Beyond the years 0000-9999 an instant has six digits and a sign, which RFC 3339 (section 1) cannot say.
  if (/^[+-]/.test(utc)) return undefined;
  const instant = utc.slice(0, 19);
  const digits = fraction.replace(/0+$/, "");
  const at = digits === "" ? `${instant}Z` : `${instant}.${digits}Z`;
  return { raw, at, zone: stated === undefined ? "sender-default" : "stated", offset };
}

/** What the clock showed, to the second, as if it showed UTC; undefined for a day or an hour that is not in the calendar. */
function wallClockIn([, year, month, day, hour, minute, second = "00"]: RegExpExecArray): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  return isInCalendar(y, m, d, h, min, s) ? instantAt(y, m, d, h, min, s) : undefined;
}

function isInCalendar(y: number, m: number, d: number, h: number, min: number, s: number): boolean {
  return y >= 0 && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m) && h <= 23 && min <= 59 && s <= 59;
}

/** Milliseconds since 1970 of a clock in UTC. */
function instantAt(y: number, m: number, d: number, h: number, min: number, s: number): number {
  return (dayNumber(y, m, d) * 86_400 + h * 3600 + min * 60 + s) * 1000;
}

/**
 * What the clock shows at the start of a text that begins `YYYY-MM-DDTHH:MM:SS`, and whose length is that of the form that is asked for.
 * Nearly every time of a report is written so, and a report has ten of them: reading the digits takes a sixth of `Date.parse`.
 * @returns `undefined` for any other text, and for a day or an hour that is not in the calendar
 */
function plainClock(text: string, length: number): number | undefined {
  if (text.length !== length || text.charCodeAt(10) !== CAPITAL_T) return undefined;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  const y = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const m = twoDigits(text, 5);
  const d = twoDigits(text, 8);
  const h = twoDigits(text, 11);
  const min = twoDigits(text, 14);
  const s = twoDigits(text, 17);
  // What is no digit is NaN, which is in no calendar.
  return isInCalendar(y, m, d, h, min, s) ? instantAt(y, m, d, h, min, s) : undefined;
}

/** The number that two digits write; NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - DIGIT_ZERO;
  const ones = text.charCodeAt(at + 1) - DIGIT_ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const DIGIT_ZERO = "0".charCodeAt(0);
const DASH = "-".charCodeAt(0);
const COLON = ":".charCodeAt(0);
const CAPITAL_T = "T".charCodeAt(0);
const CAPITAL_Z = "Z".charCodeAt(0);
const PLAIN_LENGTH = "YYYY-MM-DDTHH:MM:SS".length;

/**
 * What the sender's clock showed, to the second: milliseconds since 1970 as if that clock showed UTC. It is there also for a
 * time without a zone, which has no instant.
 * @returns `undefined` for text that is no ISO 8601 date and time
 */
export function wallClockOf({ raw }: Moment): number | undefined {
  const plain = plainClock(raw, PLAIN_LENGTH);
  if (plain !== undefined) return plain;
  const match = ISO.exec(raw.trim());
  return match === null ? undefined : wallClockIn(match);
}

/** The moment of a clock's own reading, in UTC. */
export function momentOf(epochMs: number): Moment {
  const raw = new Date(epochMs).toISOString();
  return { raw, at: raw, zone: "stated", offset: "Z" };
}

/** Milliseconds since 1970 of a certain moment, or `undefined` where the instant is not certain. */
export function epochMs(moment: Moment | undefined): number | undefined {
  const at = moment?.at;
  if (at === undefined) return undefined;
  const plain = at.charCodeAt(PLAIN_LENGTH) === CAPITAL_Z ? plainClock(at, PLAIN_LENGTH + 1) : undefined;
  return plain ?? Date.parse(at);
}

function normaliseOffset(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text === "Z" || text === "z") return "Z";
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (match === null || Number(match[2]) > 14 || Number(match[3]) > 59) return undefined;
  return `${match[1]}${match[2]}:${match[3]}`;
}

function offsetMinutes(offset: string): number {
  if (offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith("-") ? -minutes : minutes;
}
