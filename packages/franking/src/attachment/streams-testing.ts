import { concatBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { type SealedAttachment, sealAttachment } from "./seal.ts";

// Streams for the tests of attachments.

/** Bytes in portions of these sizes, over and over. */
export async function* inPortions(
  bytes: Uint8Array,
  sizes: readonly number[] = [10_000],
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    // A list of nothing but zeros would never come to an end.
    const size = Math.max(turn % sizes.length === 0 ? 1 : 0, sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return concatBytes(...parts);
}

/** Bytes that repeat in no short period, so that a chunk out of place is seen. */
export function patterned(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export async function sealedFile(
  crypto: FrankingCrypto,
  plaintext: Uint8Array,
  portions?: readonly number[],
): Promise<{ readonly ciphertext: Uint8Array; readonly sealed: SealedAttachment }> {
  const sealing = sealAttachment(crypto, inPortions(plaintext, portions), plaintext.length);
  const ciphertext = await collect(sealing.ciphertext);
  return { ciphertext, sealed: sealing.sealed() };
}
