export { recordOutcome } from "./decide.ts";
export { outcomeRoutes } from "./receive.ts";
export { type NewOutcome, saveOutcome } from "./record.ts";
export { returnOutcomes } from "./return.ts";
