import type { Random } from "./random.ts";

/** A choice and how often it is made, relative to the other weights in its list. */
export type Weighted<T> = readonly [value: T, weight: number];

export function chance(random: Random, share: number): boolean {
  return random.unit() < share;
}

/** One of the values, each as likely as the other. The list is not empty. */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new RangeError("pick: the list is empty");
  return value;
}

/** One of the values, as likely as its weight says. At least one weight is above zero. */
export function weighted<T>(random: Random, choices: ReadonlyArray<Weighted<T>>): T {
  let left = random.unit() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  // Rounding can leave a crumb behind the last weight.
  const last = choices.at(-1);
  if (last === undefined) throw new RangeError("weighted: the list is empty");
  return last[0];
}

/** A draw from the log-normal distribution whose logarithm has this mean and this standard deviation. */
export function logNormal(random: Random, mu: number, sigma: number): number {
  // Box and Muller's transformation; 1 - u lies in (0, 1], where the logarithm is finite.
  const normal = Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
  return Math.exp(mu + sigma * normal);
}

/** The values in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const [a, b] = [order[i], order[j]];
    if (a === undefined || b === undefined) continue;
    order[i] = b;
    order[j] = a;
  }
  return order;
}

const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The lower 16 bits as four hexadecimal digits. */
function hex16(value: number): string {
  return `${HEX_BYTES[(value >>> 8) & 255]}${HEX_BYTES[value & 255]}`;
}

/** 32 bits as eight hexadecimal digits. */
export function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value);
}

/** A UUID of version 4 (RFC 9562, section 5.4) whose random bits come from the stream. */
export function uuid(random: Random): string {
  const [a, b, c, d] = [random.word(), random.word(), random.word(), random.word()];
  const variant = 0x8000 | (random.below(4) << 12);
  return `${hex16(a >>> 16)}${hex16(a)}-${hex16(b >>> 16)}-${hex16(0x4000 | (b & 0xfff))}-${hex16(variant | ((c >>> 16) & 0xfff))}-${hex16(c)}${hex16(d >>> 16)}${hex16(d)}`;
}

/** Decimal digits, the first of which may be nought. */
export function digits(random: Random, length: number): string {
  let text = "";
  for (let place = 0; place < length; place += 1) text += random.below(10);
  return text;
}
