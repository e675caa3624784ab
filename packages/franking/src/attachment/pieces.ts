import { FrankingError } from "../error.ts";
import type { AttachmentLayout } from "./layout.ts";
import { TAG_BYTES } from "./layout.ts";

/** Plaintext as it will be sealed, chunk by chunk. */
export function plaintextPieces(
  source: AsyncIterable<Uint8Array>,
  { plaintextSize, chunk }: AttachmentLayout,
): AsyncGenerator<Uint8Array, void, undefined> {
  return pieces(source, plaintextSize, chunk);
}

/** Ciphertext chunk by chunk, each with its tag. */
export function ciphertextPieces(
  source: AsyncIterable<Uint8Array>,
  { ciphertextSize, chunk }: AttachmentLayout,
): AsyncGenerator<Uint8Array, void, undefined> {
  return pieces(source, ciphertextSize, chunk + TAG_BYTES);
}

/**
 * Cuts a stream that comes in portions of any size. Holds one piece; a piece that lies within one portion is not copied, so use
 * each before the next is asked for. A stream of no bytes is one empty piece.
 *
 * @throws FrankingError `attachment.truncated`, `attachment.too-long` after everything up to there was handed out
 */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
  pieceSize: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let begun = new Uint8Array(0);
  let filled = 0;
  let done = 0;
  for await (const portion of source) {
    for (let at = 0; at < portion.length; ) {
      const wanted = Math.min(pieceSize, size - done);
      if (wanted === 0) throw wrongSize("attachment.too-long", "longer", size);
      const part = portion.subarray(at, at + wanted - filled);
      at += part.length;
      if (part.length === wanted) {
        yield part;
        done += wanted;
        continue;
      }
      if (filled === 0) begun = new Uint8Array(wanted);
      begun.set(part, filled);
      filled += part.length;
      if (filled < wanted) continue;
      yield begun;
      done += wanted;
      filled = 0;
    }
  }
  if (done < size) throw wrongSize("attachment.truncated", "shorter", size);
  if (size === 0) yield begun;
}

function wrongSize(
  code: "attachment.truncated" | "attachment.too-long",
  how: string,
  size: number,
): FrankingError {
  return new FrankingError(
    code,
    `The attachment's stream is ${how} than the ${size} bytes that it should have.`,
  );
}
