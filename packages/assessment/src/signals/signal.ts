import type { AccountEvent, AccountHistory } from "./event.ts";
import { type Measure, measure, type Measured, type Measures } from "./measure.ts";
import {
  actionsOf,
  type LookAlike,
  type Need,
  type SafetyAction,
  type SignalId,
  type SignalRule,
  type SignalRules,
} from "./rule.ts";

/** What speaks against it, out of the same events. */
export const COUNTER_EVIDENCE = [
  "mostly-known",
  "mostly-accepted",
  "long-standing",
  "blocks-taken-back",
] as const;
export type CounterEvidence = (typeof COUNTER_EVIDENCE)[number];

/** What no signal can show, whatever it counts. */
export const CANNOT_SHOW = ["what-was-said", "why", "true-age", "who"] as const;
export type CannotShow = (typeof CANNOT_SHOW)[number];

/** Where a rule's need was met: what was counted, against what, and in which events. */
export interface Met extends Need {
  value: number;
  events: readonly number[];
}

/** One rule that holds for one account at one time, with everything it rests on. Intelligence only, whatever else is there (law 2). */
export interface Signal {
  rule: SignalId;
  rulesVersion: string;
  level: "L1";
  /** The window, milliseconds since 1970. */
  from: number;
  until: number;
  met: readonly Met[];
  counter: ReadonlyArray<{ what: CounterEvidence; value: number }>;
  lookAlikes: readonly LookAlike[];
  cannotShow: readonly CannotShow[];
  actions: readonly SafetyAction[];
}

const DAY_MS = 24 * 3_600_000;
/** An account that is older than this has been ordinary for long, or unseen. */
const LONG_DAYS = 365;
const MOST = 0.5;

/**
 * The signals that an account's events give at a time. The same history, clock and rules give the same signals, always; what comes after
 * `now` changes nothing.
 */
export function signalsOf(history: AccountHistory, now: number, rules: SignalRules): Signal[] {
  const day = new Date(now).toISOString().slice(0, 10);
  const found: Signal[] = [];
  for (const rule of rules.rules) {
    if (rule.validFrom > day || !rule.accounts.includes(history.band)) continue;
    const { windowDays } = rule;
    const measures = measure(history, { now, windowDays, silentDays: rules.silentDays });
    const met = metBy(rule, measures);
    if (met === undefined) continue;
    found.push({
      rule: rule.id,
      rulesVersion: rules.version,
      level: "L1",
      from: now - windowDays * DAY_MS,
      until: now,
      met,
      counter: counterOf(history.events, measures, now),
      lookAlikes: rule.lookAlikes,
      cannotShow: CANNOT_SHOW,
      actions: actionsOf(rule, rules),
    });
  }
  return found;
}

function metBy({ needs }: SignalRule, measures: Measures): Met[] | undefined {
  const met: Met[] = [];
  for (const need of needs) {
    const { value, events }: Measured = measures[need.measure satisfies Measure];
    if (value < (need.atLeast ?? Number.NEGATIVE_INFINITY)) return undefined;
    if (value > (need.atMost ?? Number.POSITIVE_INFINITY)) return undefined;
    met.push({ ...need, value, events });
  }
  return met;
}

function counterOf(events: readonly AccountEvent[], measures: Measures, now: number): Signal["counter"] {
  const known = measures["known-share"].value;
  const declined = measures["declined-share"].value;
  const daysOld = measures["days-old"].value;
  const takenBack = events.filter(({ kind, at }) => kind === "unblocked" && at <= now).length;
  const all = [
    { what: "mostly-known", value: known, holds: known > MOST },
    { what: "mostly-accepted", value: 1 - declined, holds: measures.accepted.value > 0 && declined < MOST },
    { what: "long-standing", value: Math.floor(daysOld), holds: daysOld >= LONG_DAYS },
    { what: "blocks-taken-back", value: takenBack, holds: takenBack > 0 },
  ] as const;
  return all.filter(({ holds }) => holds).map(({ what, value }) => ({ what, value }));
}

/** Everything that signals allow together, each action with the rules that it rests on. Never more than one of them allows alone. */
export function allowedBy(signals: readonly Signal[]): Map<SafetyAction, SignalId[]> {
  const allowed = new Map<SafetyAction, SignalId[]>();
  for (const { rule, actions } of signals)
    for (const action of actions) allowed.set(action, [...(allowed.get(action) ?? []), rule]);
  return allowed;
}
