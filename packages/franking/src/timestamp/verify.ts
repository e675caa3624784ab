import { createHash, timingSafeEqual } from "node:crypto";
import { id_ct_tstInfo, TSTInfoVersion } from "@peculiar/asn1-tsp";
import { FrankingError } from "../error.ts";
import { digestNamed, isSignedBy, SHA256 } from "./algorithms.ts";
import { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2 } from "./attributes.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { verifyChain } from "./chain.ts";
import { type DerValue, malformed, oidOf, TAG } from "./der.ts";
import { DIGEST_BYTES } from "./request.ts";
import { readToken, type Token } from "./token.ts";

/** What a timestamp authority said: these bytes existed by then. */
export interface VerifiedTimestamp {
  /** Milliseconds since 1970, UTC, as the authority states it. */
  readonly at: number;
  /** How far off that may be, either way; null where the token leaves that to the authority's policy. */
  readonly accuracyMs: number | null;
  /** Subject of the authority's certificate, such as `O=Example, CN=Example Timestamps`. */
  readonly authority: string;
}

/** Two clocks differ; a token from further ahead than this was not made when it says. */
const AHEAD_MS = 5 * 60 * 1000;

/**
 * Verifies an RFC 3161 token offline: the imprint is of this digest, the authority's certificate is named in what it signed
 * (RFC 5035), may sign timestamps and nothing else, leads to a trusted root, and was valid at the stated time.
 *
 * Whether a certificate was revoked is not asked (there is nobody to ask, offline): whoever keeps the roots takes out what may
 * no longer be trusted.
 *
 * @param token TimeStampToken, DER.
 * @param digest SHA-256 of what was stamped.
 * @param roots Trusted certificates, DER: the root, or the authority's own.
 * @param now Milliseconds since 1970; a token from the future is refused.
 * @throws FrankingError `timestamp.malformed`, `timestamp.imprint`, `timestamp.signature`, `timestamp.algorithm`, `timestamp.key`,
 *   `timestamp.purpose`, `timestamp.untrusted`, `timestamp.expired`, `timestamp.future`
 */
export function verifyTimestamp(
  token: Uint8Array,
  digest: Uint8Array,
  roots: readonly Uint8Array[],
  now: number,
): VerifiedTimestamp {
  const read = readToken(token);
  checkInfo(read, digest);
  const { signer, others } = certificatesOf(read);
  checkSignature(read, signer);
  // The order of the questions: what was signed, by whom, may they, do we believe them, and when.
  if (!signer.isForTimestampsOnly || signer.unknownCritical !== null)
    throw new FrankingError(
      "timestamp.purpose",
      "The certificate that signed the timestamp is not one for timestamps only (RFC 3161, section 2.3).",
    );
  verifyChain(signer, others, roots.map(readCertificate), read.generatedAt);
  if (read.generatedAt > now + AHEAD_MS)
    throw new FrankingError(
      "timestamp.future",
      "The timestamp states a time that is still to come. Check this machine's clock.",
    );
  return {
    at: read.generatedAt,
    accuracyMs: accuracyOf(read),
    authority: signer.x509.subject.split("\n").join(", "),
  };
}

function checkInfo({ info }: Token, digest: Uint8Array): void {
  if (info.version !== TSTInfoVersion.v1)
    throw malformed("TSTInfo of the timestamp", `its version is ${String(info.version)}`);
  // No extension of TSTInfo is in use; a critical one would change what the token says.
  if (info.extensions?.some(({ critical }) => critical) === true)
    throw malformed("TSTInfo of the timestamp", "it has a critical extension that nobody here understands");
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const imprint = new Uint8Array(hashedMessage.buffer);
  if (digest.length !== DIGEST_BYTES || hashAlgorithm.algorithm !== SHA256 || !isEqual(imprint, digest))
    throw new FrankingError(
      "timestamp.imprint",
      "The timestamp is over something else: its imprint differs.",
    );
}

/** The certificate that the authority itself names in what it signed, and the rest. */
function certificatesOf(token: Token): { signer: Certificate; others: readonly Certificate[] } {
  // RFC 5816: "The … ESSCertIDv2 … MUST be used" where the certificate's hash is not SHA-1; the older form with SHA-1 is not taken.
  const named = namedCertificate(token.attributes.get(SIGNING_CERTIFICATE_V2));
  const index = token.certificates.findIndex((der) => isEqual(hash(named.digest, der), named.hash));
  const der = token.certificates[index];
  if (der === undefined)
    throw malformed("timestamp token", "the certificate that it names is not in it; ask for it (certReq)");
  return {
    signer: readCertificate(der),
    others: token.certificates.toSpliced(index, 1).map(readCertificate),
  };
}

/** RFC 5035, section 3: SigningCertificateV2; "The first certificate identified in the sequence … MUST be the certificate used to verify the signature." */
function namedCertificate(value: DerValue | undefined): { digest: string; hash: Uint8Array } {
  const parts = value?.children[0]?.children[0]?.children ?? [];
  const algorithm = parts[0]?.tag === TAG.sequence ? parts[0].children[0] : undefined;
  const certHash = parts[algorithm === undefined ? 0 : 1];
  if (
    certHash?.tag !== TAG.octetString ||
    (algorithm !== undefined && algorithm.tag !== TAG.objectIdentifier)
  )
    throw malformed("timestamp token", "it does not name its certificate by a hash (ESSCertIDv2)");
  return {
    // "hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256}"
    digest: digestNamed(algorithm === undefined ? SHA256 : oidOf(algorithm)),
    hash: certHash.contents,
  };
}

function checkSignature({ attributes, infoBytes, signer, signedBytes }: Token, { x509 }: Certificate): void {
  const contentType = attributes.get(CONTENT_TYPE);
  if (contentType?.tag !== TAG.objectIdentifier || oidOf(contentType) !== id_ct_tstInfo)
    throw malformed("timestamp token", "what was signed is not said to be a TSTInfo");
  const messageDigest = attributes.get(MESSAGE_DIGEST);
  const digest = signer.digestAlgorithm.algorithm;
  const isIntact =
    messageDigest?.tag === TAG.octetString &&
    isEqual(messageDigest.contents, hash(digestNamed(digest), infoBytes));
  const algorithms = { signature: signer.signatureAlgorithm.algorithm, digest };
  const signature = new Uint8Array(signer.signature.buffer);
  if (!isIntact || !isSignedBy(x509.publicKey, algorithms, signedBytes, signature))
    throw new FrankingError(
      "timestamp.signature",
      "The timestamp's signature does not hold: it was altered.",
    );
}

function accuracyOf({ info: { accuracy } }: Token): number | null {
  if (accuracy === undefined) return null;
  // RFC 3161, section 2.4.2: "If either seconds, millis or micros is missing, then a value of zero MUST be taken for the missing field."
  return accuracy.seconds * 1000 + (accuracy.millis ?? 0) + Math.ceil((accuracy.micros ?? 0) / 1000);
}

function hash(algorithm: string, bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
