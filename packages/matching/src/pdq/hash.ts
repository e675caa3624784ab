/**
 * A PDQ hash: 256 bits as 32 bytes, in the order in which its 64 hexadecimal digits print them (the sixteen 16-bit words of
 * the reference from the last to the first).
 *
 * Source: ThreatExchange, `hashing/hashing.pdf` and `pdq/README`, "Hash format".
 */
export type PdqHash = Uint8Array;

/**
 * Which of the two published functions made a hash. Both are called PDQ, and they differ by some eight bits for one picture:
 * `pdq/full` smooths the picture at full resolution, as `pdqhash` and HMA do; `pdq/nn512` first takes the nearest pixel of
 * a grid of at most 512 by 512, as the C++ tool does.
 */
export type PdqSemantics = "pdq/full" | "pdq/nn512";

/** The bytes of a PDQ hash. */
export const HASH_BYTES = 32;

const DIGITS = /^[0-9a-f]{64}$/i;

/** The hash that these 64 hexadecimal digits, of either case, stand for; null if they do not stand for one. */
export function hashFromHex(text: string): PdqHash | null {
  if (!DIGITS.test(text)) return null;
  return Uint8Array.from({ length: HASH_BYTES }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}

/** The 64 lower-case hexadecimal digits of a hash. */
export function hexOfHash(hash: PdqHash): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * In how many of their 256 bits two hashes differ: 0 to 256.
 *
 * @throws RangeError if one of them is not 32 bytes long
 */
export function distance(a: PdqHash, b: PdqHash): number {
  if (a.length !== HASH_BYTES || b.length !== HASH_BYTES)
    throw new RangeError(`a PDQ hash has ${HASH_BYTES} bytes, not ${a.length} and ${b.length}`);
  let bits = 0;
  for (let at = 0; at < HASH_BYTES; at++) bits += onesIn((a[at] ?? 0) ^ (b[at] ?? 0));
  return bits;
}

function onesIn(byte: number): number {
  let ones = 0;
  for (let left = byte; left !== 0; left &= left - 1) ones++;
  return ones;
}
