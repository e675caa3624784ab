export { AGE_BANDS, type AgeBand, ageBandOf, isYoung } from "./age-band.ts";
export { checkSignalRules, type SignalRulesProblem } from "./check-rules.ts";
export { defaultSignalRules } from "./default-rules.ts";
export type { AccountEvent, AccountHistory } from "./event.ts";
export { MEASURES, type Measure, measure, type Measured, type Measures } from "./measure.ts";
export {
  actionsOf,
  LOOK_ALIKES,
  type LookAlike,
  type MeasuredPrecision,
  type Need,
  needsText,
  SAFETY_ACTIONS,
  type SafetyAction,
  type SignalId,
  SIGNALS,
  type SignalRule,
  type SignalRules,
} from "./rule.ts";
export {
  allowedBy,
  CANNOT_SHOW,
  type CannotShow,
  COUNTER_EVIDENCE,
  type CounterEvidence,
  type Met,
  type Signal,
  signalsOf,
} from "./signal.ts";
