import type { Assessment } from "../assess.ts";
import type { Reason } from "../input/reason.ts";

/** A call to a person, now. What it is about stands in full, so that nobody has to open the report to understand the call. */
export interface Page {
  /** What fired: the rule's text, and the field that made it fire. Never empty. */
  because: readonly Pick<Reason, "code" | "text" | "path" | "source">[];
}

/**
 * Whether an assessment calls a person at once instead of waiting in a queue (agency.md 4.4, R1).
 *
 * Completeness, level and lane play no part: a thin report of a child at risk pages as a full one does.
 * @returns the triggers that stand at R1; where none does any more, the earlier tier that only a person may lower; `undefined` below R1
 */
export function mustPage({ urgency }: Pick<Assessment, "urgency">): Page | undefined {
  if (urgency.tier !== "R1") return undefined;
  const immediate = urgency.reasons.filter((reason) => "tier" in reason && reason.tier === "R1");
  if (immediate.length > 0) return { because: immediate };
  if (urgency.ruledTier === "R1") return { because: urgency.reasons };
  return {
    because: [
      {
        code: "page.kept",
        text: "It was immediate before, and no person has lowered it since.",
        path: "/context/previousTier",
        source: { kind: "rule", id: "urgency", version: urgency.ruleVersion },
      },
      ...urgency.reasons,
    ],
  };
}
