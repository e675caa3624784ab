import canonicalize from "canonicalize";

/**
 * The one byte-for-byte form of a JSON value (RFC 8785), over which digests and signatures are made. Pass what came from
 * JSON or a schema: like JSON.stringify it leaves out members whose value is undefined and writes a Date as its text.
 * @throws TypeError for a value that JSON cannot hold (undefined, a function, NaN, a bigint, a cycle, half a surrogate pair)
 */
export function canonicalJson(value: unknown): string {
  const text = serialise(value);
  if (text === undefined) throw new TypeError("canonicalJson: the value has no JSON form");
  return text;
}

function serialise(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (cause) {
    throw new TypeError(
      `canonicalJson: ${cause instanceof Error ? cause.message : "the value has no JSON form"}`,
      {
        cause,
      },
    );
  }
}
