import { civilDate, dayNumber, platformKey, type Report } from "@fairlead/report";
import { doubt, instant, type Doubt } from "./doubt.ts";
import type { DoubtRules } from "./rules.ts";
import { near, type StatedTime } from "./stated-time.ts";

const DAY_MS = 86_400_000;

/**
 * How near two dates are to belong together, in days. Exchanging day and month moves a date by 27 days at least, and a year is
 * 365: half of the first tells each of them from dates that were right.
 */
const TOGETHER_DAYS = 14;

/** The clocks farthest east run 14 hours before UTC: what a clock without a zone shows is in the future only beyond that. */
const EAST_MS = 14 * 3_600_000;

interface Dated {
  time: StatedTime;
  at: number;
}

/** What a calendar and the report's other times say against its times. @param receivedAt milliseconds since 1970 */
export function calendarDoubts(
  report: Report,
  times: readonly StatedTime[],
  rules: DoubtRules,
  receivedAt: number,
  toleranceMs: number,
): Doubt[] {
  const found: Doubt[] = [];
  const past: Dated[] = [];
  const activity: Dated[] = [];
  const registered: Dated[] = [];
  for (const time of times) {
    const at = near(time);
    if (at === undefined) continue;
    const dated = { time, at };
    if (at > receivedAt + (time.at === undefined ? EAST_MS : toleranceMs)) {
      found.push(future(dated, receivedAt));
      continue;
    }
    past.push(dated);
    if (time.kind === "activity") activity.push(dated);
    if (time.event?.kind === "registration") registered.push(dated);
  }
  if (registered.length > 0) found.push(...beforeAccount(past, registered, rules));
  found.push(...beforePlatform(report, activity, rules), ...otherDay(activity, receivedAt + toleranceMs));
  return found;
}

/** A time after the receipt, with the readings that would lie before it. */
function future({ time, at }: Dated, receivedAt: number): Doubt {
  const couldBe = [swapped(at), yearsLater(at, -1)].flatMap((reading) =>
    reading === undefined || reading > receivedAt ? [] : [instant(reading)],
  );
  return doubt("doubt.future", {
    path: time.path,
    stated: time.moment.raw,
    couldBe,
    against: ["/context/receivedAt"],
  });
}

function beforeAccount(past: readonly Dated[], registered: readonly Dated[], rules: DoubtRules): Doubt[] {
  return registered.flatMap(({ time: registration, at: since }) =>
    past
      .filter(
        ({ time, at }) =>
          time.owner === registration.owner &&
          time.event !== undefined &&
          time.event.kind !== "registration" &&
          at < since - rules.sameEventSeconds * 1000,
      )
      .map(({ time, at }) => {
        const later = yearsLater(at, 1);
        return doubt("doubt.before-account", {
          path: time.path,
          stated: time.moment.raw,
          couldBe: later >= since ? [instant(later)] : [],
          against: [registration.path],
        });
      }),
  );
}

function beforePlatform(report: Report, activity: readonly Dated[], rules: DoubtRules): Doubt[] {
  const { platform } = report.incident;
  if (platform === undefined || !activity.some(({ at }) => at < rules.platformsBefore)) return [];
  const since = rules.platformsSince.get(platformKey(platform));
  if (since === undefined) return [];
  // A day earlier, because it was that day first in the east.
  const first = Date.parse(since.day) - DAY_MS;
  return activity
    .filter(({ at }) => at < first)
    .map(({ time }) =>
      doubt(
        "doubt.before-platform",
        { path: time.path, stated: time.moment.raw, against: ["/report/incident/platform"] },
        { since: since.day },
      ),
    );
}

/**
 * Dates that would fit with another year, or with day and month exchanged. What a date should fit are the report's other dates;
 * where there are none, the day of receipt: a lone date more than a fortnight old is in doubt where the other reading lies nearer to it.
 * Where it lies farther away, nothing speaks against the date as stated: naming those found none of the simulator's errors, and put 1
 * right report of 1,300 in doubt.
 */
