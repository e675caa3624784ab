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
