export { checkProofs } from "./check.ts";
export type { ProofState } from "./judge.ts";
export { isAttestation } from "./parts.ts";
export { recheckProofs } from "./recheck.ts";
