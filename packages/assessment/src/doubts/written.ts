import { wallClockOf } from "@fairlead/report";
import { doubt, instant, type Doubt } from "./doubt.ts";
import { placeholderTime } from "./placeholder-time.ts";
import type { DoubtRules } from "./rules.ts";
import type { StatedTime } from "./stated-time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const DATE_ONLY =
  /^\s*(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}\d\d\d\d)\s*(?:Z|[+-]\d\d:?\d\d)?\s*$/;
const EITHER_ORDER = /^\s*(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d\d)\b/;
const SAYS_HALF_OF_DAY = /\b[ap]\.?m\b/i;
const DIGITS = /\d/;

/**
 * What the text of one time leaves open, whatever else the report says.
 * @param twelveHour whether the sender's clock is known to run from 1 to 12
 */
export function writtenDoubts(time: StatedTime, rules: DoubtRules, twelveHour: boolean): readonly Doubt[] {
  const { moment, path, wall } = time;
  const { raw } = moment;
  const placeholder = placeholderTime(time);
  const plain = moment.zone !== "none" && moment.zone !== "assumed" && !twelveHour;
  if (plain && placeholder === undefined && (wall === undefined || wall % DAY_MS !== 0)) return NONE;
  const at = { path, stated: raw };
  if (placeholder !== undefined) return [doubt("doubt.placeholder-time", at, { what: placeholder })];
  if (wall === undefined && moment.zone === "none") return unreadableDoubts(at);
  if (moment.zone === "none") return zonelessDoubts(at, wall, rules);
  const found: Doubt[] = [];
  if (moment.zone === "assumed") found.push(doubt("doubt.zone-assumed", at));
  if (wall !== undefined && wall % DAY_MS === 0) found.push(doubt("doubt.midnight", at));
  const shown = twelveHour ? wallClockOf(moment) : undefined;
  if (shown !== undefined && isTwelveHour(shown)) found.push(twelveHourDoubt(at, time.at));
  return found;
}

/** A text that is no ISO 8601 date and time: a date alone, one of two orders, or nothing that can be read. */
function unreadableDoubts(at: { path: string; stated: string }): Doubt[] {
  const found: Doubt[] = [];
  const [, first = "", second = ""] = EITHER_ORDER.exec(at.stated) ?? [];
  if (first !== "" && Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second))
    found.push(doubt("doubt.day-month-order", at));
  if (DATE_ONLY.test(at.stated)) found.push(doubt("doubt.date-only", at));
  if (/\d:\d\d/.test(at.stated) && !SAYS_HALF_OF_DAY.test(at.stated) && mayBeTwelveHour(at.stated))
    found.push(doubt("doubt.twelve-hour", at));
  if (found.length === 0 || !DIGITS.test(at.stated)) found.push(doubt("doubt.unreadable-time", at));
  return found;
}

function mayBeTwelveHour(text: string): boolean {
  const hour = Number(/(\d{1,2}):\d\d/.exec(text)?.[1] ?? "0");
  return hour >= 1 && hour <= 12;
}

function zonelessDoubts(
  at: { path: string; stated: string },
  wall: number | undefined,
  rules: DoubtRules,
): Doubt[] {
  if (wall === undefined) return [doubt("doubt.zone-missing", at)];
  const asUtc = instant(wall);
  const couldBe = [asUtc];
  const found = [doubt("doubt.zone-missing", { ...at, couldBe })];
  for (const clock of rules.clocks) {
    const instants = clock.instantsOf(wall);
    const readings = instants.map((each) => (each === wall ? asUtc : instant(each)));
    for (const reading of readings) if (!couldBe.includes(reading)) couldBe.push(reading);
    if (instants.length === 0) found.push(doubt("doubt.never-shown", at, { zone: clock.zone }));
    if (instants.length > 1)
      found.push(doubt("doubt.shown-twice", { ...at, couldBe: readings }, { zone: clock.zone }));
  }
  if (isTwelveHour(wall)) found.push(twelveHourDoubt(at, wall));
  if (wall % DAY_MS === 0) found.push(doubt("doubt.midnight", at));
  return found;
}

/** Whether a 12-hour clock can show this hour. It shows neither 0 nor anything above 12. */
export function isTwelveHour(wall: number): boolean {
  const hour = new Date(wall).getUTCHours();
  return hour >= 1 && hour <= 12;
}

function twelveHourDoubt(at: { path: string; stated: string }, near: number | undefined): Doubt {
  if (near === undefined) return doubt("doubt.twelve-hour", at);
  // 12:30 stands for half past noon or half past midnight; every other hour for itself or twelve hours later.
  const noon = wallHour(at.stated) === 12;
  return doubt("doubt.twelve-hour", { ...at, couldBe: [instant(near + (noon ? -12 : 12) * HOUR_MS)] });
}

function wallHour(raw: string): number | undefined {
  const wall = wallClockOf({ raw, zone: "none" });
  return wall === undefined ? undefined : new Date(wall).getUTCHours();
}

const IN_TEXT = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?!\d|\.\d|:|\s?(?:Z|UTC|GMT|[+-]\d\d))/g;
const LOOKED_AT = 4096;

/**
 * Times without a zone that stand in a note. The first is named as such, one doubt a text, because a note of a hundred times has
 * one author to ask; what each of them leaves open is named too.
 */
export function textDoubts(text: string, path: string, rules: DoubtRules): readonly Doubt[] {
  const times = (text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text).match(IN_TEXT);
  if (times === null) return NONE;
  const open = times.flatMap((raw) => {
    const wall = wallClockOf({ raw, zone: "none" });
    return zonelessDoubts({ path, stated: raw }, wall, rules).filter(
      ({ code }) => code !== "doubt.zone-missing",
    );
  });
  return [doubt("doubt.time-in-text", { path, stated: times[0] }), ...open];
}

const NONE: readonly Doubt[] = [];
