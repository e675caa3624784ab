import { fill } from "../input/reason.ts";

/** Whom to ask about a doubt, and for what. */
export interface Question {
  whom: string;
  what: string;
}

/**
 * A time or an address that may not be what it says. It is named and it holds the grade down (law 4); it is never repaired:
 * which reading is right is for whoever wrote it to say, and a wrong guess has led police to the wrong door (agency.md 1.2).
 */
export interface Doubt {
  /** Stable name; a desk may translate by it. */
  code: DoubtCode;
  /** JSON Pointer (RFC 6901) into `{ report, claims, context }`: what is doubted. */
  path: string;
  /** The text as stated. */
  stated: string;
  /** What else it could be, likeliest first: instants in UTC, or addresses. Empty where nothing says what it could be. */
  couldBe: readonly string[];
  /** What it does not fit: JSON Pointers. Without these there would be no doubt. */
  against: readonly string[];
  /** English, for an officer: what is doubtful, and why that keeps anybody from acting on it. */
  text: string;
  ask: Question;
}

/** What a doubt holds down: the time that it is about, the address, or nothing: it is named for a person to look at. */
export type Holds = "time" | "address" | "nothing";

const ZONE: Question = {
  whom: "the sender",
  what: "the zone of its times, or the times again in UTC with seconds",
};
const LOG: Question = {
  whom: "the sender",
  what: "the line of its log as an electronic export, not retyped: date, time with seconds, zone, address and port",
};

/** Every doubt, in an officer's words. The codes are stable. */
export const DOUBTS = {
  "doubt.zone-missing": {
    holds: "time",
    text: "The time names no zone; zones lie up to 26 hours apart, and an address changes hands in less.",
    ask: ZONE,
  },
  "doubt.zone-assumed": {
    holds: "time",
    text: "Somebody assumed the zone; the sender has not stated it.",
    ask: ZONE,
  },
  "doubt.twelve-hour": {
    holds: "time",
    text: "The clock may be a 12-hour clock that does not say AM or PM; the event may have been 12 hours later.",
    ask: {
      whom: "the sender",
      what: "whether its clock runs from 0 to 23, and otherwise AM or PM of each time",
    },
  },
  "doubt.shown-twice": {
    holds: "time",
    text: "Clocks in {zone} showed this time twice that night; the two lie an hour apart.",
    ask: ZONE,
  },
  "doubt.never-shown": {
    holds: "time",
    text: "Clocks in {zone} never showed this time; it is another zone's, or wrong.",
    ask: ZONE,
  },
  "doubt.date-only": {
    holds: "time",
    text: "Only a date is stated; an address had other users that day.",
    ask: LOG,
  },
  "doubt.midnight": {
    holds: "time",
    text: "The time is midnight to the second: often a date whose time was lost.",
    ask: LOG,
  },
  "doubt.day-month-order": {
    holds: "time",
    text: "Day and month can be read either way, and nothing else says which is which.",
    ask: {
      whom: "the sender",
      what: "the date with the month as a word, and the time with seconds and zone",
    },
  },
  "doubt.day-month-swapped": {
    holds: "time",
    text: "With day and month exchanged the date would lie near the other times; as stated it does not.",
    ask: LOG,
  },
  "doubt.unreadable-time": {
    holds: "time",
    text: "The text is no date and time that can be read.",
    ask: LOG,
  },
  "doubt.placeholder-time": {
    holds: "time",
    text: "This is what systems write when they have no time ({what}).",
    ask: LOG,
  },
  "doubt.future": { holds: "time", text: "The time had not come when the report was received.", ask: LOG },
  "doubt.before-account": {
    holds: "time",
    text: "The time lies before the registration of the account.",
    ask: LOG,
  },
  "doubt.before-platform": {
    holds: "time",
    text: "The time lies before the platform existed ({since}).",
    ask: LOG,
  },
  "doubt.wrong-year": {
    holds: "time",
    text: "The time lies about a year from everything else; a year typed wrong has had an innocent person arrested.",
    ask: LOG,
  },
  "doubt.times-disagree": {
    holds: "time",
    text: "Two times of one event differ by {apart}.",
    ask: { whom: "the sender", what: "which of the two times is the event's own, and what the other one is" },
  },
  "doubt.time-in-text": {
    holds: "nothing",
    text: "A time without a zone stands in a text only; it proves nothing about an event.",
    ask: ZONE,
  },
  "doubt.digits-transposed": {
    holds: "address",
    text: "The same person has an address with two neighbouring digits exchanged; one of them was mistyped.",
    ask: LOG,
  },
  "doubt.other-country": {
    holds: "nothing",
    text: "The address is in {country}, all others of the person in {others}; people travel, and digits go wrong.",
    ask: LOG,
  },
} as const satisfies Record<string, { holds: Holds; text: string; ask: Question }>;

export type DoubtCode = keyof typeof DOUBTS;

/** A doubt from the catalogue. */
export function doubt(
  code: DoubtCode,
  found: Pick<Doubt, "path" | "stated"> & Partial<Pick<Doubt, "couldBe" | "against">>,
  values?: Readonly<Record<string, string>>,
): Doubt {
  const { text, ask } = DOUBTS[code];
  return { code, couldBe: [], against: [], ...found, text: fill(text, values), ask };
}

/** An instant as doubts write it. @param at milliseconds since 1970 */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
