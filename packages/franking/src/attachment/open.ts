import type { AttachmentCommitment } from "../content/types.ts";
import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { merkleAccumulator } from "../merkle/accumulator.ts";
import { merkleRoot } from "../merkle/tree.ts";
import { type AttachmentOpening, assertKeyCommitment, encryptionKey, nonceOf } from "./keys.ts";
import { type AttachmentLayout, layoutOf } from "./layout.ts";
import { ciphertextPieces } from "./pieces.ts";

const NO_AAD = new Uint8Array(0);

/**
 * Opens an attachment chunk by chunk. The key is checked against the sender's commitment before anything is decrypted, each chunk
 * before it is handed out, and the whole against the committed root at the end.
 *
 * Only a stream that ended without an error is the file that was sent: whoever reads it throws away what an error cut short.
 *
 * @param ciphertext From wherever it is kept, in portions of any size.
 * @throws FrankingError (while it is read) `attachment.key-commitment`, `attachment.secrets`, `attachment.layout`, `attachment.chunk`,
 *   `attachment.truncated`, `attachment.too-long`, `attachment.root`
 */
export async function* openAttachment(
  crypto: FrankingCrypto,
  opening: AttachmentOpening,
  ciphertext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { commitment } = opening;
  const layout = layoutOf(commitment);
  await assertKeyCommitment(crypto, opening, commitment.keyCommitment);
  const tree = merkleAccumulator(crypto);
  const open = await chunkOpener(crypto, opening, layout);
  for await (const chunk of ciphertextPieces(ciphertext, layout)) {
    const index = tree.size;
    await tree.append(chunk);
    const plaintext = await open(index, chunk);
    if (plaintext.length > 0) yield plaintext;
  }
  assertRoot(await tree.root(), commitment);
}

/**
 * The RFC 6962 root over an attachment's chunks, for whoever holds the ciphertext and no key.
 *
 * @throws FrankingError `attachment.layout`, `attachment.truncated`, `attachment.too-long`
 */
export function attachmentRoot(
  crypto: FrankingCrypto,
  commitment: AttachmentCommitment,
  ciphertext: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  return merkleRoot(crypto, ciphertextPieces(ciphertext, layoutOf(commitment)));
}

/** @throws FrankingError `attachment.root` */
export function assertRoot(root: Uint8Array, committed: AttachmentCommitment): void {
  if (equalBytes(root, committed.root)) return;
  throw new FrankingError(
    "attachment.root",
    "The attachment's ciphertext is not the one that the sender committed to.",
  );
}

/** A function that decrypts a chunk at its place, and throws `attachment.chunk` for what does not belong there. */
export async function chunkOpener(
  crypto: FrankingCrypto,
  opening: AttachmentOpening,
  { chunks }: AttachmentLayout,
): Promise<(index: number, chunk: Uint8Array) => Promise<Uint8Array>> {
  const key = await encryptionKey(crypto, opening);
  return async (index, chunk) => {
    const nonce = nonceOf(opening.noncePrefix, index, index === chunks - 1);
    const plaintext = await crypto.open(key, nonce, NO_AAD, chunk);
    if (plaintext !== null) return plaintext;
    throw new FrankingError(
      "attachment.chunk",
      `Chunk ${index} of the attachment was altered or stands in the wrong place.`,
    );
  };
}
