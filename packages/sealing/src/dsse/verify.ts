import { verify } from "node:crypto";
import { decodeEitherBase64 } from "../bytes/base64.ts";
import { SealingError } from "../errors.ts";
import { malformed, parseEnvelope } from "./envelope.ts";
import type { KeyId, VerifyingKey } from "./keys.ts";
import { preAuthenticationEncoding } from "./pae.ts";

const SIGNATURE_LENGTH = 64;

/** What a verified envelope says, and which of the trusted keys say it. */
export interface VerifiedEnvelope {
  readonly payload: Uint8Array;
  readonly payloadType: string;
  /** Distinct keys whose signature verified, in the order of the envelope's signatures. Never empty. */
  readonly signers: readonly KeyId[];
}

/**
 * Verifies an envelope and returns its body. Signatures by keys that are not trusted, and signatures that do not
 * verify, count for nothing; the same key counts once.
 *
 * @param keys Keys that may speak for this message.
 * @param expectedPayloadType The one type the caller is ready to read.
 * @param threshold How many distinct keys must have signed; 1 unless told.
 * @throws SealingError `envelope-malformed`, `envelope-type`, or `envelope-untrusted` if too few trusted keys signed.
 */
export function verifyEnvelope(
  envelope: unknown,
  keys: readonly VerifyingKey[],
  expectedPayloadType: string,
  threshold = 1,
): VerifiedEnvelope {
  const { payload: encoded, payloadType, signatures } = parseEnvelope(envelope);
  if (payloadType !== expectedPayloadType) {
    throw new SealingError(
      "envelope-type",
      `The signed message is of type "${payloadType}", but only "${expectedPayloadType}" is taken here.`,
    );
  }
  const payload = decodeEitherBase64(encoded);
  if (payload === null) throw malformed("payload: not canonical base64");
  const message = preAuthenticationEncoding(payloadType, payload);
  const accepted = new Set<KeyId>();
  for (const { keyid, sig } of signatures) {
    // "Either standard or URL-safe base64 encodings are allowed. Signers may use either, and verifiers MUST accept either."
    const signature = decodeEitherBase64(sig);
    if (signature === null) throw malformed("signatures: a signature is not canonical base64");
    if (signature.length !== SIGNATURE_LENGTH) continue;
    const signer = candidates(keys, keyid).find(({ key }) => verify(null, message, key, signature));
    if (signer !== undefined) accepted.add(signer.keyId);
  }
  if (accepted.size >= Math.max(1, threshold)) return { payload, payloadType, signers: [...accepted] };
  throw new SealingError(
    "envelope-untrusted",
    `The message bears ${accepted.size} good signature(s) by the ${keys.length} key(s) trusted for it, and ${threshold} ` +
      `needed. It names the key(s) ${signatures.map(({ keyid }) => keyid || "(none)").join(", ")}: it was altered, or ` +
      "its sender uses a key that is not pinned here.",
  );
}

/** "KEYID MUST NOT be used for security decisions; it may only be used to narrow the selection of possible keys to try." */
function candidates(keys: readonly VerifyingKey[], keyid: string | undefined): readonly VerifyingKey[] {
  return keyid === undefined || keyid === "" ? keys : keys.filter((key) => key.keyId === keyid);
}
