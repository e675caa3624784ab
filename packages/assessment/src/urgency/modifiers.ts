import type { Reason } from "../input/reason.ts";
import type { UrgencyFacts } from "./facts.ts";
import { moreUrgent, raisedOne, tierNumber, type Tier } from "./tier.ts";
import type { Trigger } from "./trigger.ts";

/** Something that raises the tier by one. */
export interface Modifier extends Reason {
  /** It raises no further than this: R1 calls a person, so only a risk to a child may reach it, never a clock. */
  limit: Tier;
  key: string;
}

interface ModifierRule {
  id: string;
  text: string;
  limit(facts: UrgencyFacts): Tier;
  find(facts: UrgencyFacts): readonly { path: string; source: Reason["source"]; mark?: string }[];
}

export const CLOCK_MODIFIER = "up.clock";
const ACCESS_MODIFIER = "up.access";

const MODIFIER_RULES: readonly ModifierRule[] = [
  {
    id: "up.linked",
    text: "It is linked to a subject of a higher tier.",
    limit: ({ the }) => the.context.linkedTier ?? "R5",
    find: ({ the }) =>
      the.context.linkedTier === undefined
        ? []
        : [{ path: "/context/linkedTier", source: the.station, mark: the.context.linkedTier }],
  },
  {
    id: "up.prior-referral",
    text: "The person was referred before.",
    limit: () => "R2",
    find: (facts) => facts.yes("prior-referral"),
  },
  {
    id: ACCESS_MODIFIER,
    text: "The person is known to have access to children.",
    limit: () => "R1",
    find: (facts) => facts.yes("access-to-children"),
  },
  {
    id: CLOCK_MODIFIER,
    text: "The data behind this report will soon be gone.",
    limit: () => "R2",
    find: ({ the, sufficiency: { clock } }) =>
      clock !== undefined && clock.id !== "currency" && clock.daysLeft < the.rules.clockModifierDays
        ? [{ path: clock.path, source: the.rule }]
        : [],
  },
];

export function modifiersOf(facts: UrgencyFacts): Modifier[] {
  return MODIFIER_RULES.flatMap((rule) =>
    rule.find(facts).map(({ path, source, mark }) => ({
      code: rule.id,
      path,
      text: rule.text,
      source,
      limit: rule.limit(facts),
      // A link to a still higher subject is news, so the tier is part of its key.
      key: mark === undefined ? `${rule.id}@${path}` : `${rule.id}@${path}=${mark}`,
    })),
  );
}

/** Rules that rest on the access flag: it must not count twice, once in the rule and once as a modifier. */
const RESTS_ON_ACCESS: ReadonlySet<string> = new Set(["r3.access-to-children", "r2.trust-with-access"]);

/**
 * The highest matching rule, raised by one for modifiers, and the modifiers that make a difference. All modifiers together raise by
 * one and not by one each: a sum would be a score again, and hide which of them counted.
 */
export function raised(
  triggers: readonly Trigger[],
  modifiers: readonly Modifier[],
): { base: Tier; tier: Tier; counted: Modifier[] } {
  const base = highest(triggers);
  const baseWithoutAccess = highest(triggers.filter(({ code }) => !RESTS_ON_ACCESS.has(code)));
  const alone = ({ code, limit }: Modifier) =>
    raisedOne(code === ACCESS_MODIFIER ? baseWithoutAccess : base, limit);
  return {
    base,
    tier: modifiers.reduce((tier, modifier) => moreUrgent(tier, alone(modifier)), base),
    counted: modifiers.filter((modifier) => tierNumber(alone(modifier)) < tierNumber(base)),
  };
}

function highest(triggers: readonly Trigger[]): Tier {
  return triggers.reduce<Tier>((tier, trigger) => moreUrgent(tier, trigger.tier), "R5");
}
