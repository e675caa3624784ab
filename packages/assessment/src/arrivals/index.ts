export { arrivalGroups, type ArrivalGroups, type HeldArrival } from "./arrival-groups.ts";
export {
  type Arrival,
  ARRIVAL_PARTS,
  type ArrivalKey,
  arrivalKeys,
  type ArrivalPart,
} from "./arrival-keys.ts";
export { type Late, LATE_AFTER_DAYS, lateness } from "./lateness.ts";
export { maybeSame } from "./maybe-same.ts";
export { CHANGED_FIELDS, type ChangedField, type ReportChange, reportChanges } from "./report-changes.ts";
