import { z } from "zod";

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
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || h > 23 || min > 59 || s > 59) return undefined;
  const wallClock = Date.UTC(y, m - 1, d, h, min, s);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return y > 99 ? wallClock : new Date(wallClock).setUTCFullYear(y, m - 1, d);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * What the sender's clock showed, to the second: milliseconds since 1970 as if that clock showed UTC. It is there also for a
 * time without a zone, which has no instant.
 * @returns `undefined` for text that is no ISO 8601 date and time
 */
export function wallClockOf({ raw }: Moment): number | undefined {
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
  return moment?.at === undefined ? undefined : Date.parse(moment.at);
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
