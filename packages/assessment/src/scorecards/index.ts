export * from "./bursts/index.ts";
export { shiftsOf, type Shift } from "./compare.ts";
export { wilson, type Estimate, type Share } from "../share.ts";
export { factsOf, type FlagFacts, type Outcome, type ReportFacts, type Verdict } from "./facts.ts";
export { completenessOf, filledIn, SCORED_FIELDS, type Filled, type ScoredField } from "./fields.ts";
export {
  emptyCard,
  foldReport,
  merged,
  scored,
  SHARE_NAMES,
  type Scorecard,
  type ScoredCard,
  type ShareName,
} from "./scorecard.ts";
