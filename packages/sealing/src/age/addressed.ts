import { ByteReader } from "../bytes/byte-reader.ts";
import { readHeader } from "./header.ts";
import type { AgeIdentity } from "./identity.ts";
import { fileKeyOf, parseIdentities } from "./open.ts";
import { cutShort, PAYLOAD_NONCE_LENGTH, plaintextSizeOf } from "./payload.ts";

/**
 * Whether one of the identities opens an age file, and how many bytes of plaintext its length makes, without decrypting any of
 * them: for whoever takes a file in that only somebody with a reason may open later. Damage to the payload is not looked for.
 *
 * @throws SealingError `age-header`, `age-mac`, `age-no-identity`, or `age-truncated` if no payload has that length
 */
export async function checkAddressed(
  source: AsyncIterable<Uint8Array>,
  identities: readonly AgeIdentity[],
): Promise<{ readonly plaintextSize: number }> {
  const keys = parseIdentities(identities);
  await using reader = new ByteReader(source);
  fileKeyOf(await readHeader(reader), keys);
  const nonce = await reader.exactly(PAYLOAD_NONCE_LENGTH);
  if (nonce.length < PAYLOAD_NONCE_LENGTH) throw cutShort("it ends inside of the payload's nonce");
  let size = 0;
  for await (const bytes of reader.rest()) size += bytes.length;
  return { plaintextSize: plaintextSizeOf(size) };
}
