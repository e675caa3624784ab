import { FrankingError } from "../error.ts";
import { SEED_BYTES } from "./ed25519.ts";

const AES_KEY_BYTES = 32;
const AES_NONCE_BYTES = 12;
export const AES_TAG_BYTES = 16;

/** @throws FrankingError `seal.parameters` */
export function assertAes(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length === AES_KEY_BYTES && nonce.length === AES_NONCE_BYTES) return;
  throw new FrankingError(
    "seal.parameters",
    `AES-256-GCM needs a key of ${AES_KEY_BYTES} bytes and a nonce of ${AES_NONCE_BYTES}, got ${key.length} and ${nonce.length}`,
  );
}

/** @throws FrankingError `frank.private-key` */
export function assertSeed(privateKey: Uint8Array): void {
  if (privateKey.length === SEED_BYTES) return;
  throw new FrankingError(
    "frank.private-key",
    `an Ed25519 private key is a seed of ${SEED_BYTES} bytes, got ${privateKey.length}`,
  );
}
