import { decodeContent } from "../content/content.ts";
import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";

/**
 * The sender's commitment to a message: HMAC-SHA-256 of the content's bytes under the salt inside of them
 * (draft-ietf-mimi-protocol-06, section 5.4.1). 32 bytes.
 * @throws FrankingError `content.*` if the bytes are no content in its one form
 */
export async function frankingTag(crypto: FrankingCrypto, content: Uint8Array): Promise<Uint8Array> {
  return tagUnder(crypto, decodeContent(content).salt, content);
}

/** The same for whoever has decoded the content already. */
export function tagUnder(
  crypto: FrankingCrypto,
  salt: Uint8Array,
  content: Uint8Array,
): Awaitable<Uint8Array> {
  return crypto.hmac(salt, content);
}
