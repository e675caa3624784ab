export { decideArrival, type NewArrivalDecision, undoArrivalDecision } from "./decide.ts";
export { joinArrivals, noteArrivals, wakeNoteArrivals } from "./join.ts";
export {
  type Amendment,
  type ArrivalDecisionRow,
  type ArrivalRow,
  arrivalsOf,
  type MaybeArrival,
  type ReportArrivals,
} from "./view.ts";
