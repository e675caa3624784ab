import { readFileSync } from "node:fs";
import { HASH_BYTES, hashFromHex } from "../../pdq/hash.ts";

/** Numbers that look random and are the same for the same seed: unsigned, below `bound`. */
export type Draw = (bound: number) => number;

/** Weyl's sequence through the finaliser of MurmurHash3. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * bound);
  };
}

/** Hashes one behind another, 32 bytes each, whose bits are even. */
export function randomHashes(count: number, draw: Draw): Uint8Array {
  const words = new Uint32Array(count * (HASH_BYTES / 4));
  for (let at = 0; at < words.length; at++) words[at] = draw(2 ** 32);
  return new Uint8Array(words.buffer);
}

/** Hashes in crowds: each of a crowd differs from its centre in up to 48 bits. */
export function clusteredHashes(count: number, draw: Draw): Uint8Array {
  const centres = randomHashes(Math.max(1, count >> 10), draw);
  return aroundThem(centres, count, draw, 49);
}

/** Hashes as pictures have them: the 1,450 of the reference's lists, with their skewed words, and what is near them. */
export function photoHashes(count: number, draw: Draw): Uint8Array {
  const lists = ["needles", "haystack"].map((name) =>
    readFileSync(new URL(`../../../data/pdq/${name}.txt`, import.meta.url), "utf8"),
  );
  const real = lists.flatMap((list) => list.split(/\s+/).flatMap((word) => hashFromHex(word) ?? []));
  return aroundThem(Uint8Array.from(real.flatMap((hash) => Array.from(hash))), count, draw, 97);
}

function aroundThem(centres: Uint8Array, count: number, draw: Draw, flips: number): Uint8Array {
  const hashes = new Uint8Array(count * HASH_BYTES);
  for (let at = 0; at < count; at++) {
    const centre = draw(centres.length / HASH_BYTES) * HASH_BYTES;
    hashes.set(centres.subarray(centre, centre + HASH_BYTES), at * HASH_BYTES);
    for (let flip = draw(flips); flip > 0; flip--) flipBit(hashes, at, draw(256));
  }
  return hashes;
}

export function flipBit(hashes: Uint8Array, hash: number, bit: number): void {
  const at = hash * HASH_BYTES + (bit >> 3);
  hashes[at] = (hashes[at] ?? 0) ^ (1 << (bit & 7));
}

/** A copy of one of the hashes. */
export function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

/** A copy of one of the hashes with just so many different bits flipped. */
export function hashNear(hashes: Uint8Array, at: number, distance: number, draw: Draw): Uint8Array {
  const near = hashAt(hashes, at);
  const bits = Array.from({ length: 256 }, (_, bit) => bit);
  for (let left = 0; left < distance; left++) {
    const other = left + draw(256 - left);
    const bit = bits[other] ?? 0;
    bits[other] = bits[left] ?? 0;
    flipBit(near, 0, bit);
  }
  return near;
}

/** The ids 0, 1, 2 and so on. */
export function idsUpTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, id) => id);
}
