export type { ChildKnown } from "./child.ts";
export { laneOf, type Lane } from "./lane.ts";
export { SAFEGUARDING_TEXTS, type SafeguardingCode } from "./messages.ts";
export { mustPage, type Page } from "./must-page.ts";
export {
  safeguardingOf,
  SAFEGUARDING_URGENCIES,
  type Safeguarding,
  type SafeguardingArea,
  type SafeguardingUrgency,
} from "./safeguarding.ts";
