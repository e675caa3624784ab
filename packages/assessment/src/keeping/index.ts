export { erasingProblem, type ErasingProblem } from "./erasing.ts";
export {
  type Hold,
  HOLD_KINDS,
  type HoldKind,
  holdOf,
  type HoldProblem,
  holdProblem,
  type HoldStep,
  standsAt,
} from "./hold.ts";
export {
  type Duty,
  expiryAlarm,
  EXPIRY_ALARM_DAYS,
  type Keeping,
  type KeepingDecision,
  type KeepingEvent,
  type KeepingFacts,
  keepingOf,
  letGoProblem,
  type LetGoProblem,
  nextExpiryAlarmAt,
} from "./keep-until.ts";
export { dayAt, endOfDay, endOfMonths } from "./last-day.ts";
export { defaultKeepingLaws, type Kept, type KeepingLaw, type KeepingStart } from "./law.ts";
