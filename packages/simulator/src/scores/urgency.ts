import type { Tier, Truth } from "../truth.ts";

export interface UrgencyScore {
  urgent: number;
  /** Share of reports meant for R1 or R2 that were put there. */
  recall: number;
  /** Share of reports put in R1 or R2 that were not meant for it. */
  falseAlarms: number;
  /** Share of all reports in exactly the tier that they were meant for. */
  exact: number;
}

const isUrgent = (tier: Tier | undefined) => tier === "R1" || tier === "R2";

/** How well urgent reports were found. @param tiers by case number */
export function scoreUrgency(tiers: ReadonlyMap<string, Tier>, truths: Iterable<Truth>): UrgencyScore {
  const count = { reports: 0, urgent: 0, found: 0, alarms: 0, exact: 0 };
  for (const { caseNumber, urgency } of truths) {
    const tier = tiers.get(caseNumber);
    count.reports += 1;
    if (tier === urgency) count.exact += 1;
    if (isUrgent(urgency)) count.urgent += 1;
    if (isUrgent(tier)) count.alarms += 1;
    if (isUrgent(urgency) && isUrgent(tier)) count.found += 1;
  }
  return {
    urgent: count.urgent,
    recall: count.urgent === 0 ? 1 : count.found / count.urgent,
    falseAlarms: count.alarms === 0 ? 0 : (count.alarms - count.found) / count.alarms,
    exact: count.reports === 0 ? 1 : count.exact / count.reports,
  };
}
