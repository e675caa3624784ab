import type { AgeBand } from "./age-band.ts";
import type { Measure } from "./measure.ts";

/** All that a signal may ever lead to. None of them is a report: only a person reports. */
export const SAFETY_ACTIONS = ["friction", "notice", "review", "hide"] as const;
export type SafetyAction = (typeof SAFETY_ACTIONS)[number];

export const SIGNALS = [
  "many-declined",
  "asks-and-blocked",
  "came-back",
  "declined-and-reported",
  "reported-twice",
  "reported-and-blocked",
] as const;
export type SignalId = (typeof SIGNALS)[number];

/** How ordinary people can come to look like this. */
export const LOOK_ALIKES = [
  "coach",
  "teacher",
  "family",
  "community",
  "shop",
  "charity",
  "newcomer",
  "quarrel",
  "advertiser",
  "shared-device",
] as const;
export type LookAlike = (typeof LOOK_ALIKES)[number];

export interface Need {
  measure: Measure;
  atLeast?: number;
  atMost?: number;
}

/** How often a rule was right, where the truth was known. Synthetic: see docs/reports/signals.md. */
export interface MeasuredPrecision {
  /** Where one account in so many offends. */
  atOneIn: number;
  /** The share of those it points to that offend. */
  share: number;
  /** The lower end of a 95 % interval. */
  low: number;
  /** The needs that were measured: other numbers have not been. */
  of: string;
}

/** One rule. Its numbers are data with a reason and a day by which a person must have looked at them again (law 9). */
export interface SignalRule {
  id: SignalId;
  windowDays: number;
  /** Whose accounts it looks at, by the age that they gave. */
  accounts: readonly AgeBand[];
  /** All of them must hold. */
  needs: readonly Need[];
  /** What it may lead to if it was right often enough; see `actionsOf`. */
  allows: readonly SafetyAction[];
  lookAlikes: readonly LookAlike[];
  measured: MeasuredPrecision;
  why: string;
  source: string;
  validFrom: string;
  reviewBy: string;
}

export interface SignalRules {
  version: string;
  /** A request without an answer for so long counts as declined. */
  silentDays: number;
  /** What each action asks of a rule's measured precision. Friction asks for none. */
  floors: Readonly<Record<Exclude<SafetyAction, "friction">, number>>;
  /** The base rate at which precision must hold. */
  floorsAtOneIn: number;
  /** For how long an action stands without a new signal. */
  standsDays: Readonly<Record<SafetyAction, number>>;
  /** Requests to young strangers that an account under friction may make in a day. */
  requestsADay: number;
  /** For how long events are kept: no rule looks back further. */
  keepEventsDays: number;
  rules: readonly SignalRule[];
}

/** The needs of a rule as one text: what was measured is recognised by it. */
export function needsText({
  windowDays,
  accounts,
  needs,
}: Pick<SignalRule, "windowDays" | "accounts" | "needs">): string {
  const one = ({ measure, atLeast, atMost }: Need) =>
    `${measure}${atLeast === undefined ? "" : `>=${atLeast}`}${atMost === undefined ? "" : `<=${atMost}`}`;
  return `${windowDays}d ${accounts.join("|")} ${needs.map(one).join(" ")}`;
}

/**
 * What a rule may lead to: friction always, more only if exactly these numbers were measured at the asked base rate and were right often
 * enough. Whoever changes a threshold has friction until somebody measures.
 */
export function actionsOf(rule: SignalRule, rules: SignalRules): SafetyAction[] {
  const { measured } = rule;
  const isMeasured = measured.of === needsText(rule) && measured.atOneIn >= rules.floorsAtOneIn;
  return SAFETY_ACTIONS.filter(
    (action) =>
      rule.allows.includes(action) &&
      (action === "friction" || (isMeasured && measured.low >= rules.floors[action])),
  );
}
