import type { HeldReport } from "../key.ts";
import type { LinkRules } from "../link-rules.ts";
import type { Decision } from "./decision.ts";
import { openSubjectIndex, type Subject } from "./subject-index.ts";

/**
 * The subjects of a whole set of reports: what an index gives that took them in one by one, in whatever order.
 * @returns those of two members or more, sorted by their first
 */
export function subjectsOf(
  reports: Iterable<HeldReport>,
  decisions: Iterable<Decision>,
  rules: LinkRules,
): Subject[] {
  const index = openSubjectIndex(rules);
  for (const report of reports) index.add(report);
  for (const decision of decisions) index.decide(decision);
  return index.subjects();
}
