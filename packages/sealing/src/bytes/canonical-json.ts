import canonicalize from "canonicalize";

/**
 * The one JSON text of a value (RFC 8785), as UTF-8: sorted members, no white space, ECMAScript numbers.
 * Throws if the value is not JSON (undefined, a lone surrogate, NaN).
 */
export function canonicalJson(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("undefined has no JSON form");
  return new TextEncoder().encode(text);
}

/**
 * Parses UTF-8 JSON that must be in its canonical form; null for anything else. A text with doubled members, spare
 * white space or odd escapes means different things to different parsers, and none of them belongs under a signature.
 */
export function parseCanonicalJson(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    return Buffer.compare(canonicalJson(value), bytes) === 0 ? { value } : null;
  } catch {
    return null;
  }
}
