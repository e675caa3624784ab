import { FrankingError } from "../error.ts";
import type { Certificate } from "./certificate.ts";

/**
 * Leads a certificate back to a root (RFC 5280, section 6, without policies and name constraints, which the certificates of
 * timestamp authorities do not use: a critical one is refused). Revocation is not looked up: this works offline, years later.
 * A root that may no longer be trusted has to be taken out of the roots.
 *
 * @param intermediates Whatever came with the token, in any order, trusted for nothing.
 * @param at Milliseconds since 1970 at which every certificate of the chain must have been valid.
 * @throws FrankingError `timestamp.untrusted` if no chain leads to a root, `timestamp.expired` if one would, but not at that time
 */
export function verifyChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  at: number,
): void {
  const isValid = ({ validFrom, validTo }: Certificate) => validFrom <= at && at <= validTo;
  if (isTrusted(leaf, intermediates, roots.filter(isValid), isValid)) return;
  if (isTrusted(leaf, intermediates, roots, () => true))
    throw new FrankingError(
      "timestamp.expired",
      "A certificate of the timestamp authority was not valid at the time that the timestamp states.",
    );
  throw new FrankingError(
    "timestamp.untrusted",
    "No chain of certificates leads from the timestamp authority to a trusted root. Add the authority's root if it is to be trusted.",
  );
}

/**
 * Works from the roots downward, so that each certificate is taken up once and a token full of cross-signed certificates costs no
 * more than the square of their number.
 */
function isTrusted(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  isAcceptable: (one: Certificate) => boolean,
): boolean {
  if (roots.some((root) => isSame(root, leaf))) return true;
  // With each issuer stands how many more CAs may follow below it.
  const issuers = roots.map((one) => ({ one, below: one.pathLength }));
  const waiting = new Set(intermediates.filter((one) => isAcceptable(one) && !isSame(one, leaf)));
  for (const { one: issuer, below } of issuers) {
    if (isIssuedBy(leaf, issuer)) return isAcceptable(leaf);
    if (below <= 0) continue;
    for (const next of waiting) {
      if (!isIssuedBy(next, issuer)) continue;
      waiting.delete(next);
      issuers.push({ one: next, below: Math.min(below - 1, next.pathLength) });
    }
  }
  return false;
}

function isIssuedBy(one: Certificate, issuer: Certificate): boolean {
  return (
    issuer.mayIssue &&
    issuer.allowsTimestampsBelow &&
    issuer.unknownCritical === null &&
    one.unknownCritical === null &&
    one.isSoundlySigned &&
    one.x509.checkIssued(issuer.x509) &&
    one.x509.verify(issuer.x509.publicKey)
  );
}

function isSame(one: Certificate, other: Certificate): boolean {
  return one.x509.raw.equals(other.x509.raw);
}
