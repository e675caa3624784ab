export {
  ATTESTATION_FILE,
  ATTESTATION_MEDIA_TYPE,
  ATTESTATION_PAYLOAD_TYPE,
  LIMITS,
} from "./attestation/types.ts";
export type { Attestation, Explanation, KnownLimit } from "./attestation/types.ts";
export type { Awaitable, FrankingCrypto } from "./crypto/crypto.ts";
export { FrankingError, type FrankingErrorCode } from "./error.ts";
export type * from "./bundle/types.ts";
export type * from "./content/types.ts";
export type * from "./wire/types.ts";
