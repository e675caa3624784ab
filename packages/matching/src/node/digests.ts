import { createHash } from "node:crypto";
import { type DigestStream, digestStream } from "../digests/digest-stream.ts";

/** The three digests that lists of known files carry, in one pass over a file, by OpenSSL (RFC 1321; FIPS 180-4). */
export function newDigests(): DigestStream {
  return digestStream({ md5: hasher("md5"), sha1: hasher("sha1"), sha256: hasher("sha256") });
}

function hasher(name: string) {
  const hash = createHash(name);
  return { update: (chunk: Uint8Array) => hash.update(chunk), hex: () => hash.digest("hex") };
}
