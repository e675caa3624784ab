import { type KeyObject, verify } from "node:crypto";
import { FrankingError } from "../error.ts";

export const SHA256 = "2.16.840.1.101.3.4.2.1";
export const SHA384 = "2.16.840.1.101.3.4.2.2";
export const SHA512 = "2.16.840.1.101.3.4.2.3";

/** Digests that may stand in a token, by OID, as node:crypto calls them. SHA-1 and older are not among them. */
const digests: Readonly<Record<string, string>> = {
  [SHA256]: "sha256",
  [SHA384]: "sha384",
  [SHA512]: "sha512",
};

type KeyKind = "rsa" | "ec" | "ed25519";

/** Signature algorithms by OID. `digest` is null where the token's digest algorithm says it. */
const signatures: Readonly<Record<string, { readonly kind: KeyKind; readonly digest: string | null }>> = {
  "1.2.840.113549.1.1.1": { kind: "rsa", digest: null },
  "1.2.840.113549.1.1.11": { kind: "rsa", digest: SHA256 },
  "1.2.840.113549.1.1.12": { kind: "rsa", digest: SHA384 },
  "1.2.840.113549.1.1.13": { kind: "rsa", digest: SHA512 },
  "1.2.840.10045.4.3.2": { kind: "ec", digest: SHA256 },
  "1.2.840.10045.4.3.3": { kind: "ec", digest: SHA384 },
  "1.2.840.10045.4.3.4": { kind: "ec", digest: SHA512 },
  "1.3.101.112": { kind: "ed25519", digest: SHA512 },
};

const curves = new Set<unknown>(["prime256v1", "secp384r1"]);
/** NIST SP 800-131A: RSA below 2048 bits is disallowed. */
const RSA_BITS = 2048;

/** @throws FrankingError `timestamp.algorithm` */
export function digestNamed(oid: string): string {
  const name = digests[oid];
  if (name === undefined) throw unsupported(`the digest algorithm ${oid}`, "SHA-256, SHA-384 or SHA-512");
  return name;
}

/** Whether a certificate signed with this algorithm may stand in a chain. */
export function isSoundSignature(oid: string): boolean {
  return (signatures[oid]?.digest ?? null) !== null;
}

/**
 * Checks the signature of a SignerInfo: RSA PKCS#1 v1.5, ECDSA with P-256 or P-384, Ed25519.
 *
 * @param digest OID of the SignerInfo's digest algorithm.
 * @throws FrankingError `timestamp.algorithm` for what this package does not take, `timestamp.key` for a key too weak for it
 */
export function isSignedBy(
  key: KeyObject,
  algorithms: { readonly signature: string; readonly digest: string },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const wanted = signatures[algorithms.signature];
  if (wanted === undefined)
    throw unsupported(
      `the signature algorithm ${algorithms.signature}`,
      "RSA PKCS#1 v1.5, ECDSA or Ed25519 with SHA-2",
    );
  // RFC 8933, section 3: "the same digest algorithm MUST be used to compute the digest of the encapContentInfo eContent …
  // and to compute the message digest of the signedAttrs". RFC 8419 asks for SHA-512 beside Ed25519.
  if (wanted.digest !== null && wanted.digest !== algorithms.digest)
    throw unsupported("a signature and a digest algorithm that differ", "the same digest for both");
  checkKey(key, wanted.kind);
  const digest = digestNamed(algorithms.digest);
  return verify(wanted.kind === "ed25519" ? null : digest, message, key, signature);
}

function checkKey(key: KeyObject, kind: KeyKind): void {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType !== kind)
    throw weakKey(`is a ${key.asymmetricKeyType ?? "secret"} key where the algorithm wants ${kind}`);
  if (kind === "rsa" && (details?.modulusLength ?? 0) < RSA_BITS)
    throw weakKey(`has fewer than ${RSA_BITS} bits`);
  if (kind === "ec" && !curves.has(details?.namedCurve))
    throw weakKey("is on a curve other than P-256 and P-384");
}

function unsupported(what: string, instead: string): FrankingError {
  return new FrankingError(
    "timestamp.algorithm",
    `The timestamp uses ${what}; only ${instead} can be checked. Ask the authority for such a token.`,
  );
}

function weakKey(why: string): FrankingError {
  return new FrankingError(
    "timestamp.key",
    `The timestamp authority's key ${why}; its signature proves nothing.`,
  );
}
