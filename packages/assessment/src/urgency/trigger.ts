import type { ClaimSource, Flag } from "@fairlead/report";
import type { Reason } from "../input/reason.ts";
import type { UrgencyFacts } from "./facts.ts";
import type { Tier } from "./tier.ts";

/** One thing that fired one rule. Its `code` is the rule's id. */
export interface Trigger extends Reason {
  tier: Tier;
  /** Names the rule and the statement: what a person has seen when they lower (see `Lowering.seen`). */
  key: string;
}

/** Where a rule found what it looks for. */
export interface Sighting {
  path: string;
  source: ClaimSource;
}

/** One urgency rule: the more of what it looks for there is, the more it fires; nothing makes it fire less. */
export interface UrgencyRule {
  id: string;
  tier: Tier;
  /** English, for an officer. */
  text: string;
  find(facts: UrgencyFacts): readonly Sighting[];
}

/** A rule that fires for each statement that says yes to one of these flags. */
export function onFlags(id: string, tier: Tier, text: string, flags: readonly Flag[]): UrgencyRule {
  const [only, ...others] = flags;
  if (only !== undefined && others.length === 0) return { id, tier, text, find: (facts) => facts.yes(only) };
  const isSaid = (facts: UrgencyFacts) => flags.some((flag) => facts.yes(flag).length > 0);
  return { id, tier, text, find: (facts) => (isSaid(facts) ? flags.flatMap((flag) => facts.yes(flag)) : []) };
}

/** Runs rules: everything that fires, in their order. */
export function triggersOf(rules: readonly UrgencyRule[], facts: UrgencyFacts): Trigger[] {
  const fired: Trigger[] = [];
  for (const rule of rules)
    for (const { path, source } of rule.find(facts)) {
      const { id, tier, text } = rule;
      fired.push({ code: id, tier, path, text, source, key: `${id}@${path}` });
    }
  return fired;
}
