import { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import { type Header, readHeader, verifyHeaderMac } from "./header.ts";
import { type AgeIdentity, type IdentityKey, identityKeyOf } from "./identity.ts";
import { cutShort, openChunk, PAYLOAD_NONCE_LENGTH, payloadKey, SEALED_CHUNK_SIZE } from "./payload.ts";
import { unwrapFileKey } from "./x25519.ts";

/**
 * Opens an age v1 file as a stream of plaintext.
 *
 * No byte is yielded before the tag of its 64 KiB chunk is verified. The stream ends normally only when the last chunk
 * was seen to be the last: if it throws `age-truncated`, `age-extended` or `age-tampered`, what was yielded before is
 * a genuine beginning of the file, but only a beginning, and must not be taken for the whole.
 *
 * age says nothing about who sealed a file; only a signature over its digest does.
 *
 * @param identities One or more; the first that fits is used. Throws `key-invalid` at once if one
 *   cannot be read; the stream throws `age-no-identity` if none fits.
 */
export function openStream(
  source: AsyncIterable<Uint8Array>,
  identities: readonly AgeIdentity[],
): AsyncGenerator<Uint8Array, void, undefined> {
  return open(source, parseIdentities(identities));
}

/** Unwraps the file key and authenticates the header with it. Throws `age-no-identity`, `age-header`, `age-mac`. */
export function fileKeyOf(header: Header, identities: readonly IdentityKey[]): Uint8Array {
  for (const identity of identities) {
    const fileKey = unwrapFileKey(header.stanzas, identity);
    if (fileKey === null) continue;
    verifyHeaderMac(header, fileKey);
    return fileKey;
  }
  throw new SealingError(
    "age-no-identity",
    `None of the ${identities.length} identities at hand opens this file (${header.stanzas.length} recipient(s)). It ` +
      "was sealed to another key; ask the sender to seal it to yours, or use the identity you had at that time.",
  );
}

export function parseIdentities(identities: readonly AgeIdentity[]): readonly IdentityKey[] {
  return identities.map(identityKeyOf);
}

async function* open(
  source: AsyncIterable<Uint8Array>,
  identities: readonly IdentityKey[],
): AsyncGenerator<Uint8Array, void, undefined> {
  await using reader = new ByteReader(source);
  const fileKey = fileKeyOf(await readHeader(reader), identities);
  const nonce = await reader.exactly(PAYLOAD_NONCE_LENGTH);
  if (nonce.length < PAYLOAD_NONCE_LENGTH) throw cutShort("it ends inside of the payload's nonce");
  const key = payloadKey(fileKey, nonce);
  for (let index = 0, last = false; !last; index++) {
    const sealed = await reader.exactly(SEALED_CHUNK_SIZE);
    last = await reader.ended();
    const plaintext = openChunk(key, { index, last }, sealed);
    if (plaintext.length > 0) yield plaintext;
  }
}
