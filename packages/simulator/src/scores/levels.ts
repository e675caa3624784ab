import type { Expected, Truth } from "../truth.ts";

type Level = NonNullable<Expected["level"]>;

export interface LevelScore {
  /** Reports whose level the injected facts determine, and that were graded. */
  graded: number;
  /** Share of those with the expected level, with a higher one and with a lower one. */
  right: number;
  tooHigh: number;
  tooLow: number;
}

/**
 * How well reports were graded.
 * @param levels by case number
 * @param when which of the truth's two expectations to compare with
 */
export function scoreLevels(
  levels: ReadonlyMap<string, Level>,
  truths: Iterable<Truth>,
  when: keyof Truth["expected"],
): LevelScore {
  const count = { graded: 0, right: 0, tooHigh: 0, tooLow: 0 };
  for (const truth of truths) {
    const expected = truth.expected[when].level;
    const level = levels.get(truth.caseNumber);
    if (expected === null || level === undefined) continue;
    count.graded += 1;
    // The names of levels stand in the order of their letters and digits.
    if (level === expected) count.right += 1;
    else if (level > expected) count.tooHigh += 1;
    else count.tooLow += 1;
  }
  const share = (part: number) => (count.graded === 0 ? 0 : part / count.graded);
  return {
    graded: count.graded,
    right: count.graded === 0 ? 1 : share(count.right),
    tooHigh: share(count.tooHigh),
    tooLow: share(count.tooLow),
  };
}
