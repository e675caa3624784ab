import { createHash, type Hash, randomBytes } from "node:crypto";
import { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import { encodeHeader } from "./header.ts";
import { type AgeRecipient, type RecipientKey, recipientKeyOf } from "./identity.ts";
import { CHUNK_SIZE, PAYLOAD_NONCE_LENGTH, payloadKey, payloadSizeOf, sealPortions } from "./payload.ts";
import { FILE_KEY_LENGTH, wrapFileKey } from "./x25519.ts";

/**
 * Seals a stream into a standard age v1 file that each of the recipients can open alone.
 *
 * Holds one 64 KiB chunk and nothing more, whatever the length of the source. The result differs at every call, for
 * file key, nonce and shares are fresh. A result that was not read to its end is no age file: it opens as truncated.
 *
 * @param source Plaintext, in portions of any size.
 * @param recipients One or more `age1…` (X25519). Throws `key-invalid` at once if one cannot be read or none is given.
 */
export function sealStream(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly AgeRecipient[],
): AsyncGenerator<Uint8Array, void, undefined> {
  return seal(source, parseRecipients(recipients));
}

/**
 * {@link sealStream}, and what `payloadDigest` would say of the age file, taken while it is made.
 * @returns the file's bytes, and its payload's SHA-256 (lower-case hex) once they have been read to their end
 */
export function sealDigesting(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly AgeRecipient[],
): { readonly bytes: AsyncGenerator<Uint8Array, void, undefined>; readonly digest: () => string } {
  const hash = createHash("sha256");
  let result: string | undefined;
  const keys = parseRecipients(recipients);
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* seal(source, keys, hash);
    result = hash.digest("hex");
  }
  return {
    bytes: bytes(),
    digest() {
      if (result === undefined) throw new Error("the age file has not been made to its end");
      return result;
    },
  };
}

/** Bytes of the age file that {@link sealStream} makes of `plaintextSize` bytes for this many recipients. */
export function sealedSize(plaintextSize: number, recipientCount = 1): number {
  return headerSize(recipientCount) + PAYLOAD_NONCE_LENGTH + payloadSizeOf(plaintextSize);
}

/** Writes the header that wraps a file key for these recipients. */
export function headerFor(fileKey: Uint8Array, recipients: readonly RecipientKey[]): Uint8Array {
  return encodeHeader(
    recipients.map((recipient) => wrapFileKey(fileKey, recipient)),
    fileKey,
  );
}

export function parseRecipients(recipients: readonly AgeRecipient[]): readonly RecipientKey[] {
  if (recipients.length > 0) return recipients.map(recipientKeyOf);
  throw new SealingError(
    "key-invalid",
    "No recipient was given; a file sealed to nobody could never be opened.",
  );
}

async function* seal(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly RecipientKey[],
  payload?: Hash,
): AsyncGenerator<Uint8Array, void, undefined> {
  await using reader = new ByteReader(source);
  // "The file key MUST be generated as 16 bytes of CSPRNG output. It MUST NOT be reused across multiple files."
  const fileKey = randomBytes(FILE_KEY_LENGTH);
  const nonce = randomBytes(PAYLOAD_NONCE_LENGTH);
  const key = payloadKey(fileKey, nonce);
  payload?.update(nonce);
  yield Buffer.concat([headerFor(fileKey, recipients), nonce]);
  for (let index = 0, last = false; !last; index++) {
    const plaintext = await reader.portions(CHUNK_SIZE);
    last = await reader.ended();
    for (const sealed of sealPortions(key, { index, last }, plaintext)) {
      payload?.update(sealed);
      yield sealed;
    }
  }
}

/** Version line 22; per recipient a share line of 54 and a body line of 44; MAC line 48. */
function headerSize(recipientCount: number): number {
  return 22 + recipientCount * (54 + 44) + 48;
}
