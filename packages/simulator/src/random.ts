import { hash } from "node:crypto";

/** A source of repeatable draws. Two streams of the same seed and name give the same draws, on every machine. */
export interface Random {
  /** 32 random bits, as a whole number from 0 to 2^32 - 1. */
  word(): number;
  /** A number from 0 up to, but not reaching, 1, with 53 bits. */
  unit(): number;
  /** A whole number from 0 up to, but not reaching, `limit` (1 to 2^32). */
  below(limit: number): number;
}

/**
 * The stream of draws that belongs to a name. Each part of the simulator draws from a stream of its own, so that one more
 * draw in one part moves nothing in another.
 * @param seed what the whole simulation starts from
 * @param names path of the stream, such as `"report", 17, "events"`
 */
export function randomStream(seed: string, ...names: ReadonlyArray<string | number>): Random {
  // JSON keeps ["a", "b"] and ["a/b"] apart, which joining with a separator would not.
  const digest = hash("sha256", JSON.stringify([seed, ...names]), "buffer");
  return fromState([
    digest.readUInt32LE(0),
    digest.readUInt32LE(4),
    digest.readUInt32LE(8),
    digest.readUInt32LE(12),
  ]);
}

/** xoshiro128** 1.1 (Blackman and Vigna, 2018; public domain): the generator from its four words of state, not all zero. */
export function fromState(state: readonly [number, number, number, number]): Random {
  let [s0, s1, s2, s3] = state;
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotate(s3, 11);
    return result;
  };
  const unit = () => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992;
  return { word, unit, below: (limit) => Math.floor(unit() * limit) };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
