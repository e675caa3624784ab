import { chance, pick } from "./draw.ts";
import type { Random } from "./random.ts";

/** Draws whom a report is about. It remembers one number for each report, and nothing about anybody. */
export interface Crowd {
  /** The number of the person in this country. */
  next(random: Random, country: string | null, platform: string): number;
}

/** Share of somebody's later reports that may come from another platform than the one that reported them. */
const ELSEWHERE = 0.1;

interface Country {
  /** For each person, how many reports are about them. */
  counts: number[];
  /** For each report, whom it is about: all of them, and those of each platform. */
  reports: number[];
  byPlatform: Map<string, number[]>;
}

/**
 * An empty crowd. A report is about somebody new in `fresh` of the cases, else about whom an earlier report was about, each
 * report as likely as the other (Yule and Simon): reports per person then fall off as a power of their number.
 * @param rates `most` reports are about one person; whoever would get more makes room for somebody new
 */
export function openCrowd(rates: { fresh: number; most: number }): Crowd {
  const countries = new Map<string | null, Country>();
  return {
    next(random, country, platform) {
      const known: Country = countries.get(country) ?? { counts: [], reports: [], byPlatform: new Map() };
      countries.set(country, known);
      const here = known.byPlatform.get(platform) ?? [];
      known.byPlatform.set(platform, here);
      const number = earlier(random, rates, known, here) ?? known.counts.length;
      known.counts[number] = (known.counts[number] ?? 0) + 1;
      known.reports.push(number);
      here.push(number);
      return number;
    },
  };
}

/** Somebody whom an earlier report was about; undefined where it is to be somebody new. */
function earlier(
  random: Random,
  rates: { fresh: number; most: number },
  known: Country,
  here: readonly number[],
): number | undefined {
  if (chance(random, rates.fresh)) return undefined;
  const among = chance(random, ELSEWHERE) ? known.reports : here;
  if (among.length === 0) return undefined;
  const found = pick(random, among);
  return (known.counts[found] ?? 0) < rates.most ? found : undefined;
}
