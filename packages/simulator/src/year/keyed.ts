import { hash } from "node:crypto";
import { fromState, type Random } from "../random.ts";

/**
 * Draws by name and number: the same seed, part and number give the same draws wherever in a stream one begins. A stream that is
 * named by text (`randomStream`) hashes that text; here the seed is hashed once, and a draw costs a few multiplications.
 */
export interface Keyed {
  /** The stream of draws of a part for a number (a whole number below 2^53). */
  random(part: string, number: number): Random;
  /** One draw from 0 up to, but not reaching, 1. Not the first of `random`. */
  unit(part: string, number: number): number;
  /** 32 random bits. */
  word(part: string, number: number): number;
}

const TWO_32 = 4_294_967_296;

/** @param seed what the whole simulation starts from */
export function keyed(seed: string): Keyed {
  const digest = hash("sha256", JSON.stringify(["keyed", seed]), "buffer");
  const [k0, k1, k2, k3] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  const parts = new Map<string, number>();
  const partOf = (name: string): number => {
    const known = parts.get(name);
    if (known !== undefined) return known;
    const made = hash("sha256", name, "buffer").readInt32LE(0);
    parts.set(name, made);
    return made;
  };
  // Two chains of 32 bits each: with one alone, two of some hundred thousand streams would be the same one.
  const left = (part: number, number: number) =>
    mixed(mixed(number ^ k0) ^ part ^ Math.imul((number / TWO_32) | 0, 0x9e3779b1));
  const right = (part: number, number: number) =>
    mixed(mixed(Math.imul(number, 0x85ebca6b) ^ k1 ^ part) ^ ((number / TWO_32) | 0));
  return {
    random(part, number) {
      const p = partOf(part);
      const [a, b] = [left(p, number), right(p, number)];
      return fromState([mixed(a ^ k2), mixed(b ^ k3), mixed(a + b), mixed(rotated(a) ^ b) | 1]);
    },
    unit(part, number) {
      const p = partOf(part);
      const [a, b] = [mixed(left(p, number) + k3), mixed(right(p, number) + k2)];
      return ((a >>> 5) * 67_108_864 + (b >>> 6)) / 9_007_199_254_740_992;
    },
    word(part, number) {
      const p = partOf(part);
      return (mixed(left(p, number) + k3) ^ right(p, number)) >>> 0;
    },
  };
}

/** The finishing step of MurmurHash3 (Austin Appleby, public domain): every bit of what comes in moves half of those that go out. */
export function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotated(value: number): number {
  return (value << 13) | (value >>> 19);
}
