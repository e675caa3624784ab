/** Days after which an arrival is called late: by then whoever assigned the addresses may have thrown their records away. */
export const LATE_AFTER_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Late {
  /** Whole days between what it is late for and its arrival. */
  days: number;
  /** What it is late for: the event itself, or the first arrival of the same matter. */
  since: "event" | "first-arrival";
}

/**
 * How late a report arrived. It is accepted all the same; every clock runs on as the law has it, from the event (records of
 * addresses) or from the arrival (what this station must keep and for how long).
 * @param at when it arrived, milliseconds since 1970
 * @param eventAt when it happened, where that is certain
 * @param firstAt when the first of its matter arrived, where that was another
 * @returns the longer of both; `undefined` where it is not late
 */
export function lateness(
  at: number,
  eventAt: number | undefined,
  firstAt: number | undefined,
): Late | undefined {
  const found = [
    ...(eventAt === undefined ? [] : [{ days: daysBetween(eventAt, at), since: "event" as const }]),
    ...(firstAt === undefined ? [] : [{ days: daysBetween(firstAt, at), since: "first-arrival" as const }]),
  ];
  return found.filter(({ days }) => days >= LATE_AFTER_DAYS).toSorted((a, b) => b.days - a.days)[0];
}

function daysBetween(from: number, to: number): number {
  return Math.floor((to - from) / DAY_MS);
}
