import { createHash } from "node:crypto";

/** A file's digests, as lower-case hexadecimal digits. */
export interface Digests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  /** The file's length in bytes. */
  readonly bytes: number;
}

export interface DigestStream {
  update(chunk: Uint8Array): void;
  /** Ends the stream. */
  finish(): Digests;
}

/**
 * The three digests that lists of known files carry, in one pass over a file (FIPS 180-4; RFC 1321). MD5 and SHA-1 are what
 * banks have; only SHA-256 says that two files are the same.
 */
export function newDigests(): DigestStream {
  const [md5, sha1, sha256] = [createHash("md5"), createHash("sha1"), createHash("sha256")];
  let bytes = 0;
  return {
    update: (chunk) => {
      md5.update(chunk);
      sha1.update(chunk);
      sha256.update(chunk);
      bytes += chunk.length;
    },
    finish: () => ({ md5: md5.digest("hex"), sha1: sha1.digest("hex"), sha256: sha256.digest("hex"), bytes }),
  };
}
