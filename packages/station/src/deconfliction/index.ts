export { deconflictionRoutes } from "./answer.ts";
export { askPeer } from "./ask.ts";
export { decideConflicts } from "./conflicts.ts";
export { noteInterests } from "./note.ts";
export { keysOn, openPairs, type Pair, type Pairs } from "./pairs.ts";
export { conflictsOfReport, deconflictionView } from "./view.ts";
export { renewInterests, startKeyRenewal } from "./renew.ts";
