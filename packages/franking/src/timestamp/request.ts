import { MessageImprint, TimeStampReq } from "@peculiar/asn1-tsp";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { OctetString } from "@peculiar/asn1-schema";
import { FrankingError } from "../error.ts";
import { SHA256 } from "./algorithms.ts";
import { bufferOf, serialise, unsignedInteger } from "./der.ts";

/** Bytes of a SHA-256 digest. */
export const DIGEST_BYTES = 32;
/** RFC 3161, section 2.4.1: "a large random number with a high probability that the client generates it only once (e.g., a 64 bit integer)". */
const NONCE_BYTES = { min: 8, max: 32 };

/**
 * What is sent to a timestamp authority as `application/timestamp-query` (RFC 3161, section 2.4.1). It asks for the
 * authority's certificate, so that the token can be verified years later with nothing but a root.
 *
 * @param digest SHA-256 of what is to be stamped; the authority learns no more than that.
 * @param nonce 8 to 32 fresh random bytes; keep them for `readTimestampResponse`.
 * @returns DER
 * @throws FrankingError `timestamp.request`
 */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (digest.length !== DIGEST_BYTES)
    throw refused(`the digest has ${digest.length} bytes where SHA-256 has ${DIGEST_BYTES}`);
  if (nonce.length < NONCE_BYTES.min || nonce.length > NONCE_BYTES.max)
    throw refused(`the nonce has ${nonce.length} bytes; give ${NONCE_BYTES.min} to ${NONCE_BYTES.max}`);
  return serialise(
    new TimeStampReq({
      messageImprint: imprintOf(digest),
      nonce: unsignedInteger(nonce),
      certReq: true,
    }),
  );
}

export function imprintOf(digest: Uint8Array): MessageImprint {
  return new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
    hashedMessage: new OctetString(bufferOf(digest)),
  });
}

function refused(why: string): FrankingError {
  return new FrankingError("timestamp.request", `A timestamp cannot be asked for: ${why}.`);
}
