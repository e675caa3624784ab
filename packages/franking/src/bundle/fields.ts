import type { CborValue } from "../content/types.ts";
import { FrankingError } from "../error.ts";

type Field = CborValue | undefined;

/** Names the place and what is wrong there, never what stands in it. */
export function malformed(path: string, wrong: string): FrankingError {
  return new FrankingError("bundle.malformed", `${path} ${wrong}; whoever made it must make it again`);
}

/** An array of exactly so many fields. */
export function fieldsAt(value: Field, count: number, path: string): readonly CborValue[] {
  const fields = listAt(value, count, path);
  if (fields.length !== count) throw malformed(path, `has not exactly ${count} fields`);
  return fields;
}

export function listAt(value: Field, most: number, path: string): readonly CborValue[] {
  if (!Array.isArray(value)) throw malformed(path, "is no array");
  if (value.length > most) throw malformed(path, `has more than ${most} entries`);
  return value as readonly CborValue[];
}

/** @param most characters (UTF-16 code units) */
export function textAt(value: Field, most: number, path: string): string {
  if (typeof value !== "string") throw malformed(path, "is no text");
  if (value.length > most) throw malformed(path, `has more than ${most} characters`);
  return value;
}

/** @param most bytes in UTF-8 */
export function utf8At(value: Field, most: number, path: string): string {
  const text = textAt(value, most, path);
  if (new TextEncoder().encode(text).length > most) throw malformed(path, `has more than ${most} bytes`);
  return text;
}

export function bytesAt(value: Field, most: number, path: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw malformed(path, "is no byte string");
  if (value.length > most) throw malformed(path, `has more than ${most} bytes`);
  return value;
}

export function sizedAt(value: Field, length: number, path: string): Uint8Array {
  const bytes = bytesAt(value, length, path);
  if (bytes.length !== length) throw malformed(path, `has not exactly ${length} bytes`);
  return bytes;
}

export function flagAt(value: Field, path: string): boolean {
  if (typeof value !== "boolean") throw malformed(path, "is neither true nor false");
  return value;
}

/** A whole number of at most 64 bits. */
export function countAt(value: Field, path: string): bigint {
  const whole =
    typeof value === "bigint" || Number.isSafeInteger(value) ? BigInt(value as bigint | number) : -1n;
  if (whole < 0n || whole >= 2n ** 64n) throw malformed(path, "is no whole number of 8 bytes");
  return whole;
}

export function nullOr<T>(value: Field, read: (value: CborValue) => T): T | null {
  if (value === undefined) throw malformed("a field", "is missing");
  return value === null ? null : read(value);
}

export function isRising(places: readonly bigint[]): boolean {
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0n));
}

/** Reads an inner form; what is wrong in it is wrong at this place. */
export function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof FrankingError) || cause.code === "bundle.malformed") throw cause;
    throw new FrankingError("bundle.malformed", `${path}: ${cause.message}`, { cause });
  }
}