function otherDay(activity: readonly Dated[], limit: number): Doubt[] {
  let oldest = Number.POSITIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;
  for (const { at } of activity) {
    oldest = Math.min(oldest, at);
    newest = Math.max(newest, at);
  }
  if (activity.length === 0) return [];
  // A day more, because 29 February is read as 1 March of the next year.
  if (yearsLater(newest, 1) <= limit + DAY_MS) return activity.map(lastYear);
  const span = Math.floor(newest / DAY_MS) - Math.floor(oldest / DAY_MS);
  if (span > 0 && span <= TOGETHER_DAYS) return [];
  const byDay = new Map<number, Dated[]>();
  for (const each of activity) {
    const day = Math.floor(each.at / DAY_MS);
    const held = byDay.get(day);
    if (held === undefined) byDay.set(day, [each]);
    else held.push(each);
  }
  const days = [...byDay].sort(([a], [b]) => a - b);
  return days.flatMap(([day, here], index) => {
    const apart = Math.min(
      day - (days[index - 1]?.[0] ?? Number.NEGATIVE_INFINITY),
      (days[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) - day,
    );
    if (apart <= TOGETHER_DAYS) return [];
    const others = days.filter(([other]) => other !== day);
    const misfit = aYearOff(day, others, limit) ?? swappedOff(day, apart, others, limit);
    if (misfit === undefined) return [];
    return here.map(({ time, at }) =>
      doubt(misfit.code, {
        path: time.path,
        stated: time.moment.raw,
        couldBe: [instant(misfit.read(at) ?? at)],
        against: misfit.against,
      }),
    );
  });
}

/** Everything in the report lies more than a year before its receipt, and would not if one figure of the year were another. */
function lastYear({ time, at }: Dated): Doubt {
  return doubt("doubt.wrong-year", {
    path: time.path,
    stated: time.moment.raw,
    couldBe: [instant(yearsLater(at, 1))],
    against: ["/context/receivedAt"],
  });
}

interface Misfit {
  code: "doubt.wrong-year" | "doubt.day-month-swapped";
  read: (at: number) => number | undefined;
  against: string[];
}

type Others = ReadonlyArray<readonly [day: number, here: readonly Dated[]]>;

/** The same date a year later or earlier lies among the others. */
function aYearOff(day: number, others: Others, limit: number): Misfit | undefined {
  for (const years of [1, -1]) {
    const read = (at: number) => yearsLater(at, years);
    const then = Math.floor(read(day * DAY_MS) / DAY_MS);
    const fitting = others.filter(([other]) => Math.abs(other - then) <= TOGETHER_DAYS);
    if (fitting.length > 0 && then * DAY_MS <= limit)
      return { code: "doubt.wrong-year", read, against: pathsOf(fitting) };
  }
  return undefined;
}

/** The date with day and month exchanged lies nearer to the others, of which some may be exchanged as well. */
function swappedOff(day: number, apart: number, others: Others, limit: number): Misfit | undefined {
  const reading = swapped(day * DAY_MS);
  if (reading === undefined || reading > limit) return undefined;
  const then = Math.floor(reading / DAY_MS);
  const misfit = (against: string[]): Misfit => ({ code: "doubt.day-month-swapped", read: swapped, against });
  if (others.length === 0) {
    const late = Math.floor(limit / DAY_MS) - day > TOGETHER_DAYS;
    return late && then > day ? misfit(["/context/receivedAt"]) : undefined;
  }
  const nearer = others.filter(([other]) => {
    const both = swapped(other * DAY_MS);
    const readings = both === undefined ? [other] : [other, Math.floor(both / DAY_MS)];
    return readings.some((each) => Math.abs(each - then) < apart);
  });
  return nearer.length === 0 ? undefined : misfit(pathsOf(nearer));
}

function pathsOf(others: Others): string[] {
  return others.flatMap(([, here]) => here.map(({ time }) => time.path));
}

/** The instant with day and month in each other's place; undefined where that is no date, or the same one. */
export function swapped(at: number): number | undefined {
  const stated = Math.floor(at / DAY_MS);
  const { year, month, day } = civilDate(stated);
  return day > 12 || day === month ? undefined : at + (dayNumber(year, day, month) - stated) * DAY_MS;
}

/** The instant some years later; 29 February becomes 1 March where there is none. */
function yearsLater(at: number, years: number): number {
  const stated = Math.floor(at / DAY_MS);
  const { year, month, day } = civilDate(stated);
  return at + (dayNumber(year + years, month, day) - stated) * DAY_MS;
}
