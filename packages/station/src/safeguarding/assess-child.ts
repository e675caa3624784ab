import {
  type AssessmentContext,
  caseOf,
  type Safeguarding,
  safeguardingOf,
  type Tier,
} from "@fairlead/assessment";
import type { Claim, Report } from "@fairlead/report";
import type { Station } from "../context.ts";

/** What was as pressing for a child; the urgency of help is nobody's tier. */
const TIER_OF: Readonly<Record<Safeguarding["urgency"], Tier | undefined>> = {
  "at-once": "R1",
  harm: "R2",
  help: undefined,
};

/**
 * What a report means for a child, as it stands now. What went before is the child's own urgency, not the report's tier: that may have been
 * raised because data about the suspect will soon be gone, which is no news about the child. Nothing but a clock can have done that below R1,
 * so a report without an earlier word about its child keeps an R1.
 * @param ground what an assessment rests on, and what was said of the child last
 * @param now milliseconds since 1970
 */
export function assessChild(
  station: Station,
  ground: {
    report: Report;
    claims: readonly Claim[];
    context: AssessmentContext;
    safeguarding: Safeguarding | undefined;
  },
  now: number,
): Safeguarding {
  const { report, claims, context, safeguarding } = ground;
  const { previousTier } = context;
  const before =
    safeguarding === undefined
      ? previousTier === "R1"
        ? previousTier
        : undefined
      : TIER_OF[safeguarding.urgency];
  return safeguardingOf(caseOf(report, claims, { ...context, previousTier: before }, station.rules, now));
}
