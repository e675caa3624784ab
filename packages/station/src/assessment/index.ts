export { affectedBy, assessReport } from "./assess-report.ts";
export { addClaim, lowerUrgency } from "./decide.ts";
export { agencyName, destinationsFor, type KnownPeer } from "./destinations.ts";
export { assessmentView, clockOf } from "./view.ts";
