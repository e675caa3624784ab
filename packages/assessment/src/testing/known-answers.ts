import { readFile } from "node:fs/promises";
import type { Claim, Report } from "@fairlead/report";
import { assess } from "../assess.ts";
import { gradeOf } from "../grade.ts";
import type { AssessmentContext } from "../input/context.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";

/** One line of `known-answers.jsonl`: a report of the simulated stream with what stands beside it, and its answer. */
export interface KnownAnswer {
  id: string;
  report: Report;
  claims: Claim[];
  context: AssessmentContext;
  /** Milliseconds since 1970. */
  at: number;
  answer: unknown;
}

export const KNOWN_ANSWERS = new URL("./known-answers.jsonl", import.meta.url);

/** The frozen slice of the stream. */
export async function knownAnswers(): Promise<KnownAnswer[]> {
  const lines = (await readFile(KNOWN_ANSWERS, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as KnownAnswer);
}

/** Everything of an assessment that a rule decides, without the words. */
export function answerTo({ id, report, claims, context, at }: Omit<KnownAnswer, "answer">): unknown {
  const rules = defaultRuleSet();
  const { sufficiency, urgency } = assess(report, claims, context, rules, at);
  const { ruleVersion: _version, ...grade } = gradeOf(id, report, claims, context, rules, at);
  const holds = Object.values(sufficiency.graded).flatMap((graded) => graded.holds);
  return {
    ...grade,
    gap: sufficiency.gap,
    safeguard: sufficiency.safeguard,
    wouldRaise: sufficiency.wouldRaise.map((request) => `${request.id} ${request.expectedLevel}`),
    clocks: sufficiency.clocks.map(({ id, expiresAt }) => `${id} ${expiresAt}`),
    holds: holds.map(({ code, path }) => `${code} ${path}`),
    unknown: [...sufficiency.unknown, ...urgency.unknown].map(({ code }) => code),
    seen: urgency.seen,
    lane: urgency.lane,
  };
}
