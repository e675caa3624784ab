import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { merkleAccumulator } from "../merkle/accumulator.ts";
import { type AttachmentOpening, assertKeyCommitment } from "./keys.ts";
import { layoutOf } from "./layout.ts";
import { sealChunks } from "./seal.ts";

/**
 * Seals a file again as the sender did. Whoever holds a file and the franked content of the message that carried it checks so,
 * offline and without the ciphertext, that it is the file that was sent: the root must be the committed one.
 *
 * @returns the root that this plaintext has under the opening's key
 * @throws FrankingError `attachment.key-commitment`, `attachment.layout`, `attachment.truncated`, `attachment.too-long`
 */
export async function resealedRoot(
  crypto: FrankingCrypto,
  opening: AttachmentOpening,
  plaintext: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  await assertKeyCommitment(crypto, opening, opening.commitment.keyCommitment);
  const tree = merkleAccumulator(crypto);
  // The ciphertext of another file under the same key and nonces would give the key away; it never leaves this loop.
  for await (const chunk of sealChunks(crypto, opening, layoutOf(opening.commitment), plaintext))
    await tree.append(chunk);
  return tree.root();
}

/** Whether this is the file that the sender committed to. The same errors as {@link resealedRoot} but for a wrong size: that is a no. */
export async function isCommittedFile(
  crypto: FrankingCrypto,
  opening: AttachmentOpening,
  plaintext: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  try {
    return equalBytes(await resealedRoot(crypto, opening, plaintext), opening.commitment.root);
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    if (error.code === "attachment.truncated" || error.code === "attachment.too-long") return false;
    throw error;
  }
}
