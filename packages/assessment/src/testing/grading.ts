import { assess, type Assessment } from "../assess.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import type { AssessmentInput } from "./arbitrary-report.ts";
import { TEST_NOW } from "./arbitrary-parts.ts";

const rules = defaultRuleSet();

/** Assesses an input with the default rules at `TEST_NOW`. */
export function assessed({ report, claims, context }: AssessmentInput, now = TEST_NOW): Assessment {
  return assess(report, claims, context, rules, now);
}
