import type { AttachmentCommitment } from "../content/types.ts";
import { concatBytes, equalBytes } from "../crypto/bytes.ts";
import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";

/** What opens one attachment. Travels inside the franked content and nowhere else. */
export interface AttachmentSecrets {
  /** 32 random bytes, fresh for each upload: equal files never have equal ciphertexts. */
  readonly fileKey: Uint8Array;
  /** 7 random bytes. */
  readonly noncePrefix: Uint8Array;
}

/** Everything that opens an attachment and proves which one it is. */
export interface AttachmentOpening extends AttachmentSecrets {
  readonly commitment: AttachmentCommitment;
}

export const FILE_KEY_BYTES = 32;
export const NONCE_PREFIX_BYTES = 7;

export function newSecrets(crypto: FrankingCrypto): AttachmentSecrets {
  return { fileKey: crypto.random(FILE_KEY_BYTES), noncePrefix: crypto.random(NONCE_PREFIX_BYTES) };
}

export function encryptionKey(crypto: FrankingCrypto, { fileKey }: AttachmentSecrets): Awaitable<Uint8Array> {
  return crypto.hkdf(fileKey, "csf1/att/enc", 32);
}

/**
 * Binds the ciphertext to one key. AES-GCM alone does not: one ciphertext can be made that opens under two keys, to two
 * different files, and then the one that is reported need not be the one that was seen (Dodis et al., CRYPTO 2018).
 */
export function keyCommitment(crypto: FrankingCrypto, { fileKey }: AttachmentSecrets): Awaitable<Uint8Array> {
  return crypto.hkdf(fileKey, "csf1/att/commit", 32);
}

/**
 * Must stand before every decryption.
 *
 * @throws FrankingError `attachment.secrets`, `attachment.key-commitment`
 */
export async function assertKeyCommitment(
  crypto: FrankingCrypto,
  secrets: AttachmentSecrets,
  committed: Uint8Array,
): Promise<void> {
  if (secrets.fileKey.length !== FILE_KEY_BYTES || secrets.noncePrefix.length !== NONCE_PREFIX_BYTES)
    throw new FrankingError(
      "attachment.secrets",
      `An attachment has a key of ${FILE_KEY_BYTES} bytes and a nonce of ${NONCE_PREFIX_BYTES}.`,
    );
  if (!equalBytes(await keyCommitment(crypto, secrets), committed))
    throw new FrankingError(
      "attachment.key-commitment",
      "The attachment's key is not the one that the sender committed to; nothing was decrypted.",
    );
}

/**
 * STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015): prefix, number of the chunk (32 bits, big-endian), and whether it is
 * the last. So no chunk opens in another place, and none but the last one at the end.
 */
export function nonceOf(prefix: Uint8Array, index: number, isLast: boolean): Uint8Array {
  const counter = new Uint8Array(5);
  new DataView(counter.buffer).setUint32(0, index);
  counter[4] = isLast ? 1 : 0;
  return concatBytes(prefix, counter);
}
