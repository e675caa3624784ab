export { backTestStation, type StationBackTest } from "./station-replay.ts";
export { type ReadRules, readRules, type RuleProblem, rulesFrom } from "./rules-file.ts";
