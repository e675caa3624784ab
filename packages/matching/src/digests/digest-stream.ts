/** A file's digests, as lower-case hexadecimal digits. */
export interface Digests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  /** The file's length in bytes. */
  readonly bytes: number;
}

/** Takes a file in pieces, in one pass. */
export interface DigestStream {
  update(chunk: Uint8Array): void;
  /** Ends the stream. */
  finish(): Digests;
}

/** One digest under way. */
interface Hasher {
  update(chunk: Uint8Array): unknown;
  hex(): string;
}

/** The three that lists of known files carry. MD5 and SHA-1 are what banks have; only SHA-256 says that two files are the same. */
export function digestStream(by: Record<"md5" | "sha1" | "sha256", Hasher>): DigestStream {
  let bytes = 0;
  return {
    update(chunk) {
      by.md5.update(chunk);
      by.sha1.update(chunk);
      by.sha256.update(chunk);
      bytes += chunk.length;
    },
    finish: () => ({ md5: by.md5.hex(), sha1: by.sha1.hex(), sha256: by.sha256.hex(), bytes }),
  };
}
