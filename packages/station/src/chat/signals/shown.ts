import {
  type CounterEvidence,
  defaultSignalRules,
  type LookAlike,
  type Measure,
  type Signal,
  type SignalId,
} from "@fairlead/assessment";

/** A signal as a person is shown it: what was counted, what speaks against it, and how often such a signal is right. */
export interface ShownSignal {
  rule: SignalId;
  from: string;
  until: string;
  met: Array<{ measure: Measure; value: number; atLeast?: number | undefined; atMost?: number | undefined }>;
  counter: Array<{ what: CounterEvidence; value: number }>;
  lookAlikes: LookAlike[];
  why: string;
  /** Where one account in so many offends, it was right so often, and at least so often; on made-up accounts. */
  right: { share: number; low: number; atOneIn: number };
  reviewBy: string;
}

/** Without the events: who did what is not needed to decide, and goes with the rules' windows. */
export function shownSignals(signals: readonly Signal[]): ShownSignal[] {
  return signals.flatMap(({ rule: id, from, until, met, counter, lookAlikes }) => {
    const rule = defaultSignalRules.rules.find((one) => one.id === id);
    if (rule === undefined) return [];
    const { share, low, atOneIn } = rule.measured;
    return [
      {
        rule: id,
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        met: met.map(({ measure, value, atLeast, atMost }) => ({ measure, value, atLeast, atMost })),
        counter: [...counter],
        lookAlikes: [...lookAlikes],
        why: rule.why,
        right: { share, low, atOneIn },
        reviewBy: rule.reviewBy,
      },
    ];
  });
}
