import type { FillHistory, HourFill, ReportFill } from "./index.ts";
import { RECENT_REPORTS } from "./index.ts";
import { tally } from "../../share.ts";

const STARTS = Date.parse("2026-10-01T00:00:00Z");
const HOUR_MS = 3_600_000;

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Reports of one sender that come evenly, each with the port filled or not. @param filled in the order in which they come */
export function reportsOf(filled: readonly boolean[], { perHour = 30, after = 0 } = {}): ReportFill[] {
  return filled.map((port, index) => ({
    report: String(after + index).padStart(9, "0"),
    at: new Date(STARTS + Math.floor(((after + index) * HOUR_MS) / perHour)).toISOString(),
    filled: { "event-port": port },
  }));
}

/** What a station reads of them: the latest one by one, and the hours before those as sums. */
export function historyOfAll(reports: readonly ReportFill[]): FillHistory {
  const recent = reports.slice(-RECENT_REPORTS);
  const begins = recent[0]?.at.slice(0, 13) ?? "";
  const hours = new Map<string, HourFill>();
  for (const { at, filled } of reports.slice(0, -RECENT_REPORTS)) {
    const hour = `${at.slice(0, 13)}:00:00Z`;
    if (at.slice(0, 13) === begins) continue;
    const fields = { ...hours.get(hour)?.fields };
    for (const [field, value] of Object.entries(filled) as ["event-port", boolean][])
      fields[field] = tally(fields[field] ?? { count: 0, of: 0 }, value);
    hours.set(hour, { hour, fields });
  }
  return { hours: [...hours.values()], recent };
}
