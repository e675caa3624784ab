import type { AttachmentCommitment } from "../content/types.ts";
import { FrankingError } from "../error.ts";

/** Where the chunks of an attachment begin and end. All sizes are bytes. */
export interface AttachmentLayout {
  readonly plaintextSize: number;
  readonly ciphertextSize: number;
  /** Plaintext in every chunk but the last, which holds at least one byte; the one chunk of an empty file holds none. */
  readonly chunk: number;
  readonly chunks: number;
}

/** AES-GCM's tag stands behind each chunk. */
export const TAG_BYTES = 16;
const KIB = 1024;
const SMALL_CHUNK = 64 * KIB;
const LARGE_CHUNK = 1024 * KIB;
/** Below this, a piece of a video can be shown in steps of 64 KiB; from here on, the tree over the chunks stays small. */
const LARGE_FROM = 16 * 1024 * KIB;
/** The nonce counts chunks in 32 bits. */
const MOST_CHUNKS = 2 ** 32;

/**
 * How a file of this size is cut: into 64 KiB below 16 MiB, into 1 MiB from there on.
 *
 * @throws FrankingError `attachment.size`
 */
export function layoutFor(plaintextSize: number): AttachmentLayout {
  if (!Number.isSafeInteger(plaintextSize) || plaintextSize < 0)
    throw new FrankingError("attachment.size", "The size of an attachment is a whole number of bytes.");
  const chunk = chunkFor(plaintextSize);
  const chunks = Math.max(1, Math.ceil(plaintextSize / chunk));
  if (chunks > MOST_CHUNKS)
    throw new FrankingError("attachment.size", `An attachment has at most ${MOST_CHUNKS} chunks.`);
  return { plaintextSize, ciphertextSize: plaintextSize + chunks * TAG_BYTES, chunk, chunks };
}

/**
 * The same from what a sender committed to. There is one layout for each size, so that a commitment that says another one is
 * refused before anything is read.
 *
 * @throws FrankingError `attachment.layout`
 */
export function layoutOf({ size, chunk }: AttachmentCommitment): AttachmentLayout {
  const ciphertextSize = size <= Number.MAX_SAFE_INTEGER ? Number(size) : Number.NaN;
  const chunks = Math.ceil(ciphertextSize / (chunk + TAG_BYTES));
  const plaintextSize = ciphertextSize - chunks * TAG_BYTES;
  if (plaintextSize >= 0) {
    const layout = layoutFor(plaintextSize);
    if (layout.chunk === chunk && layout.ciphertextSize === ciphertextSize) return layout;
  }
  throw new FrankingError(
    "attachment.layout",
    `No attachment has ${size} bytes of ciphertext in chunks of ${chunk}; the sender's commitment is wrong.`,
  );
}

function chunkFor(plaintextSize: number): number {
  return plaintextSize < LARGE_FROM ? SMALL_CHUNK : LARGE_CHUNK;
}
