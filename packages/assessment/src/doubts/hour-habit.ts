import { wallClockOf, momentsOf, type Report } from "@fairlead/report";
import { isTwelveHour } from "./written.ts";

/**
 * The hours that one sender's clock has shown, by day of receipt. Plain JSON; add reports in any order, on any machine, and
 * merge: the same reports give the same habit.
 */
export interface HourHabit {
  /** Day (`YYYY-MM-DD`, UTC) to how many different hours its reports showed that a 12-hour clock has, and that it has not. */
  days: Readonly<Record<string, { within: number; beyond: number }>>;
}

export const NO_HABIT: HourHabit = { days: {} };

/** Days of which a habit is kept: a sender with a report a day is judged too. */
const KEPT_DAYS = 90;

/**
 * Hours in a row, none above 12 and none 0, that make a habit. A 24-hour clock shows such an hour in about half of all times,
 * in six of ten at worst (people sleep): 0.6 to the power of 60 is 5 in 10^14.
 */
const ENOUGH_HOURS = 60;

/**
 * Adds a report to its sender's habit. An operator's change to a 12-hour clock without AM or PM stood behind 173 incidents, in
 * one of which an innocent person was arrested (agency.md 1.2): in one report it cannot be seen, over many it can.
 *
 * Each hour counts once a report, because the events of one report lie near each other.
 * @param day when the report was received (`YYYY-MM-DD`, UTC)
 */
export function foldHours(habit: HourHabit, report: Report, day: string): HourHabit {
  const hours = new Map<number, boolean>();
  for (const { moment } of momentsOf(report)) {
    const wall = wallClockOf(moment);
    if (wall !== undefined) hours.set(new Date(wall).getUTCHours(), isTwelveHour(wall));
  }
  const within = [...hours.values()].filter(Boolean).length;
  return mergeHours(habit, { days: { [day]: { within, beyond: hours.size - within } } });
}

/** The habit of all reports of two habits that have none in common. */
export function mergeHours(a: HourHabit, b: HourHabit): HourHabit {
  const days = new Map(Object.entries(a.days));
  for (const [day, { within, beyond }] of Object.entries(b.days)) {
    const held = days.get(day) ?? { within: 0, beyond: 0 };
    days.set(day, { within: held.within + within, beyond: held.beyond + beyond });
  }
  const kept = [...days].sort(([x], [y]) => (x < y ? -1 : 1)).slice(-KEPT_DAYS);
  return { days: Object.fromEntries(kept) };
}

/**
 * Whether the sender's clock runs from 1 to 12, as far as its reports until a day show: whole days without another hour, up to
 * that day, that together are enough. A sender that changes its clock is seen from the first whole day after the change.
 */
export function showsTwelveHours(habit: HourHabit, day: string): boolean {
  let hours = 0;
  const known = Object.entries(habit.days).filter(([each]) => each <= day);
  for (const [, { within, beyond }] of known.sort(([x], [y]) => (x < y ? 1 : -1))) {
    if (beyond > 0) return false;
    hours += within;
    if (hours >= ENOUGH_HOURS) return true;
  }
  return false;
}
