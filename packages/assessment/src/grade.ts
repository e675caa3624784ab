import type { Claim, Report } from "@fairlead/report";
import { caseOf, type Case } from "./input/case.ts";
import type { AssessmentContext } from "./input/context.ts";
import { routeDecision, type Route } from "./routing/route.ts";
import type { RuleSet } from "./rules/rule-set.ts";
import type { AttributeName, Attributes } from "./sufficiency/attribute.ts";
import { shortestClock } from "./sufficiency/clock.ts";
import { bindingOf, isSafeguard, type Level } from "./sufficiency/level.ts";
import { strongestLine, type Line } from "./sufficiency/line.ts";
import { clocksOf, levelReasons } from "./sufficiency/sufficiency.ts";
import { urgencyFacts, type Support } from "./urgency/facts.ts";
import { queueKey } from "./urgency/queue.ts";
import type { Tier } from "./urgency/tier.ts";
import { rulesOf, rulingOf } from "./urgency/urgency.ts";

/** The small answer: what a stream of millions needs of an assessment, without its words. */
export interface Grade {
  ruleVersion: string;
  level: Level;
  tier: Tier;
  /** The tier by the report's rules without what raises it; see `raisedByLink`. */
  baseTier: Tier;
  attributes: Attributes;
  /** Attributes whose rise by one step changes the level. */
  binding: AttributeName[];
  /** The place in the queue; see `queueKey`. */
  queueKey: string;
  /** Who should act; absent where that is not certain. A provisional route is a hint, never a dispatch. */
  agency?: string;
  routeBasis: Route["basis"];
  provisional: boolean;
  /** Codes of the reasons that the full assessment gives for level, tier and route, and of its doubts, each once. */
  codes: string[];
}

/**
 * Grades a report without explaining it. The same code as `assess`, so the same answer: an assessment is a grade and its words.
 * @param id the report's id; it ends the queue key
 * @param claims claims that stand beside the report, in the order of the station's record
 * @param now milliseconds since 1970
 */
export function gradeOf(
  id: string,
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
  rules: RuleSet,
  now: number,
): Grade {
  const the = caseOf(report, claims, context, rules, now);
  const line = strongestLine(the);
  const support = supportOf(line, the);
  const ruling = rulingOf(urgencyFacts(the, support));
  const { agency, basis, provisional, reasons } = routeDecision(the, rules.directory, now);
  const { level, attributes, flags } = line;
  return {
    ruleVersion: rules.version,
    level,
    tier: ruling.tier,
    baseTier: ruling.baseTier,
    attributes,
    binding: bindingOf(attributes, flags),
    queueKey: queueKey({
      tier: ruling.tier,
      clockExpiresAt: support.clock?.expiresAt,
      level,
      receivedAt: context.receivedAt,
      id,
    }),
    ...(agency === undefined ? {} : { agency: agency.id }),
    routeBasis: basis,
    provisional,
    codes: distinctCodes([levelReasons(line, the), reasons, the.doubts.all], rulesOf(ruling)),
  };
}

function supportOf(line: Line, the: Case): Support {
  const clock = shortestClock(clocksOf(line, the));
  const safeguard = isSafeguard(line.attributes, line.flags);
  return { flags: line.flags, safeguard, ...(clock === undefined ? {} : { clock }) };
}

/** A report has a dozen codes or two: the list itself says soonest whether one is among them. */
function distinctCodes(lists: readonly (readonly { code: string }[])[], rules: readonly string[]): string[] {
  const codes = [...rules];
  for (const list of lists) for (const { code } of list) if (!codes.includes(code)) codes.push(code);
  return codes;
}
