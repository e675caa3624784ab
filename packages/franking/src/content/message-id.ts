import { concatBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { decodeContent } from "./content.ts";
import { addressOf } from "./extensions.ts";
import type { MimiContent } from "./types.ts";

/** draft-ietf-mimi-content, section 3.3: the first byte names the hash algorithm, 1 is SHA-256. */
const SHA256 = 1;

/**
 * The name by which other messages mean this one: 32 bytes, `01 || SHA-256(sender, room, content, salt)[0..30]`.
 * @throws FrankingError as `decodeContent` does
 */
export async function messageIdOf(crypto: FrankingCrypto, content: Uint8Array): Promise<Uint8Array> {
  return messageIdWithin(crypto, content, decodeContent(content));
}

/** The same for whoever has decoded the bytes already. */
export async function messageIdWithin(
  crypto: FrankingCrypto,
  bytes: Uint8Array,
  content: MimiContent,
): Promise<Uint8Array> {
  const { senderUri, roomUri } = addressOf(content);
  const digest = await crypto.sha256(concatBytes(counted(senderUri), counted(roomUri), bytes, content.salt));
  return concatBytes(Uint8Array.of(SHA256), digest.subarray(0, 31));
}

function counted(uri: string): Uint8Array {
  const bytes = new TextEncoder().encode(uri);
  if (bytes.length > 0xffff)
    throw new FrankingError(
      "content.extension",
      "a URI of more than 65535 bytes has no place in a message id",
    );
  return concatBytes(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes);
}
