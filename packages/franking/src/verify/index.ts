export {
  parseProviderCard,
  PROVIDER_CARD_FILE,
  type ProviderCard,
  providerCardSchema,
} from "../attestation/provider-card.ts";
export { attestationSchema, parseAttestation } from "../attestation/schema.ts";
export type * from "./types.ts";
export { STEPS } from "./types.ts";
