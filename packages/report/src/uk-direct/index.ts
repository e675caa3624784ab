export {
  ukReportSchema,
  type UkItems,
  type UkReport,
  type UkStanding,
  type UkStandingState,
} from "./document.ts";
export { directReportDuty, type Covering, type Duty, type DutyFacts } from "./duty.ts";
export { ukFromReport, type UkChoices, type UkMaking } from "./from-report.ts";
export { NOBODY_ASKED } from "./items-of.ts";
export * from "./law.ts";
export { relevantData, ukDueAt, ukKeeping, type UkKeeping } from "./retention.ts";
export { held, ukToReport } from "./to-report.ts";
export { ukProblemsOf, type UkProblem, type UkValidation, validateUkReport } from "./validate.ts";
export { isUkStatement } from "./wire-statements.ts";
