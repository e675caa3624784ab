import { Refused } from "./refused.ts";

// What a field of the wire must be. Each throws `Refused`.

export function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Refused(`no array of at most ${most}`);
  return value as readonly unknown[];
}

export function fieldsOf(value: unknown, count: number): readonly unknown[] {
  if (listOf(value, count).length !== count) throw new Refused(`not ${count} fields`);
  return value as readonly unknown[];
}

/** @param most UTF-16 code units */
export function textOf(value: unknown, most = Number.POSITIVE_INFINITY): string {
  if (typeof value !== "string" || value.length > most) throw new Refused(`no text of at most ${most}`);
  return value;
}

export function bytesOf(value: unknown, most = Number.POSITIVE_INFINITY): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length > most) throw new Refused(`no ${most} bytes at most`);
  return value;
}

export function exactlyOf(value: unknown, length: number): Uint8Array {
  if (bytesOf(value).length !== length) throw new Refused(`not ${length} bytes`);
  return value as Uint8Array;
}

export function flagOf(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Refused("neither true nor false");
  return value;
}

/** `uint .size bytes` */
export function uintOf(value: unknown, bytes = 8): bigint {
  const isWhole = typeof value === "bigint" || Number.isSafeInteger(value);
  const whole = isWhole ? BigInt(value as bigint | number) : -1n;
  if (whole < 0n || whole >> BigInt(8 * bytes) !== 0n) throw new Refused(`no whole number of ${bytes} bytes`);
  return whole;
}

export function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

/** Each greater than the one before. */
export function assertRising(places: readonly bigint[]): void {
  const isRising = places.every((place, at) => at === 0 || place > (places[at - 1] as bigint));
  if (!isRising) throw new Refused("out of order, or there twice");
}
