import type { Claim, Report } from "@fairlead/report";
import { type Case, caseOf } from "./input/case.ts";
import type { AssessmentContext } from "./input/context.ts";
import type { Doubt } from "./doubts/doubt.ts";
import { listed } from "./doubts/doubts-of.ts";
import { overdueReviews, type RuleSet } from "./rules/rule-set.ts";
import { route, type Route } from "./routing/route.ts";
import { sufficiencyOf, type Sufficiency } from "./sufficiency/sufficiency.ts";
import { urgencyOf, type Urgency } from "./urgency/urgency.ts";

/** What a report can support, how urgent it is, and where it should go. Plain JSON. */
export interface Assessment {
  /** The rules that made it; with the same rules, input and time it comes out the same. */
  ruleVersion: string;
  directoryVersion: string;
  /** UTC, ISO 8601. */
  assessedAt: string;
  sufficiency: Sufficiency;
  urgency: Urgency;
  route: Route;
  /** Parts of the rule set that a person should have reviewed by now. */
  overdueReviews: string[];
  /** Times and addresses that may not be what they say, the first eight of each code; absent where there are none. */
  doubts?: Doubt[];
}

/**
 * Assesses a report. A pure function: no clock, no network, no chance of its own.
 *
 * It decides nothing. A person reads it, refers, lowers, and signs (DPA 2018 s.49-50).
 * @param report valid by `validateReport`
 * @param claims claims that stand beside the report, in the order of the station's record
 * @param now milliseconds since 1970
 */
export function assess(
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
  rules: RuleSet,
  now: number,
): Assessment {
  return assessCase(caseOf(report, claims, context, rules, now));
}

/** Assesses a case that was gathered before. */
export function assessCase(the: Case): Assessment {
  const { rules, now } = the;
  const sufficiency = sufficiencyOf(the);
  return {
    ruleVersion: rules.version,
    directoryVersion: rules.directory.version,
    assessedAt: new Date(now).toISOString(),
    sufficiency,
    urgency: urgencyOf(the, sufficiency),
    route: route(the, rules.directory, now),
    overdueReviews: overdueReviews(rules, now),
    ...(the.doubts.all.length === 0 ? {} : { doubts: listed(the.doubts.all) }),
  };
}
