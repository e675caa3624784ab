export { saveOutcomes } from "./record.ts";
export { recordOutcome } from "./decide.ts";
export { outcomeRoutes } from "./receive.ts";
export { returnOutcomes } from "./return.ts";
