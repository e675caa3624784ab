import { backlogOf, type Backlog } from "./backlog.ts";
import type { Gathered } from "./gather.ts";
import { rootsOf } from "./tiers.ts";

type DayCounts = [number, number, number, number, number];

/** What lies on people's desks: every report by itself, or what is left of them once they are linked. */
export interface Arrivals {
  readonly reports: DayCounts[];
  /** A person's reports are one piece of work as long as none is more urgent than what is on the desk; copies of a campaign are none. */
  readonly pieces: DayCounts[];
}

/**
 * @param tiers of all reports, links included
 * @param isCopy whether a report holds nothing but items of campaigns
 */
export function arrivalsOf(year: Gathered, tiers: Uint8Array, isCopy: (report: number) => boolean): Arrivals {
  const days = (year.day[year.reports - 1] ?? 0) + 1;
  const empty = () => Array.from({ length: days }, (): DayCounts => [0, 0, 0, 0, 0]);
  const [reports, pieces] = [empty(), empty()];
  const onDesk = new Uint8Array(year.index.state.nodes).fill(NOTHING);
  for (let report = 0; report < year.reports; report += 1) {
    const tier = tiers[report] ?? LEAST_URGENT;
    const day = Math.min(days - 1, year.day[report] ?? 0);
    count(reports, day, tier);
    if (isNews(year, onDesk, report, tier) && !(tier >= COPIES_FROM && isCopy(report)))
      count(pieces, day, tier);
  }
  return { reports, pieces };
}

const NOTHING = 6;
const LEAST_URGENT = 5;
/** Only what no rule calls urgent is put aside as a copy; anything else is looked at, viral or not (law 7). */
const COPIES_FROM = 4;

/** Whether nobody has this person on the desk at this urgency yet. */
function isNews(year: Gathered, onDesk: Uint8Array, report: number, tier: number): boolean {
  let isNew = true;
  for (const root of rootsOf(year, report)) {
    isNew &&= tier < (onDesk[root] ?? NOTHING);
    onDesk[root] = Math.min(tier, onDesk[root] ?? NOTHING);
  }
  return isNew;
}

function count(days: DayCounts[], day: number, tier: number): void {
  const counts = days[day];
  if (counts !== undefined) counts[tier - 1] = (counts[tier - 1] ?? 0) + 1;
}

/** What a desk of so many people makes of it. */
export interface Workload {
  pieces: number;
  /** People who would have to work every day so that nothing is late. */
  peopleNeeded: number;
  people: number;
  backlog: Backlog;
  /** Of the people's time alone: `minutesEach` a piece at `poundsAnHour`. */
  pounds: number;
}

export interface WorkloadAssumptions {
  /** Pieces that one person finishes in a day. */
  perPersonDay: number;
  minutesEach: number;
  poundsAnHour: number;
  targetDays: readonly [number, number, number, number, number];
}

/**
 * IWF 2019: 13 analysts, more than 20,000 reports each in a year. Two minutes and 30 pounds an hour are assumptions of ours (trust.md
 * 5.2 and 5.5), the targets those of agency.md 4.4.
 */
export const usualAssumptions: WorkloadAssumptions = {
  perPersonDay: 20_000 / 365,
  minutesEach: 2,
  poundsAnHour: 30,
  targetDays: [0, 1, 7, 14, 30],
};

/** @param people who work; as many as are needed when left out */
export function workloadOf(
  arrivals: readonly DayCounts[],
  { perPersonDay, minutesEach, poundsAnHour, targetDays }: WorkloadAssumptions,
  people?: number,
): Workload {
  const isLate = (count: number): boolean =>
    backlogOf({ arrivals, perDay: Math.floor(count * perPersonDay), targetDays }).byTier.some(
      ({ late }) => late > 0,
    );
  const pieces = arrivals.flat().reduce((sum, each) => sum + each, 0);
  const peopleNeeded = leastThat((count) => !isLate(count), Math.ceil(pieces / perPersonDay) + 1);
  const working = people ?? peopleNeeded;
  return {
    pieces,
    peopleNeeded,
    people: working,
    backlog: backlogOf({ arrivals, perDay: Math.floor(working * perPersonDay), targetDays }),
    pounds: Math.round((pieces * minutesEach * poundsAnHour) / 60),
  };
}

/** The least number up to `most` that is enough, where everything above one that is enough is enough too. */
function leastThat(isEnough: (count: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
