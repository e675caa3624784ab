export { assessChild } from "./assess-child.ts";
export { catchUpSafeguarding } from "./catch-up.ts";
export { keptSafeguarding } from "./keep.ts";
export { safeguardingList } from "./list.ts";
export { takeStep } from "./take-step.ts";
export {
  type ChildReferralRow,
  type ChildRow,
  SAFEGUARDING_OF_REPORT,
  SAFEGUARDING_REFERRALS_OF_REPORT,
  safeguardingView,
} from "./view.ts";
