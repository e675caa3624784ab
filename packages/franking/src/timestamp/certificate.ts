import { X509Certificate } from "node:crypto";
import {
  anyExtendedKeyUsage,
  BasicConstraints,
  Certificate as CertificateStructure,
  type Extension,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_timeStamping,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { malformed, parseAs } from "./der.ts";
import { isSoundSignature } from "./algorithms.ts";

/** A certificate with what the chain's rules ask of it. */
export interface Certificate {
  readonly x509: X509Certificate;
  /** Milliseconds since 1970, both included. */
  readonly validFrom: number;
  readonly validTo: number;
  /** May issue certificates: basicConstraints says CA, and keyUsage, where there is one, keyCertSign. */
  readonly mayIssue: boolean;
  /** How many CAs may stand below it; infinite where it does not say. */
  readonly pathLength: number;
  /** May sign timestamps and nothing else, as RFC 3161 asks of an authority's certificate. */
  readonly isForTimestampsOnly: boolean;
  /** Its own extended key usage, if any, leaves room for timestamps below it. */
  readonly allowsTimestampsBelow: boolean;
  /** Its issuer signed it with a digest that still holds. */
  readonly isSoundlySigned: boolean;
  /** RFC 5280, section 4.2: a critical extension that is not understood means that the certificate is rejected. */
  readonly unknownCritical: string | null;
}

/** Critical extensions whose meaning is obeyed here. Policies: any policy of a chain to a pinned root is taken. */
const understood = new Set<string>([
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_certificatePolicies,
]);

/**
 * Reads a certificate.
 *
 * @param der DER.
 * @throws FrankingError `timestamp.malformed`
 */
export function readCertificate(der: Uint8Array): Certificate {
  const x509 = opened(der);
  const { tbsCertificate, signatureAlgorithm } = parseAs(der, CertificateStructure, "certificate");
  const extensions = tbsCertificate.extensions ?? [];
  const constraints = valueIn(extensions, id_ce_basicConstraints, BasicConstraints);
  const usage = valueIn(extensions, id_ce_keyUsage, KeyUsage)?.toNumber() ?? ~0;
  const purposes = valueIn(extensions, id_ce_extKeyUsage, ExtendedKeyUsage);
  const mustStampOnly = extensions.some(({ extnID, critical }) => extnID === id_ce_extKeyUsage && critical);
  return {
    x509,
    validFrom: x509.validFromDate.getTime(),
    validTo: x509.validToDate.getTime(),
    mayIssue: constraints?.cA === true && (usage & KeyUsageFlags.keyCertSign) !== 0,
    pathLength: constraints?.pathLenConstraint ?? Number.POSITIVE_INFINITY,
    // RFC 3161, section 2.3: "The corresponding certificate MUST contain only one instance of the extended key usage field
    // extension … with KeyPurposeID having value: id-kp-timeStamping. This extension MUST be critical."
    isForTimestampsOnly:
      mustStampOnly &&
      purposes?.length === 1 &&
      purposes[0] === id_kp_timeStamping &&
      (usage & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) !== 0,
    allowsTimestampsBelow:
      purposes === null || purposes.some((one) => one === id_kp_timeStamping || one === anyExtendedKeyUsage),
    isSoundlySigned: isSoundSignature(signatureAlgorithm.algorithm),
    unknownCritical:
      extensions.find(({ extnID, critical }) => critical && !understood.has(extnID))?.extnID ?? null,
  };
}

function opened(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (error) {
    throw malformed("certificate", "it is no X.509 certificate in DER", error);
  }
}

function valueIn<T>(extensions: readonly Extension[], oid: string, type: new () => T): T | null {
  const [found, twice] = extensions.filter(({ extnID }) => extnID === oid);
  if (twice !== undefined) throw malformed("certificate", "an extension is there twice");
  return found === undefined ? null : parseAs(new Uint8Array(found.extnValue.buffer), type, "certificate");
}
