import type { CborValue } from "../content/types.ts";
import { FrankingError } from "../error.ts";

const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 64n);
/** RFC 8949, section 3: one byte and a count or an integer of eight. */
const LONGEST_HEAD = 9;

/**
 * Refuses what has no form in this profile, so that whatever is encoded can also be decoded.
 * @throws FrankingError `wire.cbor-value`, `wire.cbor-limit`
 */
export function assertValue(value: CborValue, depth: number): void {
  if (value === null || typeof value === "boolean" || value instanceof Uint8Array) return;
  if (typeof value === "number") return assertInteger(value);
  if (typeof value === "bigint") return assertRange(value);
  if (typeof value === "string") return assertText(value);
  if (depth === 0)
    throw new FrankingError("wire.cbor-limit", "the value is nested too deep for CBOR of this profile");
  if (value instanceof Map) return assertMap(value, depth);
  if (Array.isArray(value)) {
    for (const item of value as readonly CborValue[]) assertValue(item, depth - 1);
    return;
  }
  throw new FrankingError(
    "wire.cbor-value",
    `CBOR of this profile has no form for a value of type ${typeof value}`,
  );
}

/** How long the encoding of a value that `assertValue` has let pass can be at most; it is seldom as long. */
export function mostBytes(value: CborValue): number {
  if (typeof value === "string") return LONGEST_HEAD + 3 * value.length;
  if (value instanceof Uint8Array) return LONGEST_HEAD + value.length;
  let most = LONGEST_HEAD;
  if (Array.isArray(value)) for (const item of value as readonly CborValue[]) most += mostBytes(item);
  else if (value instanceof Map)
    for (const [key, item] of value as ReadonlyMap<string | number, CborValue>)
      most += mostBytes(key) + mostBytes(item);
  return most;
}

function assertMap(map: ReadonlyMap<string | number, CborValue>, depth: number): void {
  for (const [key, item] of map) {
    if (typeof key === "string") assertText(key);
    else assertInteger(key);
    assertValue(item, depth - 1);
  }
}

function assertInteger(value: unknown): void {
  if (!Number.isSafeInteger(value))
    throw new FrankingError(
      "wire.cbor-value",
      "CBOR of this profile has integers only; larger ones are given as bigint",
    );
}

function assertRange(value: bigint): void {
  if (value > LARGEST || value < SMALLEST)
    throw new FrankingError("wire.cbor-value", "an integer of CBOR has 64 bits at most");
}

function assertText(text: string): void {
  if (!text.isWellFormed())
    throw new FrankingError(
      "wire.cbor-value",
      "the text has half a surrogate pair in it, so it has no UTF-8",
    );
  // Decoders of UTF-8 take the mark away, and then the value that was read is not the one that was written.
  if (text.startsWith("\uFEFF"))
    throw new FrankingError("wire.cbor-value", "the text begins with a byte order mark; leave it out");
}
