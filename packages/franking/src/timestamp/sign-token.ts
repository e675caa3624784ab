import { createHash, createPrivateKey } from "node:crypto";
import { id_signedData } from "@peculiar/asn1-cms";
import { id_ct_tstInfo } from "@peculiar/asn1-tsp";
import { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2 } from "./attributes.ts";
import type { TimestampAuthority } from "./authority.ts";
import { encodeDer, encodeOid, readDer, serialise, TAG } from "./der.ts";
import { schemeOf, type SignatureScheme } from "./issue-certificate.ts";

/**
 * Signs a TSTInfo as RFC 3161, section 2.4.2, and RFC 5652, section 5, have it.
 *
 * @param info TSTInfo, DER.
 * @param withCertificate Whether the request asked for it.
 * @returns TimeStampToken, DER
 */
export function signToken(
  authority: TimestampAuthority,
  info: Uint8Array,
  withCertificate: boolean,
): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(authority.privateKey), format: "der", type: "pkcs8" });
  const scheme = schemeOf(key);
  const digestAlgorithm = sequence(encodeOid(scheme.digest.oid), encodeDer(TAG.null));
  const attributes = signedAttributes(scheme, info, authority.certificate);
  const signer = sequence(
    version(1),
    issuerAndSerial(authority.certificate),
    digestAlgorithm,
    encodeDer(TAG.context0, ...attributes),
    serialise(scheme.algorithm),
    // RFC 5652, section 5.4: what is signed has "an EXPLICIT SET OF tag" where the token has [0].
    encodeDer(TAG.octetString, scheme.sign(encodeDer(TAG.set, ...attributes))),
  );
  const signedData = sequence(
    // RFC 5652, section 5.1: 3 where "the encapContentInfo eContentType is other than id-data".
    version(3),
    encodeDer(TAG.set, digestAlgorithm),
    sequence(encodeOid(id_ct_tstInfo), encodeDer(TAG.context0, encodeDer(TAG.octetString, info))),
    ...(withCertificate ? [encodeDer(TAG.context0, authority.certificate)] : []),
    encodeDer(TAG.set, signer),
  );
  return sequence(encodeOid(id_signedData), encodeDer(TAG.context0, signedData));
}

/** In the order of their encodings, as DER has a SET OF. */
function signedAttributes(
  { digest }: SignatureScheme,
  info: Uint8Array,
  certificate: Uint8Array,
): readonly Uint8Array[] {
  const certHash = encodeDer(TAG.octetString, hash("sha256", certificate));
  return [
    attribute(CONTENT_TYPE, encodeOid(id_ct_tstInfo)),
    attribute(MESSAGE_DIGEST, encodeDer(TAG.octetString, hash(digest.name, info))),
    // RFC 5035: SigningCertificateV2 { certs { ESSCertIDv2 } }, whose default digest, SHA-256, DER leaves out.
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(certHash)))),
  ].toSorted((one, other) => Buffer.compare(one, other));
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return sequence(encodeOid(oid), encodeDer(TAG.set, value));
}

/** Issuer and serial number byte for byte as the certificate has them: its third and first field behind the version. */
function issuerAndSerial(certificate: Uint8Array): Uint8Array {
  const [, serialNumber, , issuer] = readDer(certificate, "certificate").children[0]?.children ?? [];
  return sequence(issuer?.bytes ?? new Uint8Array(), serialNumber?.bytes ?? new Uint8Array());
}

function version(number: number): Uint8Array {
  return encodeDer(TAG.integer, Uint8Array.of(number));
}

function sequence(...members: readonly Uint8Array[]): Uint8Array {
  return encodeDer(TAG.sequence, ...members);
}

function hash(algorithm: string, bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}
