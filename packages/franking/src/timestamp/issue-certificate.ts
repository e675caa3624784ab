import { createHash, type KeyObject, sign } from "node:crypto";
import { OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import { SHA256, SHA384, SHA512 } from "./algorithms.ts";
import { bufferOf, parseAs, serialise, unsignedInteger } from "./der.ts";

export interface CertificateRequest {
  /** Common name. */
  readonly name: string;
  readonly issuer: { readonly name: string; readonly privateKey: KeyObject };
  /** The key that is certified. */
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970; X.509 keeps whole seconds. */
  readonly validFrom: number;
  readonly validTo: number;
  /** A CA with this many CAs below it, or an end entity for these purposes (OIDs of extended key usage). */
  readonly use:
    | { readonly pathLength: number }
    | { readonly purposes: readonly string[]; readonly critical: boolean };
}

/** How a private key signs in X.509 and CMS. */
export interface SignatureScheme {
  readonly algorithm: AlgorithmIdentifier;
  /** As an OID and as node:crypto calls it. */
  readonly digest: { readonly oid: string; readonly name: "sha256" | "sha384" | "sha512" };
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * Issues an X.509 certificate with what a timestamp authority needs and nothing more.
 *
 * @returns DER
 */
export function issueCertificate(request: CertificateRequest): Uint8Array {
  const scheme = schemeOf(request.issuer.privateKey);
  const spki = request.publicKey.export({ type: "spki", format: "der" });
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: unsignedInteger(serialOf(request, spki)),
    signature: scheme.algorithm,
    issuer: nameOf(request.issuer.name),
    subject: nameOf(request.name),
    validity: new Validity({ notBefore: new Date(request.validFrom), notAfter: new Date(request.validTo) }),
    subjectPublicKeyInfo: parseAs(spki, SubjectPublicKeyInfo, "public key"),
    extensions: new Extensions(extensionsFor(request, spki)),
  });
  const signature = scheme.sign(serialise(tbs));
  return serialise(
    new Certificate({
      tbsCertificate: tbs,
      signatureAlgorithm: scheme.algorithm,
      signatureValue: bufferOf(signature),
    }),
  );
}

/** SHA-256 with RSA and P-256, SHA-384 with P-384, and SHA-512 beside Ed25519 (RFC 8419). */
export function schemeOf(key: KeyObject): SignatureScheme {
  if (key.asymmetricKeyType === "ed25519")
    return scheme("1.3.101.112", undefined, { oid: SHA512, name: "sha512" }, (message) =>
      sign(null, message, key),
    );
  if (key.asymmetricKeyType === "rsa") {
    const digest = { oid: SHA256, name: "sha256" } as const;
    return scheme("1.2.840.113549.1.1.11", null, digest, (message) => sign(digest.name, message, key));
  }
  const isLarge = key.asymmetricKeyDetails?.namedCurve === "secp384r1";
  const digest = isLarge
    ? ({ oid: SHA384, name: "sha384" } as const)
    : ({ oid: SHA256, name: "sha256" } as const);
  return scheme(`1.2.840.10045.4.3.${isLarge ? 3 : 2}`, undefined, digest, (message) =>
    sign(digest.name, message, key),
  );
}

export function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: "2.5.4.3", value })])]);
}

function scheme(
  oid: string,
  parameters: null | undefined,
  digest: SignatureScheme["digest"],
  signWith: SignatureScheme["sign"],
): SignatureScheme {
  // RFC 4055: with RSA "the parameters MUST be NULL"; RFC 5758 and RFC 8410: with ECDSA and Ed25519 they are absent.
  const algorithm = new AlgorithmIdentifier(
    parameters === null ? { algorithm: oid, parameters } : { algorithm: oid },
  );
  return { algorithm, digest, sign: signWith };
}

/** RFC 5280, section 4.1.2.2: "unique for each certificate issued by a given CA", at most 20 octets. */
function serialOf({ validFrom, validTo, name }: CertificateRequest, spki: Uint8Array): Uint8Array {
  return createHash("sha256")
    .update(`${validFrom}/${validTo}/${name}/`)
    .update(spki)
    .digest()
    .subarray(0, 16);
}

function extensionsFor({ use }: CertificateRequest, spki: Uint8Array): Extension[] {
  const keyId = new SubjectKeyIdentifier(
    bufferOf(createHash("sha256").update(spki).digest().subarray(0, 20)),
  );
  const common = extension(id_ce_subjectKeyIdentifier, false, keyId);
  if ("pathLength" in use)
    return [
      extension(
        id_ce_basicConstraints,
        true,
        new BasicConstraints({ cA: true, pathLenConstraint: use.pathLength }),
      ),
      extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
      common,
    ];
  return [
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: false })),
    extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.digitalSignature)),
    extension(id_ce_extKeyUsage, use.critical, new ExtendedKeyUsage([...use.purposes])),
    common,
  ];
}

function extension(extnID: string, critical: boolean, value: unknown): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(bufferOf(serialise(value))) });
}
