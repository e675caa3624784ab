export { DOUBTS, type Doubt, type DoubtCode, type Holds, type Question } from "./doubt.ts";
export { heldAddresses, type HeldAddress } from "./held-addresses.ts";
export { doubtsOf, type Doubts } from "./doubts-of.ts";
export { foldHours, mergeHours, NO_HABIT, showsTwelveHours, type HourHabit } from "./hour-habit.ts";
export { defaultDoubtRules, type DoubtRules } from "./rules.ts";
