import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** What a station measures of a file, in lower-case hexadecimal. */
export interface Measured {
  size: number;
  sha256: string;
  sha1: string;
  md5: string;
}

/** Reads a file once, in constant memory. */
export async function measureFile(path: string): Promise<Measured> {
  const hashes = { sha256: createHash("sha256"), sha1: createHash("sha1"), md5: createHash("md5") };
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    for (const hash of Object.values(hashes)) hash.update(bytes);
  }
  return {
    size,
    sha256: hashes.sha256.digest("hex"),
    sha1: hashes.sha1.digest("hex"),
    md5: hashes.md5.digest("hex"),
  };
}
