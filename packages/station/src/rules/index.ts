export { backTestStation, type StationBackTest } from "./back-test.ts";
export { type ReadRules, readRules, type RuleProblem, rulesFrom } from "./rules-file.ts";
