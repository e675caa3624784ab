import { createHash } from "node:crypto";
import { readHeader } from "../age/header.ts";
import { ByteReader } from "../bytes/byte-reader.ts";
import type { Digest } from "../bytes/digest.ts";

/** What a manifest says of a part's age file. */
export interface SealedMeasures {
  readonly ciphertext: Digest;
  /** As `payloadDigest` gives it: the same at every hop. */
  readonly payloadSha256: string;
}

/**
 * Measures an age file in one pass and keeps nothing of it: the first of the two passes in which a file that was just
 * rewrapped is measured and then sent. Make its header once (`rewrapHeader`) so that both passes see the same file.
 */
export async function measureSealed(source: AsyncIterable<Uint8Array>): Promise<SealedMeasures> {
  await using reader = new ByteReader(source);
  const whole = createHash("sha256");
  const payload = createHash("sha256");
  const { bytes: header } = await readHeader(reader);
  whole.update(header);
  let size = header.length;
  for await (const bytes of reader.rest()) {
    whole.update(bytes);
    payload.update(bytes);
    size += bytes.length;
  }
  return { ciphertext: { sha256: whole.digest("hex"), size }, payloadSha256: payload.digest("hex") };
}
