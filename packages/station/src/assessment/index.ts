export { affectedBy, assessReport } from "./assess-report.ts";
export { addClaim, lowerUrgency } from "./decide.ts";
export { agencyName, destinationsFor } from "./destinations.ts";
export { assessmentView, clockOf, latestAssessment } from "./view.ts";
