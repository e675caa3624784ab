import type { Flag } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import { laneOf } from "../safeguarding/lane.ts";
import { urgencyFacts, type Support, type UrgencyFacts } from "./facts.ts";
import { CLOCK_MODIFIER, modifiersOf, raised, type Modifier } from "./modifiers.ts";
import { URGENCY_RULES } from "./rules.ts";
import { moreUrgent, tierNumber, type Lowering, type Tier } from "./tier.ts";
import { triggersOf, type Trigger } from "./trigger.ts";

/** How soon somebody must act, and why. */
export interface Urgency {
  tier: Tier;
  /** What the rules say, before any person's decision. */
  ruledTier: Tier;
  /** Rules and modifiers that fired, the most urgent first. */
  rules: string[];
  reasons: (Trigger | Modifier)[];
  /** The keys to store in a `Lowering.seen` when a person lowers this. */
  seen: string[];
  /** The person's decision, when it holds. */
  lowering?: Lowering;
  /** What nobody has said. Unknown never counts as no. */
  unknown: Reason[];
  /** R1 calls a person at once instead of waiting in a queue. */
  pagesAPerson: boolean;
  /** Where a child needs help rather than an investigation first. */
  lane: "standard" | "safeguarding";
  /** Days within which to act. */
  targetDays: number;
  ruleVersion: string;
}

/** What the rules and people's decisions say together, before it is put into words. */
export interface Ruling {
  tier: Tier;
  /** What the rules say, before any person's decision. */
  ruledTier: Tier;
  /** What they say without modifiers. */
  baseTier: Tier;
  /** Rules and modifiers that fired and make a difference. */
  counted: (Trigger | Modifier)[];
  /** The person's decision, when it holds. */
  lowering: Lowering | undefined;
}

/**
 * The tier of a case (agency.md 4.4): by the highest matching rule, never by a sum.
 *
 * A machine may raise it; only a person lowers it (law 7). That is kept in three ways: rules only look for what is there; an
 * earlier tier stands even when time or facts have moved on; and a person's lowering ends when something new fires.
 */
export function rulingOf(facts: UrgencyFacts): Ruling {
  const triggers = triggersOf(URGENCY_RULES, facts);
  const { base: baseTier, tier: ruledTier, counted: modifiers } = raised(triggers, modifiersOf(facts));
  const counted = modifiers.length === 0 ? triggers : [...triggers, ...modifiers];
  const { previousTier, lowering: decided } = facts.the.context;
  const lowering = decided !== undefined && stillHolds(decided, counted) ? decided : undefined;
  const tier = lowering === undefined ? moreUrgent(ruledTier, previousTier ?? ruledTier) : lowering.to;
  return { tier, ruledTier, baseTier, counted, lowering };
}

/** The urgency of a case with its reasons and with what nobody has said (agency.md 4.4). */
export function urgencyOf(the: Case, support: Support): Urgency {
  const facts = urgencyFacts(the, support);
  const { tier, ruledTier, counted, lowering } = rulingOf(facts);
  const reasons = byUrgency(counted);
  return {
    tier,
    ruledTier,
    rules: codesOf(reasons),
    reasons: shorten(reasons),
    seen: counted.map(({ key }) => key),
    ...(lowering === undefined ? {} : { lowering }),
    unknown: unknowns(facts),
    pagesAPerson: tier === "R1",
    lane: support.safeguard || laneOf(the).lane === "safeguarding-first" ? "safeguarding" : "standard",
    targetDays: the.rules.targetDays[tier],
    ruleVersion: the.rules.version,
  };
}

/** The codes of a ruling's reasons, each once, in the order in which they are given. */
export function rulesOf({ counted }: Ruling): string[] {
  return codesOf(byUrgency(counted));
}

function codesOf(reasons: readonly Reason[]): string[] {
  return [...new Set(reasons.map(({ code }) => code))];
}

/**
 * A decision that knew every trigger that fires now. A new one was not weighed by anybody, so it counts in full; only a clock
 * that comes near its end is no news about a child.
 */
function stillHolds({ seen }: Lowering, counted: readonly (Trigger | Modifier)[]): boolean {
  const known = new Set(seen);
  return counted.every(({ key, code }) => known.has(key) || code === CLOCK_MODIFIER);
}

/**
 * Why a report stands where it stands: the modifiers first, since only those that made a difference are counted, then the rules, the
 * most urgent first.
 */
function byUrgency(counted: readonly (Trigger | Modifier)[]): (Trigger | Modifier)[] {
  return [...counted].sort((a, b) => place(a) - place(b));
}

function place(reason: Trigger | Modifier): number {
  return "tier" in reason ? tierNumber(reason.tier) : 0;
}

/** Questions whose answer would raise the tier, and that nobody has answered. */
const QUESTIONS: readonly { flag: Flag; code: string; text: string }[] = [
  {
    flag: "access-to-children",
    code: "unknown.access",
    text: "Nobody has said whether the person has access to children.",
  },
  {
    flag: "contact-record",
    code: "unknown.record",
    text: "Nobody has said whether the person has a record of contact offences.",
  },
  {
    flag: "position-of-trust",
    code: "unknown.trust",
    text: "Nobody has said whether the person holds a position of trust.",
  },
  {
    flag: "home-production",
    code: "unknown.production",
    text: "Nobody has said whether the material was made at home.",
  },
  { flag: "live-abuse", code: "unknown.ongoing", text: "Nobody has said whether abuse is going on." },
  { flag: "coercion", code: "unknown.coercion", text: "Nobody has said whether there is coercion." },
];

function unknowns(facts: UrgencyFacts): Reason[] {
  const answered = new Set(facts.kind("flag").map(({ states }) => states.flag));
  const { rule } = facts.the;
  return [
    ...QUESTIONS.filter(({ flag }) => !answered.has(flag)).map(({ code, text }) => ({
      code,
      text,
      path: "",
      source: rule,
    })),
    ...(facts.sufficiency.flags.victimIdentified
      ? []
      : [
          {
            code: "unknown.victim",
            text: "The report does not identify the child.",
            path: "/report/persons",
            source: rule,
          },
        ]),
  ];
}
