import { attachmentCommitmentsOf, externalParts } from "../content/attachments.ts";
import type { AttachmentCommitment, ExternalPart, MimiContent } from "../content/types.ts";
import { FrankingError } from "../error.ts";
import { type AttachmentOpening, FILE_KEY_BYTES, NONCE_PREFIX_BYTES } from "./keys.ts";
import type { SealedAttachment } from "./seal.ts";

/**
 * Our chunked AES-256-GCM as MIMI's `encAlg`. RFC 5116, section 6, leaves 32768 to 65535 of the AEAD registry to private use;
 * peers that do not know the number must not guess.
 */
export const CHUNKED_AES_256_GCM = 0xc5f1;
/** IANA Named Information Hash Algorithm Registry: sha-256. */
const SHA_256 = 1;

/** The part of a message that points to an uploaded attachment. Its commitment goes into the message's extension -1004. */
export function attachmentPart(
  sealed: SealedAttachment,
  about: Pick<
    ExternalPart,
    "disposition" | "language" | "contentType" | "url" | "expires" | "description" | "filename"
  >,
): ExternalPart {
  return {
    ...about,
    kind: "external",
    // What stands at the url, and that is ciphertext.
    size: sealed.commitment.size,
    encAlg: CHUNKED_AES_256_GCM,
    key: sealed.fileKey,
    nonce: sealed.noncePrefix,
    aad: new Uint8Array(),
    hashAlg: SHA_256,
    contentHash: sealed.contentHash,
  };
}

/** An external part of a message, and how to open it; null if the sender committed to nothing that it could be held to. */
export interface SentAttachment {
  readonly part: ExternalPart;
  readonly opening: AttachmentOpening | null;
}

/** Every attachment of a message, thumbnails too, in the order of its parts. */
export function attachmentsIn(content: MimiContent): readonly SentAttachment[] {
  const commitments = attachmentCommitmentsOf(content);
  return externalParts(content.part).map((part) => {
    const commitment = commitments.get(part.url);
    const isOurs = commitment !== undefined && isCommitted(part, commitment);
    return { part, opening: isOurs ? openingFrom(part, commitment) : null };
  });
}

/**
 * How to open an external part.
 *
 * @throws FrankingError `attachment.part` if it is not sealed in this profile or contradicts its commitment
 */
export function openingOf(part: ExternalPart, commitment: AttachmentCommitment): AttachmentOpening {
  if (isCommitted(part, commitment)) return openingFrom(part, commitment);
  throw new FrankingError(
    "attachment.part",
    "The attachment is not sealed as this profile has it, or its part and its commitment differ; it cannot be opened.",
  );
}

function openingFrom(part: ExternalPart, commitment: AttachmentCommitment): AttachmentOpening {
  return { fileKey: part.key, noncePrefix: part.nonce, commitment };
}

function isCommitted(part: ExternalPart, commitment: AttachmentCommitment): boolean {
  return (
    part.encAlg === CHUNKED_AES_256_GCM &&
    part.key.length === FILE_KEY_BYTES &&
    part.nonce.length === NONCE_PREFIX_BYTES &&
    part.aad.length === 0 &&
    part.hashAlg === SHA_256 &&
    part.contentHash.length === 32 &&
    part.size === commitment.size
  );
}
