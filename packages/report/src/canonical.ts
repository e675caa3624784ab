import canonicalize from "canonicalize";

/**
 * The one byte-for-byte form of a JSON value (RFC 8785), over which digests and signatures are made.
 * @throws TypeError for a value that JSON cannot hold (undefined, a function, NaN)
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("canonicalJson: the value has no JSON form");
  return text;
}
