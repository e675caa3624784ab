import { FrankingError } from "../error.ts";
import type { CborValue } from "./types.ts";

type Field = CborValue | undefined;

/** Names the field and what is wrong with it, never what stands in it. */
export function malformed(field: string, wrong: string): FrankingError {
  return new FrankingError(
    "content.malformed",
    `${field} ${wrong} (draft-ietf-mimi-content, section 4); the sender's program must be mended`,
  );
}

export function arrayAt(value: Field, field: string): readonly CborValue[] {
  if (!Array.isArray(value)) throw malformed(field, "is no array");
  return value as readonly CborValue[];
}

export function mapAt(value: Field, field: string): ReadonlyMap<string | number, CborValue> {
  if (!(value instanceof Map)) throw malformed(field, "is no map");
  return value as ReadonlyMap<string | number, CborValue>;
}

export function textAt(value: Field, field: string): string {
  if (typeof value !== "string") throw malformed(field, "is no text");
  return value;
}

export function bytesAt(value: Field, field: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw malformed(field, "is no byte string");
  return value;
}

export function sizedBytesAt(value: Field, length: number, field: string): Uint8Array {
  const bytes = bytesAt(value, field);
  if (bytes.length !== length) throw malformed(field, `has not exactly ${length} bytes`);
  return bytes;
}

/** `uint .size bytes`, up to six bytes. */
export function uintAt(value: Field, bytes: number, field: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * bytes))
    throw malformed(field, `is no whole number of ${bytes} bytes`);
  return value;
}

/** `uint .size 8`. */
export function uint64At(value: Field, field: string): bigint {
  const known = typeof value === "bigint" || Number.isSafeInteger(value);
  const whole = known ? BigInt(value as bigint | number) : -1n;
  if (whole < 0n || whole >= 2n ** 64n) throw malformed(field, "is no whole number of 8 bytes");
  return whole;
}

export function nullOr<T>(value: Field, read: (value: CborValue) => T): T | null {
  return value === null ? null : read(value as CborValue);
}
