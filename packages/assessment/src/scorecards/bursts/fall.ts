import type { ScoredField } from "../fields.ts";
import { wilson, type Share } from "../../share.ts";
import { chanceOfAtLeast, chanceOfAtMost } from "./binomial.ts";
import { clumpingOf, hourly, shareOf, sumOf, type FieldHistory, type FieldReport } from "./history.ts";
import { rateOf } from "./rate.ts";
import type { BurstRules } from "./rules.ts";

/** A field that a sender used to fill and has begun to leave empty. */
export interface Fall {
  field: ScoredField;
  /** As it was before, */
  before: Share;
  /** and as it is since. */
  now: Share;
  /** The first report that looks like those after it, and when it came. */
  first: string;
  from: string;
}

/** The rate below which a field counts as fallen: part of what its past rate is at least, 39 times of 40. */
export function fallenBelow(before: Share, { part }: BurstRules): number {
  return part * wilson(before).low;
}

/**
 * Tests the latest reports against those before them, in windows: at the rate just not fallen, so few filled ones must be all but
 * impossible. A binomial test at each window; with all windows, the chance that one report of a steady sender raises a false alarm is at
 * most their number times `chance`, whatever the rate and however long it goes on.
 * @returns undefined when there is nothing to say
 */
export function fallOf(field: ScoredField, history: FieldHistory, rules: BurstRules): Fall | undefined {
  const { reports } = history;
  for (const length of rules.windows) {
    if (length > reports.length) return undefined;
    const earlier = reports.slice(0, -length);
    const hours = [...history.hours, ...hourly(earlier)];
    const before = sumOf(hours);
    const now = shareOf(reports.slice(-length));
    const limit = fallenBelow(before, rules);
    if (now.count >= limit * now.of) continue;
    const clumping = clumpingOf(hours, rules.clumping);
    const chance = chanceOfAtMost(Math.ceil(now.count / clumping), Math.floor(now.of / clumping), limit);
    if (chance > rules.chance) continue;
    const fall = begun(field, history, before, now);
    if (fall.before.of >= rules.past) return fall;
  }
  return undefined;
}

/** Where it began: the report from which on the two rates explain best what came (the maximum-likelihood point of a change). */
function begun(field: ScoredField, { hours, reports }: FieldHistory, before: Share, now: Share): Fall {
  const yes = Math.log(rateOf(now) / rateOf(before));
  const no = Math.log((1 - rateOf(now)) / (1 - rateOf(before)));
  let [sum, most, start] = [0, Number.NEGATIVE_INFINITY, reports.length - 1];
  for (let index = reports.length - 1; index >= 0; index -= 1) {
    sum += reports[index]?.isFilled === true ? yes : no;
    if (sum > most) [most, start] = [sum, index];
  }
  const since = reports.slice(start);
  const { report: first, at: from } = since[0] as FieldReport;
  return {
    field,
    before: sumOf([...hours, shareOf(reports.slice(0, start))]),
    now: shareOf(since),
    first,
    from,
  };
}

/**
 * Whether a field that had fallen is filled again. Not by the mirror of what calls it fallen: a field that comes and goes stays fallen.
 * @param since reports since it fell, in order
 */
export function isBack(since: readonly FieldReport[], before: Share, rules: BurstRules): boolean {
  return rules.backWindows.some((length) => {
    if (length > since.length) return false;
    const { count, of } = shareOf(since.slice(-length));
    return (
      count >= rules.backPart * wilson(before).low * of &&
      chanceOfAtLeast(count, of, fallenBelow(before, rules)) <= rules.backChance
    );
  });
}
