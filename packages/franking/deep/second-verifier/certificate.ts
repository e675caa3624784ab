import { type Der, der, elements, integerOf, membersOf, momentOf, oidOf, TAG, valueOf } from "./der.ts";
import { Refused } from "./refused.ts";
import { isSignedBy } from "./signature.ts";
import { equal } from "./tls.ts";

const BASIC_CONSTRAINTS = "551d13";
const KEY_USAGE = "551d0f";
const EXTENDED_KEY_USAGE = "551d25";
const CERTIFICATE_POLICIES = "551d20";
const OBEYED = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES]);
const TIME_STAMPING = "2b06010505070308";
const ANY_PURPOSE = "551d2500";

/** What of a certificate (RFC 5280) a timestamp's chain asks for. */
export interface Certificate {
  readonly whole: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly spki: Der;
  readonly from: number;
  readonly to: number;
  /** null: no CA. */
  readonly pathLength: number | null;
  /** May stand between a root and an authority, or be one, by its extensions. */
  readonly allowsTimestamps: boolean;
  /** RFC 3161, section 2.3: a critical extended key usage with this purpose alone. */
  readonly isAuthority: boolean;
  readonly isSignedBy: (issuer: Certificate) => boolean;
}

/** @throws Refused */
export function readCertificate(bytes: Uint8Array): Certificate {
  const [tbs, algorithm, signature, ...more] = membersOf(der(bytes));
  if (tbs === undefined || more.length > 0) throw new Refused("no certificate");
  const [version, ...fields] = membersOf(tbs);
  if (version?.tag !== 0xa0) throw new Refused("a certificate without extensions");
  const [, , issuer, validity, subject, spki, ...optional] = fields;
  const [from, to] = membersOf(validity);
  if (issuer === undefined || subject === undefined || spki === undefined) throw new Refused("cut short");
  const extensions = extensionsOf(der(valueOf(optional.at(-1), 0xa3)));
  const purposes = extensions.get(EXTENDED_KEY_USAGE);
  const allowed = purposes === undefined ? null : membersOf(der(purposes.value)).map((one) => oidOf(one));
  return {
    whole: bytes,
    issuer: issuer.whole,
    subject: subject.whole,
    spki,
    from: momentOf(from),
    to: momentOf(to),
    pathLength: pathLengthOf(extensions),
    allowsTimestamps:
      (allowed === null || allowed.includes(TIME_STAMPING) || allowed.includes(ANY_PURPOSE)) &&
      Array.from(extensions).every(([oid, { isCritical }]) => !isCritical || OBEYED.has(oid)),
    isAuthority:
      purposes?.isCritical === true &&
      allowed?.length === 1 &&
      allowed[0] === TIME_STAMPING &&
      // RFC 5280, section 4.2.1.12: what stamps times signs, digitalSignature (bit 0) or nonRepudiation (bit 1).
      (usageOf(extensions) & 0xc0) !== 0,
    isSignedBy: (by) =>
      isSignedBy(by.spki, algorithm, null, tbs.whole, valueOf(signature, TAG.bits).subarray(1)),
  };
}

type Extensions = ReadonlyMap<string, { readonly isCritical: boolean; readonly value: Uint8Array }>;

/** Extensions, in whose one sequence they stand. */
export function extensionsOf(sequence: Der): Extensions {
  const found = new Map<string, { isCritical: boolean; value: Uint8Array }>();
  for (const one of elements(sequence.value)) {
    const [oid, critical, value] = membersOf(one);
    const isCritical = critical?.tag === TAG.boolean && critical.value[0] === 0xff;
    if (found.has(oidOf(oid))) throw new Refused("an extension twice");
    found.set(oidOf(oid), { isCritical, value: valueOf(value ?? critical, TAG.octets) });
  }
  return found;
}

/** The first byte of keyUsage; everything where there is none. */
function usageOf(extensions: Extensions): number {
  const usage = extensions.get(KEY_USAGE);
  return usage === undefined ? 0xff : (valueOf(der(usage.value), TAG.bits)[1] ?? 0);
}

/** Of a CA how many CAs may stand below it; null for what may not sign certificates. */
function pathLengthOf(extensions: Extensions): number | null {
  const basic = extensions.get(BASIC_CONSTRAINTS);
  // RFC 5280, section 4.2.1.3: keyCertSign is bit 5.
  if (basic === undefined || (usageOf(extensions) & 0x04) === 0) return null;
  const [isCa, length] = membersOf(der(basic.value));
  if (isCa?.tag !== TAG.boolean || isCa.value[0] !== 0xff) return null;
  return length === undefined ? Number.POSITIVE_INFINITY : Number(integerOf(length));
}

/** Whether a chain of certificates, all valid at this time, leads from this one to one that is trusted. */
export function isTrusted(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: number,
  below = 0,
): boolean {
  if (at < leaf.from || at > leaf.to || !leaf.allowsTimestamps) return false;
  if (roots.some(({ whole }) => equal(whole, leaf.whole))) return true;
  if (below > others.length) return false;
  return [...roots, ...others].some(
    (issuer) =>
      equal(issuer.subject, leaf.issuer) &&
      issuer.pathLength !== null &&
      issuer.pathLength >= below &&
      leaf.isSignedBy(issuer) &&
      isTrusted(issuer, others, roots, at, below + 1),
  );
}

/** Certificates of a CMS set; what is no plain certificate there is left aside. */
export function certificatesIn(element: Der | undefined): readonly Certificate[] {
  if (element === undefined) return [];
  return elements(element.value).flatMap((one) =>
    one.tag === TAG.sequence ? readCertificate(one.whole) : [],
  );
}
