import type { Case } from "../input/case.ts";
import { addressDoubts } from "./addresses.ts";
import { calendarDoubts } from "./calendar.ts";
import { DOUBTS, type Doubt, type Holds } from "./doubt.ts";
import { disagreements } from "./one-event.ts";
import { statedTimes } from "./stated-time.ts";
import { textDoubts, writtenDoubts } from "./written.ts";

/** The doubts of a case, found by what they are about. */
export interface Doubts {
  all: readonly Doubt[];
  /** The first doubt that holds a time or an address down. @param path JSON Pointer of the moment, or of the `ip` */
  holding(holds: Holds, path: string): Doubt | undefined;
}

/**
 * Every time and address of a report that may not be what it says (agency.md 1.2, 6.2; law 4).
 *
 * It looks at the report, at what the tables say about its addresses, at when it was received, and at its sender's habit; it
 * corrects nothing. What cannot be seen from there, it cannot name: a report with one time whose day and month were exchanged,
 * and that fits either way, is as good as any other.
 */
export function doubtsOf(the: Omit<Case, "doubts">): Doubts {
  const { report, rules, context } = the;
  const times = statedTimes(report);
  const received = Date.parse(context.firstReportedAt ?? context.receivedAt);
  const receivedAt = Number.isNaN(received) ? the.now : Math.min(received, the.now);
  const all: Doubt[] = [];
  const twelveHour = context.senderHours === "twelve-hour";
  for (const time of times) all.push(...writtenDoubts(time, rules.doubts, twelveHour));
  all.push(...calendarDoubts(report, times, rules.doubts, receivedAt, rules.clockToleranceSeconds * 1000));
  all.push(...disagreements(times, rules.doubts));
  report.statements.forEach(({ topic, text }, index) => {
    if (topic === "note") all.push(...textDoubts(text, `/report/statements/${index}/text`, rules.doubts));
  });
  all.push(...addressDoubts(the));
  return { all, holding: holdingOf(all) };
}

function holdingOf(all: readonly Doubt[]): Doubts["holding"] {
  if (all.length === 0) return () => undefined;
  const byPath = new Map<string, Doubt>();
  for (const each of all) {
    const key = `${DOUBTS[each.code].holds} ${each.path}`;
    if (!byPath.has(key)) byPath.set(key, each);
  }
  return (holds, path) => byPath.get(`${holds} ${path}`);
}

/** Doubts of one code that are listed: a report of 10,000 times without a zone is not better explained by all of them. */
const LISTED_PER_CODE = 8;

/** The doubts to show, the first eight of each code. */
export function listed(doubts: readonly Doubt[]): Doubt[] {
  const counts = new Map<string, number>();
  return doubts.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= LISTED_PER_CODE;
  });
}
