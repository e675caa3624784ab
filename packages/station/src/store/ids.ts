import { randomBytes } from "node:crypto";

/** Bits of a UUIDv7 that are not time, version or variant: `rand_a` (12) and `rand_b` (62). */
const randomBits = 74n;
const latestMs = 2 ** 48 - 1;

/**
 * A clock that is set back by less than this keeps its order; one that is set back further is another clock, such as
 * that of a test, and starts anew: otherwise one wrong time far ahead would stamp every later id.
 */
const sameClockMs = 60_000;

/** As many further as a step can add at most: large enough that a neighbour's id cannot be guessed. */
const stepBits = 32n;

/**
 * A UUID of version 7 (RFC 9562, section 5.7).
 *
 * @param unixMs milliseconds since 1970, 0 to 2^48 - 1
 * @param random 74 bits: `rand_a` in the upper 12, `rand_b` in the lower 62
 */
export function uuidv7(unixMs: number, random: bigint): string {
  if (!Number.isInteger(unixMs) || unixMs < 0 || unixMs > latestMs) {
    throw new RangeError(
      `${unixMs} is not a time that a UUIDv7 can hold: whole milliseconds since 1970, up to 2^48 - 1.`,
    );
  }
  const randomA = (random >> 62n) & 0xfffn;
  const randomB = random & ((1n << 62n) - 1n);
  // unix_ts_ms (48) | ver = 0111 (4) | rand_a (12) | var = 10 (2) | rand_b (62)
  const bits = (BigInt(unixMs) << 80n) | (7n << 76n) | (randomA << 64n) | (2n << 62n) | randomB;
  const hex = bits.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The time in a UUIDv7, in milliseconds since 1970; null for any other text. */
export function timeOfUuidv7(id: string): number | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) return null;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * Makes ids that grow: each is greater than the one before, also within one millisecond and when the clock is set back
 * a little, so that rows of one process sort as they were made and index pages fill in order.
 *
 * RFC 9562, section 6.2, method 2: within a millisecond the random part is increased by a random step. When it is
 * full, or the clock went back, the last time is kept or moved on by one millisecond.
 *
 * @param random gives that many random bytes, fit for keys
 */
export function createIdSource(random: (size: number) => Uint8Array): (unixMs: number) => string {
  let lastMs = -1;
  let lastRandom = 0n;
  return (unixMs) => {
    const goesOn = unixMs <= lastMs && lastMs - unixMs <= sameClockMs;
    const next = goesOn ? lastRandom + 1n + randomBigInt(random, stepBits) : randomBigInt(random, randomBits);
    const isFull = next >> randomBits !== 0n;
    lastRandom = isFull ? randomBigInt(random, randomBits) : next;
    lastMs = goesOn ? lastMs + (isFull ? 1 : 0) : unixMs;
    return uuidv7(lastMs, lastRandom);
  };
}

function randomBigInt(random: (size: number) => Uint8Array, bits: bigint): bigint {
  const bytes = random(Math.ceil(Number(bits) / 8));
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) & ((1n << bits) - 1n);
}

/**
 * A new id for a row, made at `unixMs`. Order within a process needs one source a process, so this is it.
 */
export const newId: (unixMs: number) => string = createIdSource(randomBytes);
