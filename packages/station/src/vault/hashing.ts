import { createHash } from "node:crypto";

/** What was measured of plaintext while it streamed by. */
export interface Digests {
  size: number;
  sha256: Buffer;
  sha1: Buffer;
  md5: Buffer;
}

/** Passes bytes on and measures them; `digests()` answers once the stream has ended. */
export function measuring(source: AsyncIterable<Uint8Array>): {
  bytes: AsyncIterable<Uint8Array>;
  digests: () => Digests;
} {
  // MD5 and SHA-1 identify known material in the field's lists; integrity rests on SHA-256 alone.
  const hashes = { sha256: createHash("sha256"), sha1: createHash("sha1"), md5: createHash("md5") };
  let size = 0;
  let result: Digests | undefined;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hashes.sha256.update(chunk);
      hashes.sha1.update(chunk);
      hashes.md5.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    result = { size, sha256: hashes.sha256.digest(), sha1: hashes.sha1.digest(), md5: hashes.md5.digest() };
  }
  return {
    bytes: bytes(),
    digests() {
      if (result === undefined) throw new Error("measuring: the stream has not ended");
      return result;
    },
  };
}
