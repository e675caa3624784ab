export {
  acceptBurst,
  BURST_COUNTS,
  BURST_ROWS,
  IN_BURST,
  LEFT_EMPTY,
  type LeftEmptyRow,
  type BurstRow,
  burstView,
  lookForRefusals,
  settleOver,
} from "./bursts/index.ts";
export { csvOf } from "./csv.ts";
export { senderList, senderView } from "./read.ts";
export { scoreDue, scoreLater } from "./score-due.ts";
export { startScoring } from "./start-scoring.ts";
