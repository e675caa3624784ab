import { createHash } from "node:crypto";
import { SealingError } from "../errors.ts";

/** SHA-256 (lower-case hex) and length in bytes of a stream. */
export interface Digest {
  readonly sha256: string;
  readonly size: number;
}

/** A {@link Digest} with the MD5 (lower-case hex) that reporting wires still compare uploads by. */
export interface DigestWithMd5 extends Digest {
  readonly md5: string;
}

/** A stream that is digested while it flows. */
export interface Digesting {
  /** The same bytes as the source, unchanged. Read it once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What flowed through. Throws `stream-unfinished` until `bytes` was read to its end. */
  digest(): DigestWithMd5;
}

/**
 * Digests a stream on its way, so that a file is stored, sealed or sent and measured in one pass.
 * MD5 is for comparison with senders' figures only; nothing here trusts it.
 */
export function digesting(source: AsyncIterable<Uint8Array>): Digesting {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  let size = 0;
  let result: DigestWithMd5 | undefined;
  async function* flow(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of source) {
      sha256.update(chunk);
      md5.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    result = { sha256: sha256.digest("hex"), md5: md5.digest("hex"), size };
  }
  return {
    bytes: flow(),
    digest() {
      if (result !== undefined) return result;
      throw new SealingError(
        "stream-unfinished",
        "The digest of a stream was asked for before the stream was read to its end; read it first.",
      );
    },
  };
}

/** Reads a stream to its end and keeps nothing but its digests. */
export async function digestOf(source: AsyncIterable<Uint8Array>): Promise<DigestWithMd5> {
  const measured = digesting(source);
  for await (const _ of measured.bytes);
  return measured.digest();
}
