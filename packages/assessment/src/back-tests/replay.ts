import type { Claim, Report } from "@fairlead/report";
import { gradeOf, type Grade } from "../grade.ts";
import type { AssessmentContext } from "../input/context.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { wilson, type Estimate } from "../share.ts";
import { levelNumber, type Level } from "../sufficiency/level.ts";
import { tierNumber, TIERS, type Tier } from "../urgency/tier.ts";

/** A report as it stood when it was assessed, with what came of it. */
export interface BackTestCase {
  /** Unique; ends the queue key, so it is ASCII. */
  id: string;
  report: Report;
  claims: readonly Claim[];
  context: AssessmentContext;
  /** When it was assessed; milliseconds since 1970. */
  at: number;
  /** Absent where nothing has come back: unknown, which counts for nothing. */
  outcome?: {
    arrests: number;
    childrenSafeguarded: number;
    /** Whether a child turned out to have been at risk at the time; absent where nobody knows. */
    immediate?: boolean;
  };
}

/** One case that two rule sets judge differently. */
export interface Changed {
  id: string;
  level: { a: Level; b: Level };
  tier: { a: Tier; b: Tier };
  /** Whether something came of it: the changes to look at first. */
  mattered: boolean;
}

/** How one rule set fares against what came of the cases. */
export interface Fared {
  ruleVersion: string;
  /** Cases by tier: the work that each tier's people get. */
  workload: Record<Tier, number>;
  /** Of the cases in which a child was at risk at the time, those in R1. Anything but all of them needs a person's explanation. */
  immediateFound: Estimate;
  /** Of the cases in R1 with a known answer, those in which no child was at risk. */
  falseAlarms: Estimate;
  /** Of the cases with an arrest or a child safeguarded, those in the first tenth of the queue. */
  matteredFirst: Estimate;
  /** Mean place in the queue of the cases with an arrest or a child safeguarded: 0 is the front, 1 the end; absent without one. */
  matteredPlace?: number;
}

export interface BackTest {
  cases: number;
  a: Fared;
  b: Fared;
  /** Cases whose level or tier differs, those that mattered first, then by id. */
  changed: Changed[];
  /** Of those that mattered: how many B puts in a higher or a lower tier, at a higher or a lower level. */
  mattered: { cases: number; tierUp: number; tierDown: number; levelUp: number; levelDown: number };
}

/**
 * Judges the same cases by two rule sets and holds both against what came of them. Deterministic: the order of the cases plays no part.
 *
 * It judges facts only: an earlier tier and a person's lowering came from the rules of their day and are left out. A linked tier stays,
 * because the linked reports are not among the cases; a rule that changes what links lift is judged too kindly or too hard by that.
 * @throws Error when two cases have one id
 */
export function backTest(a: RuleSet, b: RuleSet, cases: readonly BackTestCase[]): BackTest {
  const sorted = cases.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  sorted.forEach(({ id }, index) => {
    if (sorted[index + 1]?.id === id)
      throw new Error(`back-test: two cases are called "${id}"; give each an id of its own`);
  });
  const judged = sorted.map((each): Judged => {
    const { arrests = 0, childrenSafeguarded = 0, immediate } = each.outcome ?? {};
    return {
      id: each.id,
      mattered: arrests + childrenSafeguarded > 0,
      immediate,
      a: gradeWith(a, each),
      b: gradeWith(b, each),
    };
  });
  return {
    cases: cases.length,
    a: fared(a.version, judged, "a"),
    b: fared(b.version, judged, "b"),
    changed: changedOf(judged),
    mattered: matteredOf(judged.filter(({ mattered }) => mattered)),
  };
}

interface Judged {
  id: string;
  mattered: boolean;
  immediate: boolean | undefined;
  a: Grade;
  b: Grade;
}

function gradeWith(rules: RuleSet, { id, report, claims, context, at }: BackTestCase): Grade {
  const facts: AssessmentContext = { ...context, previousTier: undefined, lowering: undefined };
  return gradeOf(id, report, claims, facts, rules, at);
}

/** The part of a queue that is its front: whoever works a day's queue gets through about a tenth of it. Chosen. */
const FRONT = 0.1;

function fared(ruleVersion: string, judged: readonly Judged[], by: "a" | "b"): Fared {
  const queue = judged.toSorted((left, right) => (left[by].queueKey < right[by].queueKey ? -1 : 1));
  const places = queue.flatMap(({ mattered }, place) =>
    mattered ? [place / Math.max(1, queue.length - 1)] : [],
  );
  const front = Math.ceil(queue.length * FRONT);
  const inR1 = judged.filter((each) => each[by].tier === "R1" && each.immediate !== undefined);
  const immediate = judged.filter((each) => each.immediate === true);
  return {
    ruleVersion,
    workload: workloadOf(judged.map((each) => each[by].tier)),
    immediateFound: wilson({
      count: immediate.filter((each) => each[by].tier === "R1").length,
      of: immediate.length,
    }),
    falseAlarms: wilson({ count: inR1.filter((each) => each.immediate === false).length, of: inR1.length }),
    matteredFirst: wilson({
      count: queue.slice(0, front).filter(({ mattered }) => mattered).length,
      of: places.length,
    }),
    ...(places.length === 0
      ? {}
      : { matteredPlace: places.reduce((sum, place) => sum + place, 0) / places.length }),
  };
}

function workloadOf(tiers: readonly Tier[]): Record<Tier, number> {
  const workload: Record<Tier, number> = { R1: 0, R2: 0, R3: 0, R4: 0, R5: 0 };
  for (const tier of TIERS) workload[tier] = tiers.filter((each) => each === tier).length;
  return workload;
}

function changedOf(judged: readonly Judged[]): Changed[] {
  return judged
    .filter(({ a, b }) => a.level !== b.level || a.tier !== b.tier)
    .map(({ id, mattered, a, b }) => ({
      id,
      level: { a: a.level, b: b.level },
      tier: { a: a.tier, b: b.tier },
      mattered,
    }))
    .toSorted((left, right) => Number(right.mattered) - Number(left.mattered));
}

function matteredOf(judged: readonly Judged[]): BackTest["mattered"] {
  const count = (is: (each: Judged) => boolean) => judged.filter(is).length;
  return {
    cases: judged.length,
    tierUp: count(({ a, b }) => tierNumber(b.tier) < tierNumber(a.tier)),
    tierDown: count(({ a, b }) => tierNumber(b.tier) > tierNumber(a.tier)),
    levelUp: count(({ a, b }) => levelNumber(b.level) > levelNumber(a.level)),
    levelDown: count(({ a, b }) => levelNumber(b.level) < levelNumber(a.level)),
  };
}
