import { encodeBase64 } from "../bytes/base64.ts";
import { parseEnvelope, type Envelope } from "./envelope.ts";
import type { Signer } from "./keys.ts";
import { preAuthenticationEncoding } from "./pae.ts";

/**
 * Signs a body under a payload type with every signer given, in their order.
 *
 * @param payloadType What the body is, such as `application/vnd.example.thing+json;version=1`. It is inside of every
 *   signature, so a signed body of one type never passes for another.
 */
export async function signEnvelope(
  payloadType: string,
  body: Uint8Array,
  signers: readonly Signer[],
): Promise<Envelope> {
  const message = preAuthenticationEncoding(payloadType, body);
  const signatures = await Promise.all(
    signers.map(async (signer) => ({ keyid: signer.keyId, sig: encodeBase64(await signer.sign(message)) })),
  );
  return parseEnvelope({ payload: encodeBase64(body), payloadType, signatures });
}
