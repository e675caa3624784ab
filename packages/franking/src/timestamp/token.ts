import { id_signedData, SignerInfo } from "@peculiar/asn1-cms";
import { id_ct_tstInfo, TSTInfo } from "@peculiar/asn1-tsp";
import { type DerValue, malformed, oidOf, parseAs, readDer, TAG } from "./der.ts";

/** A TimeStampToken taken apart; nothing in it is verified yet. */
export interface Token {
  readonly info: TSTInfo;
  /** The contents of eContent: what the message digest is over. */
  readonly infoBytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly generatedAt: number;
  readonly signer: SignerInfo;
  /** The signed attributes as they are signed: a SET OF. */
  readonly signedBytes: Uint8Array;
  /** By OID, the one value of each signed attribute. */
  readonly attributes: ReadonlyMap<string, DerValue>;
  /** DER of the certificates that came with it. */
  readonly certificates: readonly Uint8Array[];
}

/** A real token has two or three kilobytes and one to four certificates; what is far beyond is an attack on our time. */
const TOKEN_BYTES = 64 * 1024;
const CERTIFICATES = 16;

const WHAT = "timestamp token";

/**
 * Takes a TimeStampToken apart (RFC 3161, section 2.4.2; RFC 5652, section 5).
 *
 * @throws FrankingError `timestamp.malformed`
 */
export function readToken(token: Uint8Array): Token {
  if (token.length > TOKEN_BYTES) throw malformed(WHAT, `it is longer than ${TOKEN_BYTES} bytes`);
  const [type, explicit] = partsOf(readDer(token, WHAT), "ContentInfo", [TAG.objectIdentifier, TAG.context0]);
  if (oidOf(type) !== id_signedData) throw malformed(WHAT, "it is no signed data");
  const signedData = only(explicit.children, "content");
  const infoBytes = encapsulated(signedData);
  const info = parseAs(infoBytes, TSTInfo, "TSTInfo of the timestamp");
  const signerValue = signerOf(signedData);
  const attributes = signerValue.children.find(({ tag }) => tag === TAG.context0);
  if (attributes === undefined) throw malformed(WHAT, "it has no signed attributes");
  return {
    info,
    infoBytes,
    generatedAt: generatedAt(infoBytes),
    signer: parseAs(signerValue.bytes, SignerInfo, "SignerInfo of the timestamp"),
    signedBytes: asSet(attributes),
    attributes: attributesIn(attributes),
    certificates: certificatesIn(signedData),
  };
}

/** The one SignerInfo. */
function signerOf(signedData: DerValue): DerValue {
  const infos = signedData.children.at(-1);
  if (infos?.tag !== TAG.set) throw malformed(WHAT, "it has no signer");
  // RFC 3161, section 2.4.2: "The time-stamp token MUST NOT contain any signatures other than the signature of the TSA."
  return only(infos.children, "signer");
}

function encapsulated(signedData: DerValue): Uint8Array {
  const info = signedData.children[2];
  const [type, explicit] = partsOf(info, "EncapsulatedContentInfo", [TAG.objectIdentifier, TAG.context0]);
  // "The eContentType … id-ct-TSTInfo"
  if (oidOf(type) !== id_ct_tstInfo) throw malformed(WHAT, "what it signs is no TSTInfo");
  const content = only(explicit.children, "TSTInfo");
  if (content.tag !== TAG.octetString) throw malformed(WHAT, "its TSTInfo is not in one piece");
  return content.contents;
}

/** RFC 5652, section 5.4: "a separate encoding of the signedAttrs field is performed for message digest calculation. The IMPLICIT [0] tag … is not used". */
function asSet(attributes: DerValue): Uint8Array {
  const set = attributes.bytes.slice();
  set[0] = TAG.set;
  return set;
}

function attributesIn(set: DerValue): ReadonlyMap<string, DerValue> {
  const found = new Map<string, DerValue>();
  for (const attribute of set.children) {
    const [type, values] = partsOf(attribute, "signed attribute", [TAG.objectIdentifier, TAG.set]);
    const oid = oidOf(type);
    // RFC 5652, section 11: "The SignedAttributes … MUST NOT include multiple instances" of content type, message digest
    // and the like; a second one could only contradict the first.
    if (found.has(oid)) throw malformed(WHAT, "a signed attribute is there twice");
    found.set(oid, only(values.children, "value of a signed attribute"));
  }
  return found;
}

function certificatesIn(signedData: DerValue): readonly Uint8Array[] {
  const set = signedData.children.find(({ tag }) => tag === TAG.context0);
  const certificates = (set?.children ?? []).filter(({ tag }) => tag === TAG.sequence);
  if (certificates.length > CERTIFICATES)
    throw malformed(WHAT, `it brings more than ${CERTIFICATES} certificates`);
  return certificates.map(({ bytes }) => bytes);
}

/**
 * RFC 3161, section 2.4.2: "GeneralizedTime values MUST include seconds … The syntax is: YYYYMMDDhhmmss[.s...]Z". Read here and not by
 * the library, which takes a time without its Z for local time.
 */
function generatedAt(info: Uint8Array): number {
  const value = readDer(info, "TSTInfo of the timestamp").children[4];
  const text = value?.tag === TAG.generalizedTime ? new TextDecoder().decode(value.contents) : "";
  const [, year, month, day, hour, minute, second, fraction = ""] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? [];
  const millis = fraction.slice(0, 3).padEnd(3, "0");
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`);
  if (Number.isNaN(at)) throw malformed(WHAT, "its time is not a time in UTC with seconds");
  return at;
}

/** The members of a SEQUENCE that starts with these tags; further members are refused. */
function partsOf<const T extends readonly number[]>(
  value: DerValue | undefined,
  what: string,
  tags: T,
): { [K in keyof T]: DerValue } {
  const children = value?.tag === TAG.sequence ? value.children : [];
  if (children.length !== tags.length || !tags.every((tag, index) => children[index]?.tag === tag))
    throw malformed(WHAT, `its ${what} has another form`);
  return children as { [K in keyof T]: DerValue };
}

function only(values: readonly DerValue[], what: string): DerValue {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) throw malformed(WHAT, `it must have exactly one ${what}`);
  return value;
}
