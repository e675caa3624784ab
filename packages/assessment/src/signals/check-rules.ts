import { SAFETY_ACTIONS, type SignalRule, type SignalRules } from "./rule.ts";

export interface SignalRulesProblem {
  /** JSON Pointer into the rules. */
  path: string;
  message: string;
}

/** What is wrong with a table of rules, and which of its numbers a person should have looked at again by `now`. */
export function checkSignalRules(rules: SignalRules, now: number): SignalRulesProblem[] {
  const day = new Date(now).toISOString().slice(0, 10);
  return rules.rules.flatMap((rule, index) =>
    problemsOf(rule, rules, day).map((message) => ({ path: `/rules/${index}`, message })),
  );
}

function problemsOf(rule: SignalRule, rules: SignalRules, day: string): string[] {
  const isShare = (measure: string) => measure.endsWith("-share");
  return [
    ...(rule.needs.length === 0 ? ["a rule without needs would hold for everybody"] : []),
    ...(rule.needs.every(({ atLeast }) => atLeast === undefined || atLeast <= 0)
      ? ["no need asks for anything to have happened"]
      : []),
    ...rule.needs
      .filter(({ measure, atLeast = 0, atMost = 1 }) => isShare(measure) && (atLeast > 1 || atMost < 0))
      .map(({ measure }) => `${measure} is a share from 0 to 1`),
    ...(rule.windowDays > rules.keepEventsDays ? ["its window is longer than events are kept"] : []),
    ...(rule.allows.some((action) => !SAFETY_ACTIONS.includes(action))
      ? ["it allows what no signal may"]
      : []),
    ...(rule.reviewBy < day ? ["its day of review has passed"] : []),
  ];
}
