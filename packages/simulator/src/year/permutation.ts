import { mixed } from "./keyed.ts";

/** A shuffle of the whole numbers below `size` that is computed for each number and held for none. */
export interface Permutation {
  /** Where the number goes. */
  at: (number: number) => number;
  /** Which number comes here. */
  inverse: (place: number) => number;
}

const ROUNDS = 4;

/**
 * A Feistel network over the next even number of bits, walked until it lands below `size` (Black and Rogaway, 2002, "Ciphers
 * with arbitrary finite domains", cycle walking). Not for secrets: it only has to look shuffled.
 * @param size from 1 to 2^30
 * @param key 32 random bits
 */
export function permutation(size: number, key: number): Permutation {
  const half = Math.max(1, Math.ceil(Math.ceil(Math.log2(Math.max(2, size))) / 2));
  const mask = (1 << half) - 1;
  const keys = Array.from({ length: ROUNDS }, (_, round) => mixed(key + Math.imul(round + 1, 0x9e3779b1)));
  const part = (value: number, round: number) => mixed(value ^ (keys[round] ?? 0)) & mask;
  const once = (number: number): number => {
    let [left, right] = [number >>> half, number & mask];
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = left ^ part(right, round);
      left = right;
      right = next;
    }
    return ((left << half) | right) >>> 0;
  };
  const back = (place: number): number => {
    let [left, right] = [place >>> half, place & mask];
    for (let round = ROUNDS - 1; round >= 0; round -= 1) {
      const before = right ^ part(left, round);
      right = left;
      left = before;
    }
    return ((left << half) | right) >>> 0;
  };
  const walk = (step: (value: number) => number) => (from: number) => {
    let found = step(from);
    while (found >= size) found = step(found);
    return found;
  };
  return { at: walk(once), inverse: walk(back) };
}
