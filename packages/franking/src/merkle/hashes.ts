import { concatBytes } from "../crypto/bytes.ts";
import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";

/** RFC 6962, section 2.1: SHA-256(0x00 || entry). */
export function leafHash(crypto: FrankingCrypto, entry: Uint8Array): Awaitable<Uint8Array> {
  return crypto.sha256(concatBytes(Uint8Array.of(0), entry));
}

/**
 * `leafHash` for many entries one after the other, in one buffer: for chunks of a megabyte, new memory for each would cost as much
 * as hashing it. Calls must not overlap.
 */
export function leafHasher(crypto: FrankingCrypto): (entry: Uint8Array) => Awaitable<Uint8Array> {
  let buffer = new Uint8Array(1);
  return (entry) => {
    if (buffer.length <= entry.length) buffer = new Uint8Array(entry.length + 1);
    buffer.set(entry, 1);
    return crypto.sha256(buffer.subarray(0, entry.length + 1));
  };
}

/** RFC 6962, section 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(crypto: FrankingCrypto, left: Uint8Array, right: Uint8Array): Awaitable<Uint8Array> {
  return crypto.sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** RFC 6962, section 2.1: the root of nothing is SHA-256 of nothing. */
export function emptyRoot(crypto: FrankingCrypto): Awaitable<Uint8Array> {
  return crypto.sha256(new Uint8Array());
}
