import { sha256 } from "@noble/hashes/sha2.js";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { merkleAccumulator } from "../merkle/accumulator.ts";
import {
  type AttachmentOpening,
  type AttachmentSecrets,
  encryptionKey,
  keyCommitment,
  newSecrets,
  nonceOf,
} from "./keys.ts";
import { type AttachmentLayout, layoutFor } from "./layout.ts";
import { plaintextPieces } from "./pieces.ts";

/** What a message says about an attachment that was uploaded. */
export interface SealedAttachment extends AttachmentOpening {
  /** SHA-256 of the whole ciphertext, for peers that know MIMI and not our commitment. */
  readonly contentHash: Uint8Array;
}

export interface SealingAttachment {
  /** To be read once, to its end. */
  readonly ciphertext: AsyncIterable<Uint8Array>;
  /** Bytes that `ciphertext` will have. */
  readonly ciphertextSize: number;
  /** @throws FrankingError `attachment.unfinished` before `ciphertext` was read to its end */
  sealed(): SealedAttachment;
}

const NO_AAD = new Uint8Array(0);

/**
 * Seals a file for upload (e2ee.md 4.1) under a key of its own. Holds a few chunks, whatever the size of the file.
 *
 * @param plaintext The file, in portions of any size.
 * @param size Its bytes. The stream fails with `attachment.truncated` or `attachment.too-long` if it has others.
 * @throws FrankingError `attachment.size`
 */
export function sealAttachment(
  crypto: FrankingCrypto,
  plaintext: AsyncIterable<Uint8Array>,
  size: number,
): SealingAttachment {
  const layout = layoutFor(size);
  const secrets = newSecrets(crypto);
  let result: SealedAttachment | null = null;
  async function* ciphertext(): AsyncGenerator<Uint8Array, void, undefined> {
    const tree = merkleAccumulator(crypto);
    // WebCrypto only hashes what is in memory as a whole.
    const whole = sha256.create();
    for await (const chunk of sealChunks(crypto, secrets, layout, plaintext)) {
      await tree.append(chunk);
      whole.update(chunk);
      yield chunk;
    }
    const commitment = {
      root: await tree.root(),
      size: BigInt(layout.ciphertextSize),
      chunk: layout.chunk,
      keyCommitment: await keyCommitment(crypto, secrets),
    };
    result = { ...secrets, commitment, contentHash: whole.digest() };
  }
  return {
    ciphertext: ciphertext(),
    ciphertextSize: layout.ciphertextSize,
    sealed() {
      if (result !== null) return result;
      throw new FrankingError(
        "attachment.unfinished",
        "The attachment's ciphertext was not read to its end; only then is it known what to commit to.",
      );
    },
  };
}

/** The chunks of a ciphertext. Never to be called for another plaintext with secrets that are in use, but to compare. */
export async function* sealChunks(
  crypto: FrankingCrypto,
  secrets: AttachmentSecrets,
  layout: AttachmentLayout,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const key = await encryptionKey(crypto, secrets);
  let index = 0;
  for await (const piece of plaintextPieces(plaintext, layout)) {
    const nonce = nonceOf(secrets.noncePrefix, index, index === layout.chunks - 1);
    yield await crypto.seal(key, nonce, NO_AAD, piece);
    index += 1;
  }
}
