export {
  type AttestationEnvelope,
  type AttestationKey,
  type AttestationSigner,
  ed25519Key,
  ed25519Signer,
  readAttestation,
  signAttestation,
  type VerifiedAttestation,
  verifyAttestation,
} from "../attestation/envelope.ts";
export { explain, type Explanation } from "../attestation/explain.ts";
export { type AttestationFacts, attestationOf } from "../attestation/make.ts";
export {
  parseProviderCard,
  PROVIDER_CARD_FILE,
  type ProviderCard,
  providerCardSchema,
} from "../attestation/provider-card.ts";
export { attestationSchema, parseAttestation } from "../attestation/schema.ts";
export type * from "./types.ts";
export { STEPS } from "./types.ts";
export {
  type AuthorityKeyType,
  createTimestampAuthority,
  type TimestampAuthority,
} from "../timestamp/authority.ts";
export { issueTimestamp } from "../timestamp/issue.ts";
export { timestampRequest } from "../timestamp/request.ts";
export { readTimestampResponse } from "../timestamp/response.ts";
export { type VerifiedTimestamp, verifyTimestamp } from "../timestamp/verify.ts";
export { trustFromCard } from "./trust.ts";
export { verifyBundle } from "./verify-bundle.ts";
