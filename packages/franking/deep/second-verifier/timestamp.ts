import { certificatesIn, extensionsOf, isTrusted, readCertificate } from "./certificate.ts";
import { type Der, der, elements, integerOf, membersOf, momentOf, oidOf, TAG, valueOf } from "./der.ts";
import { sha256 } from "./primitives.ts";
import { Refused } from "./refused.ts";
import { hashNamed, isSignedBy } from "./signature.ts";
import { concat, equal } from "./tls.ts";

const SIGNED_DATA = "2a864886f70d010702";
const TST_INFO = "2a864886f70d0109100104";
const CONTENT_TYPE = "2a864886f70d010903";
const MESSAGE_DIGEST = "2a864886f70d010904";
const SIGNING_CERTIFICATE_V2 = "2a864886f70d010910022f";
/** Two clocks differ by so much at most. */
const AHEAD_MS = 5 * 60_000;

/**
 * By when something existed, by an RFC 3161 token: its time and how far off that may be, in milliseconds since 1970.
 * @throws Refused for a token that does not hold, is over something else, by nobody trusted, or from a time to come
 */
export function existedBy(
  token: Uint8Array,
  digest: Uint8Array,
  roots: readonly Uint8Array[],
  now: number,
): number {
  const [type, content, ...more] = membersOf(der(token));
  if (oidOf(type) !== SIGNED_DATA || more.length > 0) throw new Refused("no signed data");
  const [version, , encapsulated, ...sets] = membersOf(der(valueOf(content, 0xa0)));
  integerOf(version);
  const [infoType, infoOctets] = membersOf(encapsulated);
  if (oidOf(infoType) !== TST_INFO) throw new Refused("no timestamp");
  const info = valueOf(der(valueOf(infoOctets, 0xa0)), TAG.octets);
  const certificates = certificatesIn(sets.find(({ tag }) => tag === 0xa0));
  const [signer, ...others] = membersOf(sets.at(-1), TAG.set);
  if (signer === undefined || others.length > 0) throw new Refused("not one signature");
  const time = readInfo(info, digest);
  const certHash = checkSigner(signer, info, certificates);
  const own = certificates.find(({ whole }) => equal(certHash.hash(whole), certHash.value));
  if (own === undefined || !own.isAuthority) throw new Refused("a certificate that is not for timestamps");
  if (!isTrusted(own, certificates, roots.map(readCertificate), time.at))
    throw new Refused("trusted by nobody");
  if (time.at > now + AHEAD_MS) throw new Refused("a time to come");
  return time.at + time.accuracyMs;
}

/** TSTInfo, RFC 3161, section 2.4.2. */
function readInfo(info: Uint8Array, digest: Uint8Array): { at: number; accuracyMs: number } {
  const [version, policy, imprint, serial, generated, accuracy, ...more] = membersOf(der(info));
  if (integerOf(version) !== 1n) throw new Refused("another version");
  oidOf(policy);
  integerOf(serial);
  const [algorithm, hashed] = membersOf(imprint);
  if (hashNamed(algorithm) !== sha256 || !equal(valueOf(hashed, TAG.octets), digest))
    throw new Refused("over something else");
  // RFC 3161, section 2.4.2: [1] are extensions; a critical one could change what the token says.
  const extensions = [accuracy, ...more].find((one) => one?.tag === 0xa1);
  if (extensions !== undefined && Array.from(extensionsOf(extensions)).some(([, one]) => one.isCritical))
    throw new Refused("a critical extension");
  const at = momentOf(generated);
  if (accuracy?.tag !== TAG.sequence) return { at, accuracyMs: 0 };
  const parts = elements(accuracy.value);
  const partOf = (tag: number): number => {
    const part = parts.find((one) => one.tag === tag);
    return part === undefined ? 0 : Number(integerOf(part, tag));
  };
  return { at, accuracyMs: partOf(TAG.integer) * 1000 + partOf(0x80) + Math.ceil(partOf(0x81) / 1000) };
}

/** RFC 5652, section 5.4, and RFC 5035, section 3. @returns how the signing certificate is named in what was signed */
function checkSigner(
  signer: Der,
  info: Uint8Array,
  certificates: ReturnType<typeof certificatesIn>,
): { hash: (message: Uint8Array) => Uint8Array; value: Uint8Array } {
  const [version, , digestAlgorithm, attributes, algorithm, signature] = membersOf(signer);
  integerOf(version);
  const hash = hashNamed(digestAlgorithm);
  const signed = new Map<string, Der>();
  for (const attribute of elements(valueOf(attributes, 0xa0))) {
    const [oid, values] = membersOf(attribute);
    const [value, ...others] = membersOf(values, TAG.set);
    if (signed.has(oidOf(oid)) || others.length > 0 || value === undefined)
      throw new Refused("an attribute twice, or without a value");
    signed.set(oidOf(oid), value);
  }
  const isAbout =
    oidOf(signed.get(CONTENT_TYPE)) === TST_INFO &&
    equal(valueOf(signed.get(MESSAGE_DIGEST), TAG.octets), hash(info));
  if (!isAbout) throw new Refused("a signature over something else");
  const [named] = membersOf(membersOf(signed.get(SIGNING_CERTIFICATE_V2))[0]);
  const [first, second] = membersOf(named);
  const certHash =
    first?.tag === TAG.octets
      ? { hash: sha256, value: first.value }
      : { hash: hashNamed(first), value: valueOf(second, TAG.octets) };
  // The signature covers the attributes as a SET, not as the [0] that stands here.
  const message = concat(Uint8Array.of(TAG.set), (attributes as Der).whole.subarray(1));
  const own = certificates.find(({ whole }) => equal(certHash.hash(whole), certHash.value));
  const isRight =
    own !== undefined && isSignedBy(own.spki, algorithm, hash, message, valueOf(signature, TAG.octets));
  if (!isRight) throw new Refused("a signature that is not right");
  return certHash;
}
