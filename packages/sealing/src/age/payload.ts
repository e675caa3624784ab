import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { SealingError } from "../errors.ts";

// c2sp.org/age, "Payload": a 16-byte nonce, then 64 KiB chunks under ChaCha20-Poly1305 in the STREAM construction.

export const PAYLOAD_NONCE_LENGTH = 16;
/** Plaintext bytes in every chunk but the last. */
export const CHUNK_SIZE = 64 * 1024;
export const TAG_LENGTH = 16;
export const SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_LENGTH;
const CIPHER = "chacha20-poly1305";

/** Where a chunk stands: its number from zero, and whether it is the last. Both are bound into its nonce. */
export interface ChunkPlace {
  readonly index: number;
  readonly last: boolean;
}

/** The key of a payload. As a key object, here and beside it: of bare bytes Node makes one at each use, several times as slowly. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  const key = hkdfSync("sha256", createSecretKey(fileKey), nonce, "payload", 32);
  return createSecretKey(new Uint8Array(key));
}

/** Seals a chunk that lies in several portions, without joining them: what comes out follows one another, the tag at the end. */
export function sealPortions(
  key: KeyObject,
  place: ChunkPlace,
  plaintext: readonly Uint8Array[],
): readonly Uint8Array[] {
  const cipher = createCipheriv(CIPHER, key, chunkNonce(place), { authTagLength: TAG_LENGTH });
  const sealed: Uint8Array[] = plaintext.map((portion) => cipher.update(portion));
  sealed.push(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
  return sealed;
}

/**
 * Opens one chunk. No byte is returned before its tag is verified. Throws `age-truncated` if what should be the last
 * chunk is a middle one, `age-extended` if bytes follow the last one, `age-tampered` otherwise.
 */
export function openChunk(key: KeyObject, place: ChunkPlace, sealed: Uint8Array): Uint8Array {
  const plaintext = tryOpenChunk(key, place, sealed);
  // "The final chunk … MUST NOT be empty unless the whole payload is empty."
  if (plaintext !== null && !(plaintext.length === 0 && place.index > 0)) return plaintext;
  const where = `chunk ${place.index} (from plaintext byte ${place.index * CHUNK_SIZE})`;
  if (plaintext === null && tryOpenChunk(key, { ...place, last: !place.last }, sealed) !== null) {
    if (place.last) throw cutShort(`${where} is not the last one that was sealed`);
    throw new SealingError(
      "age-extended",
      `The sealed file was lengthened: ${where} is its end, but bytes follow. Fetch it again from its source.`,
    );
  }
  throw new SealingError(
    "age-tampered",
    `The sealed file was altered or damaged at ${where}. Nothing from there on can be trusted; fetch it again.`,
  );
}

/** Plaintext bytes in a payload of `sealedSize` bytes (nonce not counted). Throws `age-truncated` for no such payload. */
export function plaintextSizeOf(sealedSize: number): number {
  const chunks = Math.ceil(sealedSize / SEALED_CHUNK_SIZE);
  const last = sealedSize - (chunks - 1) * SEALED_CHUNK_SIZE;
  if (sealedSize < TAG_LENGTH || last < TAG_LENGTH || (last === TAG_LENGTH && chunks > 1)) {
    throw cutShort(`no payload is ${sealedSize} bytes long`);
  }
  return sealedSize - chunks * TAG_LENGTH;
}

/** Payload bytes (nonce not counted) that `plaintextSize` bytes make. */
export function payloadSizeOf(plaintextSize: number): number {
  return plaintextSize + TAG_LENGTH * Math.max(1, Math.ceil(plaintextSize / CHUNK_SIZE));
}

export function cutShort(why: string): SealingError {
  return new SealingError(
    "age-truncated",
    `The sealed file is cut short: ${why}. Fetch it again from its source.`,
  );
}

function tryOpenChunk(key: KeyObject, place: ChunkPlace, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < TAG_LENGTH) return null;
  const decipher = createDecipheriv(CIPHER, key, chunkNonce(place), { authTagLength: TAG_LENGTH });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH));
  try {
    decipher.final();
    return plaintext;
  } catch {
    return null;
  }
}

/** "The first 11 bytes are a big endian chunk counter …; the last byte is 0x01 for the final chunk." */
function chunkNonce({ index, last }: ChunkPlace): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 3);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
