import type { MediaConfig } from "../config.ts";

/** When somebody worked at the review, milliseconds since 1970. */
export interface Worked {
  from: number;
  to: number;
  /** How long material was to be seen without its veil. */
  seenMs: number;
}

export interface Pause {
  /** Without a pause so far. */
  workedMinutes: number;
  /** Without a veil today. */
  seenMinutes: number;
  mostMinutesADay: number;
  /** Until when nothing more is given out; absent while the person may go on. */
  pauseUntil?: string;
  why?: "break" | "day";
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Whether a reviewer has a pause due: after so long without one, and for the day after so much that was seen (trust.md 3.1: hourly
 * breaks and a daily cap are what the field keeps to). It is about one person's own eyes and is shown to nobody else.
 * @param worked of the last day, in any order
 */
export function pauseOf(worked: readonly Worked[], now: number, rules: MediaConfig["review"]): Pause {
  const inOrder = worked.filter(({ to }) => to > now - DAY).toSorted((a, b) => a.from - b.from);
  const [breakAfter, breakMs] = [rules.breakAfterMinutes * MINUTE, rules.breakMinutes * MINUTE];
  let [since, last] = [now, -Infinity];
  for (const { from, to } of inOrder) {
    if (from - last >= breakMs) since = from;
    last = Math.max(last, to);
  }
  const workedMs = now - last >= breakMs ? 0 : last - since;
  const today = inOrder.filter(({ to }) => to >= startOfDay(now));
  const seenMs = today.reduce((sum, each) => sum + each.seenMs, 0);
  const shown = {
    workedMinutes: Math.floor(workedMs / MINUTE),
    seenMinutes: Math.floor(seenMs / MINUTE),
    mostMinutesADay: rules.minutesADay,
  };
  if (seenMs >= rules.minutesADay * MINUTE)
    return { ...shown, pauseUntil: new Date(startOfDay(now) + DAY).toISOString(), why: "day" };
  if (workedMs >= breakAfter)
    return { ...shown, pauseUntil: new Date(last + breakMs).toISOString(), why: "break" };
  return shown;
}

/** In UTC, as everything that a station counts in days. */
function startOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}
