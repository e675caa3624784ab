export { acceptBurst, settleOver } from "./decide.ts";
export type { BurstField } from "./keep.ts";
export { lookForBursts } from "./look.ts";
export { lookForRefusals } from "./refusals.ts";
export {
  BURST_COUNTS,
  BURST_ROWS,
  IN_BURST,
  LEFT_EMPTY,
  type LeftEmptyRow,
  type BurstRow,
  burstsOfSender,
  burstView,
} from "./view.ts";
