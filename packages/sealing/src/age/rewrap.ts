import { createHash } from "node:crypto";
import { ByteReader } from "../bytes/byte-reader.ts";
import { type Header, readHeader } from "./header.ts";
import type { AgeIdentity } from "./identity.ts";
import { fileKeyOf, parseIdentities } from "./open.ts";
import { headerFor, parseRecipients } from "./seal.ts";

// To pass evidence on, only the header changes: the file key is unwrapped and wrapped again, and nonce and payload stay
// as they are. Not one byte of evidence is decrypted, and the digest of nonce and payload is the same at every hop.

/**
 * The age file with its header rewritten for other recipients and its payload unchanged. The old recipients are gone
 * from the header, but whoever opened the file before has known its file key: this hands on, it does not revoke.
 *
 * @param source An age file that one of `identities` opens. The stream throws `age-no-identity`, `age-header` or
 *   `age-mac` before anything is yielded; damage to the payload is not looked for.
 */
export function rewrap(
  source: AsyncIterable<Uint8Array>,
  identities: readonly AgeIdentity[],
  recipients: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const identityKeys = parseIdentities(identities);
  const recipientKeys = parseRecipients(recipients);
  return replace(source, (header) => headerFor(fileKeyOf(header, identityKeys), recipientKeys));
}

/**
 * The header alone that {@link rewrap} would write. A fresh one differs from any other, so whoever needs the new file
 * twice (to measure it, then to send it) makes the header once and uses {@link replaceHeader} each time.
 * Reads only the beginning of `source`.
 */
export async function rewrapHeader(
  source: AsyncIterable<Uint8Array>,
  identities: readonly AgeIdentity[],
  recipients: readonly string[],
): Promise<Uint8Array> {
  const identityKeys = parseIdentities(identities);
  const recipientKeys = parseRecipients(recipients);
  await using reader = new ByteReader(source);
  return headerFor(fileKeyOf(await readHeader(reader), identityKeys), recipientKeys);
}

/** The age file with `header` in place of its own. */
export function replaceHeader(
  source: AsyncIterable<Uint8Array>,
  header: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  return replace(source, () => header);
}

/**
 * SHA-256 (lower-case hex) of everything after the header: nonce and encrypted chunks. It survives every
 * {@link rewrap}, so equal values at two stations prove that the same sealed evidence passed both.
 */
export async function payloadDigest(source: AsyncIterable<Uint8Array>): Promise<string> {
  await using reader = new ByteReader(source);
  await readHeader(reader);
  const hash = createHash("sha256");
  for await (const bytes of reader.rest()) hash.update(bytes);
  return hash.digest("hex");
}

/**
 * Passes an age file on unchanged and takes its {@link payloadDigest} on the way. The stream throws `age-header` before anything
 * is yielded if it is none.
 * @returns the file's bytes, and its digest once they have been read to their end
 */
export function digestingPayload(source: AsyncIterable<Uint8Array>): {
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
  readonly digest: () => string;
} {
  let result: string | undefined;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    await using reader = new ByteReader(source);
    yield (await readHeader(reader)).bytes;
    const hash = createHash("sha256");
    for await (const part of reader.rest()) {
      hash.update(part);
      yield part;
    }
    result = hash.digest("hex");
  }
  return {
    bytes: bytes(),
    digest() {
      if (result === undefined) throw new Error("the age file has not been read to its end");
      return result;
    },
  };
}

async function* replace(
  source: AsyncIterable<Uint8Array>,
  rewrite: (header: Header) => Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  await using reader = new ByteReader(source);
  yield rewrite(await readHeader(reader));
  yield* reader.rest();
}
