import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type DigestStream, digestStream } from "./digest-stream.ts";

/**
 * The three digests of a file in one pass, where there is no OpenSSL: a browser's own cryptography takes whole files only, and no MD5
 * (RFC 1321; FIPS 180-4). In Node `newDigests` of `@fairlead/matching/node` is faster by far.
 */
export function plainDigests(): DigestStream {
  return digestStream({ md5: hasher(md5), sha1: hasher(sha1), sha256: hasher(sha256) });
}

function hasher(kind: typeof md5 | typeof sha256) {
  const hash = kind.create();
  return { update: (chunk: Uint8Array) => hash.update(chunk), hex: () => bytesToHex(hash.digest()) };
}
