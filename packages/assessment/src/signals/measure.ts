import { isYoung } from "./age-band.ts";
import type { AccountEvent, AccountHistory } from "./event.ts";

/** What a rule may count. Numbers of accounts, of days, or shares from 0 to 1. */
export const MEASURES = [
  "strangers",
  "declined-share",
  "blockers",
  "reporters",
  "returns",
  "days-old",
  "known-share",
  "accepted",
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Measured {
  value: number;
  /** Which events were counted: their places in the history. */
  events: readonly number[];
}
export type Measures = Readonly<Record<Measure, Measured>>;

const DAY_MS = 24 * 3_600_000;

interface Asked {
  index: number;
  at: number;
  common: boolean;
  answer: { index: number; accepted: boolean } | undefined;
}

/**
 * Counts what happened from `windowDays` before `now` until `now`. Only young accounts count as asked, blocking or reporting, each
 * account once, however often it did so.
 * @param silentDays a request without an answer for so long counts as declined
 */
export function measure(
  { events: told, openedAt }: AccountHistory,
  { now, windowDays, silentDays }: { now: number; windowDays: number; silentDays: number },
): Measures {
  const from = now - windowDays * DAY_MS;
  // A history may be told in any order: first and latest are what the clock says.
  const events = [...told.entries()].toSorted(([, a], [, b]) => a.at - b.at);
  const asked = requestsToYoung(events, { from, now });
  const strangers = [...asked.values()].filter(({ common }) => !common);
  const settled = strangers.filter(
    ({ answer, at }) => answer !== undefined || at <= now - silentDays * DAY_MS,
  );
  const declined = settled.filter(({ answer }) => answer?.accepted !== true);
  const accepted = [...asked.values()].flatMap(({ answer }) =>
    answer?.accepted === true ? [answer.index] : [],
  );
  const known = [...asked.values()].filter(({ common }) => common);
  const counted = (which: readonly number[]): Measured => ({ value: which.length, events: which });
  return {
    strangers: counted(indices(strangers)),
    "declined-share": { value: share(declined.length, settled.length), events: indices(declined) },
    blockers: counted(blockersOf(events, { from, now })),
    reporters: counted(firstOfEach(events, { from, now }, "reported")),
    returns: counted(firstOfEach(events, { from, now }, "came-back")),
    "days-old": { value: Math.max(0, (now - openedAt) / DAY_MS), events: [] },
    "known-share": { value: share(known.length, asked.size), events: indices(known) },
    accepted: counted(accepted),
  };
}

/** An event with its place in the history. */
type Told = readonly [index: number, event: AccountEvent];

interface Span {
  from: number;
  now: number;
}

function isWithin({ at }: AccountEvent, { from, now }: Span): boolean {
  return at > from && at <= now;
}

/** By whom was asked: the first request to each, with the first answer to it. */
function requestsToYoung(events: readonly Told[], span: Span): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const [index, event] of events)
    if (event.kind === "asked" && isWithin(event, span) && isYoung(event.band) && !asked.has(event.other))
      asked.set(event.other, { index, at: event.at, common: event.common, answer: undefined });
  for (const [index, event] of events) {
    if (event.kind !== "accepted" && event.kind !== "refused") continue;
    const request = asked.get(event.other);
    if (
      request !== undefined &&
      request.answer === undefined &&
      event.at >= request.at &&
      event.at <= span.now
    )
      request.answer = { index, accepted: event.kind === "accepted" };
  }
  return asked;
}

/** Young accounts whose latest word is a block. */
function blockersOf(events: readonly Told[], span: Span): number[] {
  const latest = new Map<string, { index: number; at: number; on: boolean }>();
  for (const [index, event] of events) {
    if (event.kind !== "blocked" && event.kind !== "unblocked") continue;
    if (event.at > span.now || !isYoung(event.band)) continue;
    const before = latest.get(event.other);
    if (before === undefined || event.at >= before.at)
      latest.set(event.other, { index, at: event.at, on: event.kind === "blocked" });
  }
  return [...latest.values()].filter(({ on, at }) => on && at > span.from).map(({ index }) => index);
}

function firstOfEach(events: readonly Told[], span: Span, kind: "reported" | "came-back"): number[] {
  const seen = new Set<string>();
  const found: number[] = [];
  for (const [index, event] of events) {
    if (event.kind !== kind || !isWithin(event, span) || seen.has(event.other)) continue;
    // An adult's report is worth as much to a reviewer; what these rules look for is what young people say.
    if (event.kind === "reported" && !isYoung(event.band)) continue;
    seen.add(event.other);
    found.push(index);
  }
  return found;
}

function indices(asked: readonly Asked[]): number[] {
  return asked.map(({ index }) => index);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
