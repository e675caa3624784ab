import { SCORED_FIELDS, type ScoredField } from "../fields.ts";
import { type Fall, fallOf, isBack } from "./fall.ts";
import { historyOf, shareOf, type FillHistory, type Stretch } from "./history.ts";
import { type BurstRules, defaultBurstRules } from "./rules.ts";
import type { Share } from "../../share.ts";

/** A burst that is on: the field fell and is not back. */
export interface OnBurst {
  field: ScoredField;
  before: Share;
  /** When the first report of it came; UTC, ISO 8601. */
  from: string;
}

export type BurstStep =
  | ({ kind: "opens" } & Fall)
  /** `now`: as it is filled in the latest reports since the burst began. */
  | { kind: "recovers"; field: ScoredField; now: Share };

/**
 * What is to be done about a sender's bursts: a circuit breaker for each field. It opens when the field falls; it closes when the field is
 * back, or when a person accepts the change, and never by itself because time passed: what a sender leaves out does not become normal
 * by going on. Doing it twice does nothing the second time, and neither the order nor the parts in which reports became known matter: only
 * when each came.
 * @param on bursts that are on; one a field
 * @param cut what does not count: bursts that are over, from their first report to their end; and all before an accepted one began
 */
export function burstSteps(
  history: FillHistory,
  on: readonly OnBurst[],
  cut: readonly Stretch[],
  rules: BurstRules = defaultBurstRules,
): BurstStep[] {
  return SCORED_FIELDS.flatMap((field): BurstStep[] => {
    const burst = on.find((each) => each.field === field);
    const known = historyOf(field, history, cut);
    if (burst === undefined) {
      const fall = fallOf(field, known, rules);
      return fall === undefined ? [] : [{ kind: "opens", ...fall }];
    }
    const since = known.reports.filter(({ at }) => Date.parse(at) >= Date.parse(burst.from));
    return isBack(since, burst.before, rules) ? [{ kind: "recovers", field, now: shareOf(since) }] : [];
  });
}
