export { countKeeping, countStarted } from "./count.ts";
export { dayWords } from "./day-words.ts";
export { decideKeeping } from "./decide.ts";
export { endingWeeks } from "./ending.ts";
export { factsOf, lawsOf, readKeeping } from "./facts.ts";
export { extendHold, type NewHold, placeHold, releaseHold } from "./holds.ts";
export { keepingList } from "./list.ts";
export { keepingStarts } from "./start.ts";
export { keepingView } from "./view.ts";
