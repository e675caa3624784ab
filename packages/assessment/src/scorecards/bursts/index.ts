export { burstSteps, type BurstStep, type OnBurst } from "./steps.ts";
export { type Fall, fallenBelow } from "./fall.ts";
export type { FillHistory, HourFill, ReportFill, Stretch } from "./history.ts";
export {
  type CallTally,
  defaultRefusalRules,
  type RefusalRules,
  type RefusalStep,
  refusalStep,
} from "./refusals.ts";
export { type BurstRules, defaultBurstRules, RECENT_REPORTS } from "./rules.ts";
