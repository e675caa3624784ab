import { type Moment, parseMoment, wallClockOf } from "./moment.ts";

/** The clocks on the walls of one IANA time zone. */
export interface ZoneClock {
  /** Such as `Europe/London`. */
  readonly zone: string;
  /**
   * When these clocks show a time: once; never, where they skip it in spring; or twice, where they are set back in autumn.
   * @param wallClock what they show, as milliseconds since 1970 as if they showed UTC
   * @returns milliseconds since 1970, earliest first
   */
  instantsOf(wallClock: number): readonly number[];
  /** What they show at an instant (milliseconds since 1970), as milliseconds since 1970 as if they showed UTC. */
  shownAt(at: number): number;
}

interface Change {
  at: number;
  before: number;
  after: number;
}

const DAY_MS = 86_400_000;

/**
 * The clocks of a zone, from the time zone data that the runtime brings (IANA tz through ICU). Build it once and keep it: it
 * remembers the changes of the years that it was asked about.
 * @param zone an IANA name; an offset such as `+01:00` is no zone, because it never changes
 * @throws RangeError for a name that the runtime does not know
 */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const years = new Map<number, { first: number; changes: readonly Change[] }>();

  const offsetNow = (at: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };

  const changeBetween = (from: number, to: number, before: number, after: number): Change => {
    let [low, high] = [from, to];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetNow(middle) === before) low = middle;
      else high = middle;
    }
    return { at: high, before, after };
  };

  const changesIn = (year: number) => {
    const known = years.get(year);
    if (known !== undefined) return known;
    // Two days either side, so that what clocks show on 1 January is found also where UTC has another year.
    const [start, end] = [Date.UTC(year, 0, 1) - 2 * DAY_MS, Date.UTC(year + 1, 0, 1) + 2 * DAY_MS];
    const first = offsetNow(start);
    const changes: Change[] = [];
    let before = first;
    // By weeks: some zones change four times a year, but never twice in one week.
    for (let at = start; at < end; ) {
      const next = Math.min(at + 7 * DAY_MS, end);
      const after = offsetNow(next);
      if (after !== before) changes.push(changeBetween(at, next, before, after));
      before = after;
      at = next;
    }
    const found = { first, changes };
    years.set(year, found);
    return found;
  };

  return {
    zone,
    instantsOf(wallClock) {
      const { first, changes } = changesIn(new Date(wallClock).getUTCFullYear());
      const instants: number[] = [];
      // Between two changes clocks run by one offset; the time was shown in each stretch in which that offset leads to it.
      let from = Number.NEGATIVE_INFINITY;
      let offset = first;
      for (const { at, after } of changes) {
        if (wallClock - offset >= from && wallClock - offset < at) instants.push(wallClock - offset);
        from = at;
        offset = after;
      }
      if (wallClock - offset >= from) instants.push(wallClock - offset);
      return instants;
    },
    shownAt: (at) => at + offsetNow(at),
  };
}

/**
 * Reads a time without a zone by the clocks of a zone that is known from elsewhere.
 * @param source how that zone is known: the sender declared it (`sender-default`), or somebody takes it to be so (`assumed`)
 * @returns the moment; its zone is `none`, and it has no instant, where those clocks show the time twice or never: which of
 *   the two it was, or what is wrong with it, is for its sender to say. `undefined` for text that is no date and time. A text
 *   that states its own zone keeps that.
 */
export function readInZone(
  raw: string,
  clock: ZoneClock,
  source: "sender-default" | "assumed",
): Moment | undefined {
  const moment = parseMoment(raw);
  if (moment === undefined || moment.zone !== "none") return moment;
  const wallClock = wallClockOf(moment);
  if (wallClock === undefined) return moment;
  const [only, ...others] = clock.instantsOf(wallClock);
  if (only === undefined || others.length > 0) return moment;
  const fraction = /\.(\d{1,9})/.exec(raw)?.[1]?.replace(/0+$/, "") ?? "";
  const at = `${new Date(only).toISOString().slice(0, 19)}${fraction === "" ? "" : `.${fraction}`}Z`;
  return { raw, at, zone: source };
}
