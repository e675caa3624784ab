import { parseMoment, type Event, type Moment, type Person, type Report } from "@fairlead/report";
import type { Doubt, DoubtCode } from "../doubts/doubt.ts";
import { caseOf } from "../input/case.ts";
import type { AssessmentContext } from "../input/context.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { TEST_NOW } from "./arbitrary-parts.ts";
import { exampleContext, exampleEvent, exampleReport, exampleSuspect } from "./example.ts";

// Reports whose times and addresses are in doubt, received on 22 November 2026 at noon.

const rules = defaultRuleSet();

/** A time that is in no doubt. */
export const NOV = "2026-11-14T15:20:31Z";

export const receivedAtNoon: AssessmentContext = exampleContext({
  receivedAt: new Date(TEST_NOW).toISOString(),
  firstReportedAt: new Date(TEST_NOW).toISOString(),
});

export function when(raw: string): Moment {
  return parseMoment(raw) ?? { raw, zone: "none" };
}

export function doubtsIn(
  parts: Partial<Report>,
  about: AssessmentContext = receivedAtNoon,
): readonly Doubt[] {
  return caseOf(exampleReport(parts), [], about, rules, TEST_NOW).doubts.all;
}

export function doubtsOfCode(doubts: readonly Doubt[], code: DoubtCode): Doubt[] {
  return doubts.filter((each) => each.code === code);
}

/** A suspect with these events. */
export function suspectWith(...events: Partial<Event>[]): Person[] {
  return [exampleSuspect({ events: events.map((each) => exampleEvent(each)) })];
}

/** A suspect with an event at each of these times. */
export function suspectAt(...raws: string[]): Person[] {
  return suspectWith(...raws.map((raw) => ({ moment: when(raw) })));
}

export function incidentAt(raw: string, parts: Partial<Report["incident"]> = {}): Report["incident"] {
  return { ...exampleReport().incident, occurred: when(raw), ...parts };
}
