export { attestationSchema, parseAttestation } from "../attestation/schema.ts";
export type * from "./types.ts";
export { STEPS } from "./types.ts";
