export { type AssessmentGround, groundOf } from "./context.ts";
export { addClaim, lowerUrgency, mustBeAbout } from "./decide.ts";
export { assessNeighbours, assessReport, assessSenderDay } from "./assess-report.ts";
export { agencyName, destinationsFor, type KnownPeer } from "./destinations.ts";
export { reassess, reassessStale, wakeStale } from "./reassess.ts";
export { assessmentView, clockOf } from "./view.ts";
export { countriesOf, whereaboutsOf } from "./whereabouts.ts";
