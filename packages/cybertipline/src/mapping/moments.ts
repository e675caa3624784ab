/** Times of the wire as moments of a report, and back. */
import { type Moment, parseMoment } from "@fairlead/report";
import { readDateTime } from "../document/date-time.ts";
import type { DateTimeText } from "../document/scalars.ts";

/** Characters of a moment's raw text, by the report's schema. */
const LONGEST_RAW = 64;

/**
 * A time as a moment. Its raw text is the wire's, but for fractions of more than nine digits where there is no room for them.
 *
 * XML Schema knows times that the report's own reader does not (24:00:00, fractions below a nanosecond); their instant is
 * kept to the millisecond. A time before the year 1 or after 9999 keeps its text and has no instant.
 */
export function toMoment(text: DateTimeText): Moment {
  const parsed = parseMoment(text);
  if (parsed !== undefined) return parsed;
  const raw = text.length <= LONGEST_RAW ? text : text.replace(/(\.\d{9})\d+/, "$1").slice(0, LONGEST_RAW);
  const reading = readDateTime(text);
  const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0];
  if (reading === undefined || zone === undefined) return { raw, zone: "none" };
  const at = new Date(reading.epochMilliseconds).toISOString();
  return /^\d{4}-/.test(at) ? { raw, at, zone: "stated", offset: zone } : { raw, zone: "none" };
}

/**
 * A moment as a time of the wire.
 *
 * @returns the text and whether it says exactly what the moment says, or undefined if the moment is no time that the wire
 *   can carry. A zone that somebody assumed goes onto the wire as if it were known: the wire cannot say "assumed".
 */
export function fromMoment(
  moment: Moment,
): { readonly text: DateTimeText; readonly exact: boolean } | undefined {
  const { raw, at, zone } = moment;
  const usable = readDateTime(raw);
  if (usable !== undefined && (zone === "none" || usable.offsetMinutes !== undefined))
    return { text: raw, exact: true };
  return at === undefined ? undefined : { text: at, exact: zone === "stated" };
}
