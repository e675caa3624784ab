import { HASH_BYTES } from "../pdq/hash.ts";

/** Bits of a hash. */
const BITS = HASH_BYTES * 8;

/** Bytes of the table by which the kernel permutes: 32 for each value of each of 64 nibbles. */
export const TABLE_BYTES = 64 * 16 * HASH_BYTES;

/**
 * A permutation of the bits of a hash, the same for the same seed: bit `i` goes to place `permutation[i]`.
 *
 * Neighbouring bits of a real PDQ hash hang together, so that words of them fall into few buckets, and who knows where a bit
 * goes can fill a bucket on purpose. Distances do not change when all hashes are permuted alike.
 *
 * @param seed unsigned 32 bits
 */
export function permutationOf(seed: number): Uint8Array {
  const places = Uint8Array.from({ length: BITS }, (_, at) => at);
  let state = seed >>> 0;
  for (let left = BITS - 1; left > 0; left--) {
    // Weyl's sequence through the finaliser of MurmurHash3; Fisher and Yates's shuffle.
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    const other = ((mixed ^ (mixed >>> 16)) >>> 0) % (left + 1);
    const [a, b] = [places[left] ?? 0, places[other] ?? 0];
    places[left] = b;
    places[other] = a;
  }
  return places;
}

/** The kernel's table for a permutation. */
export function tableOf(permutation: Uint8Array): Uint8Array {
  const table = new Uint8Array(TABLE_BYTES);
  for (let nibble = 0; nibble < 64; nibble++)
    for (let value = 0; value < 16; value++)
      for (let bit = 0; bit < 4; bit++)
        if ((value >> bit) & 1) {
          const place = permutation[nibble * 4 + bit] ?? 0;
          const at = (nibble * 16 + value) * HASH_BYTES + (place >> 3);
          table[at] = (table[at] ?? 0) | (1 << (place & 7));
        }
  return table;
}
