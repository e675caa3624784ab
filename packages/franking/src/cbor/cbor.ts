import { decode, encode, rfc8949EncodeOptions } from "cborg";
import type { CborValue } from "../content/types.ts";
import { equalBytes } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";
import { assertValue } from "./value.ts";
import { strictTokens } from "./tokens.ts";

export interface CborLimits {
  /** Bytes of the whole encoding. */
  readonly bytes: number;
  /** Arrays and maps inside of each other. */
  readonly depth: number;
}

/** A report of a long conversation is some megabytes; nothing that we define is nested deeper than a dozen levels. */
export const CBOR_LIMITS: CborLimits = { bytes: 16 * 1024 * 1024, depth: 24 };

/**
 * Deterministic CBOR (RFC 8949, section 4.2.1): shortest forms, definite lengths, map keys in bytewise order. Integers may be
 * given as numbers or as bigints; the bytes are the same.
 * @throws FrankingError `wire.cbor-value` for what this profile has no form for: floats, undefined, integers beyond 64 bits,
 * ill-formed text, text that begins with a byte order mark; `wire.cbor-limit` when nested too deep.
 */
export function encodeCbor(value: CborValue, limits: CborLimits = CBOR_LIMITS): Uint8Array {
  assertValue(value, limits.depth);
  const bytes = encode(value, rfc8949EncodeOptions);
  if (bytes.length > limits.bytes) throw tooLong(bytes.length, limits);
  return new Uint8Array(bytes);
}

/**
 * Reads exactly what `encodeCbor` writes and nothing else: integers that a number holds exactly come as numbers, larger ones as
 * bigints; maps as `Map` with text and integer keys; bytes as copies.
 * @throws FrankingError `wire.cbor-malformed`, `wire.cbor-not-canonical`, `wire.cbor-limit`, and `wire.cbor-value` for map keys
 * of other types
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = CBOR_LIMITS): CborValue {
  if (bytes.length > limits.bytes) throw tooLong(bytes.length, limits);
  const value = parse(bytes, limits);
  // RFC 8949, section 4.2.1 has one encoding for one value; comparing with it finds every other one, known or not.
  if (!equalBytes(encodeCbor(value, limits), bytes))
    throw new FrankingError(
      "wire.cbor-not-canonical",
      "the CBOR is not in its deterministic form (RFC 8949, section 4.2.1); its writer must encode it again",
    );
  return value;
}

function parse(bytes: Uint8Array, limits: CborLimits): CborValue {
  try {
    return decode(bytes, {
      useMaps: true,
      rejectDuplicateMapKeys: true,
      tokenizer: strictTokens(bytes, limits.depth),
    }) as CborValue;
  } catch (cause) {
    if (cause instanceof FrankingError) throw cause;
    // The library's words may repeat what stands in the bytes; so they are not handed on.
    throw new FrankingError(
      "wire.cbor-malformed",
      `${bytes.length} bytes are not CBOR of this profile (no indefinite lengths, floats, tags, doubled keys or bytes left over)`,
    );
  }
}

function tooLong(length: number, limits: CborLimits): FrankingError {
  return new FrankingError(
    "wire.cbor-limit",
    `${length} bytes of CBOR are more than the limit of ${limits.bytes}`,
  );
}
