import { randomBytes } from "node:crypto";
import { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import { encodeHeader } from "./header.ts";
import { parseRecipient, type RecipientKey } from "./identity.ts";
import { CHUNK_SIZE, PAYLOAD_NONCE_LENGTH, payloadKey, payloadSizeOf, sealChunk } from "./payload.ts";
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
  recipients: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  return seal(source, parseRecipients(recipients));
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

export function parseRecipients(recipients: readonly string[]): readonly RecipientKey[] {
  if (recipients.length > 0) return recipients.map(parseRecipient);
  throw new SealingError(
    "key-invalid",
    "No recipient was given; a file sealed to nobody could never be opened.",
  );
}

async function* seal(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly RecipientKey[],
): AsyncGenerator<Uint8Array, void, undefined> {
  await using reader = new ByteReader(source);
  // "The file key MUST be generated as 16 bytes of CSPRNG output. It MUST NOT be reused across multiple files."
  const fileKey = randomBytes(FILE_KEY_LENGTH);
  const nonce = randomBytes(PAYLOAD_NONCE_LENGTH);
  const key = payloadKey(fileKey, nonce);
  yield Buffer.concat([headerFor(fileKey, recipients), nonce]);
  for (let index = 0, last = false; !last; index++) {
    const plaintext = await reader.exactly(CHUNK_SIZE);
    last = await reader.ended();
    yield sealChunk(key, { index, last }, plaintext);
  }
}

/** Version line 22; per recipient a share line of 54 and a body line of 44; MAC line 48. */
function headerSize(recipientCount: number): number {
  return 22 + recipientCount * (54 + 44) + 48;
}
