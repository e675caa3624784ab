import { wilson, type Share } from "../../share.ts";
import { rateOf } from "./rate.ts";
import { chanceOfAtLeast, chanceOfAtMost } from "./binomial.ts";

/** Calls of one sender with a report, or a part of one, in a short time, by what they were answered. */
export interface CallTally {
  /** UTC, ISO 8601. */
  at: string;
  taken: number;
  /** Answered that something in them is wrong: not a quota, a sign-in or a fault of the station. */
  refused: number;
}

export interface RefusalRules {
  /** The latest so many calls are looked at, each number by itself. */
  windows: readonly number[];
  /** Calls before them, without which a sender is measured by `usual`. */
  past: number;
  /** Of a sender that is not known yet: half. More is a client that does not work. */
  usual: number;
  /** Nobody is called for less than this: clients make mistakes. Nor is more than `most` asked for. */
  least: number;
  most: number;
  /** Refused so much more often than before. */
  times: number;
  chance: number;
  backChance: number;
}

export const defaultRefusalRules: RefusalRules = {
  windows: [20, 40, 80, 160, 320],
  past: 60,
  usual: 0.5,
  least: 0.2,
  most: 0.8,
  times: 2,
  chance: 1e-6,
  backChance: 0.01,
};

/** More calls than this are counted as this many of the same share: the sum over them would take longer and say nothing more. */
const COUNTED = 1000;

export type RefusalStep =
  | { kind: "opens"; before: Share; now: Share; from: string }
  | { kind: "recovers"; now: Share };

/**
 * The opposite of a field that is left empty: reports that do not get in at all, because what their sender says is refused. Opens when
 * refusals are certainly more than twice as many as before, and at least a fifth; ends when they are certainly fewer than that again,
 * and at most half of it.
 * @param tallies in any order
 * @param on what it was before, when it is on already, and since when
 * @returns undefined when there is nothing to do
 */
export function refusalStep(
  tallies: readonly CallTally[],
  on: { before: Share; from: string } | undefined,
  rules: RefusalRules = defaultRefusalRules,
): RefusalStep | undefined {
  const latest = tallies.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (on !== undefined) {
    const since = latest.filter(({ at }) => Date.parse(at) >= Date.parse(on.from));
    const limit = limitOf(on.before, rules);
    for (const length of rules.windows) {
      const now = sumOf(since.slice(0, partsOf(since, length)));
      if (now.of < length) break;
      const few = scaled(now);
      if (now.count <= (limit / 2) * now.of && chanceOfAtMost(few.count, few.of, limit) <= rules.backChance)
        return { kind: "recovers", now };
    }
    return undefined;
  }
  for (const length of rules.windows) {
    const parts = partsOf(latest, length);
    const now = sumOf(latest.slice(0, parts));
    if (now.of < length) break;
    const before = sumOf(latest.slice(parts));
    const limit = limitOf(before, rules);
    const many = scaled(now);
    if (now.count > limit * now.of && chanceOfAtLeast(many.count, many.of, limit) <= rules.chance) {
      const begins = begun(latest, before, now);
      return {
        kind: "opens",
        before: sumOf(latest.slice(begins)),
        now: sumOf(latest.slice(0, begins)),
        from: latest[begins - 1]?.at ?? "",
      };
    }
  }
  return undefined;
}

/** How many of the latest tallies belong to the change: the number that explains best what came (the maximum-likelihood point of a change). */
function begun(latest: readonly CallTally[], before: Share, now: Share): number {
  const yes = Math.log(rateOf(now) / rateOf(before));
  const no = Math.log((1 - rateOf(now)) / (1 - rateOf(before)));
  let [sum, most, parts] = [0, Number.NEGATIVE_INFINITY, 1];
  for (const [index, { taken, refused }] of latest.entries()) {
    sum += refused * yes + taken * no;
    if (sum > most) [most, parts] = [sum, index + 1];
  }
  return parts;
}

/** The share above which refusals are too many. */
function limitOf(before: Share, { past, usual, least, most, times }: RefusalRules): number {
  if (before.of < past) return usual;
  return Math.min(most, Math.max(least, times * wilson(before).high));
}

/** How many of the latest tallies hold so many calls. */
function partsOf(latest: readonly CallTally[], calls: number): number {
  let [sum, parts] = [0, 0];
  while (sum < calls && parts < latest.length) {
    const each = latest[parts] as CallTally;
    sum += each.taken + each.refused;
    parts += 1;
  }
  return parts;
}

function sumOf(tallies: readonly CallTally[]): Share {
  return tallies.reduce(
    (sum, { taken, refused }) => ({ count: sum.count + refused, of: sum.of + refused + taken }),
    { count: 0, of: 0 },
  );
}

function scaled({ count, of }: Share): Share {
  return of <= COUNTED ? { count, of } : { count: Math.round((count / of) * COUNTED), of: COUNTED };
}
