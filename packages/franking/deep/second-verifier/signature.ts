import { p256, p384 } from "@noble/curves/nist.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { elements, type Der, integerOf, membersOf, oidOf, TAG, valueOf } from "./der.ts";
import { isSigned } from "./primitives.ts";
import { Refused, unlessRefused } from "./refused.ts";
import { concat, equal } from "./tls.ts";

type Hash = (message: Uint8Array) => Uint8Array;

/** By OID in hex: RFC 5754, section 2. SHA-1 and older are not among them. */
const HASHES: Readonly<Record<string, Hash>> = {
  "608648016503040201": sha256,
  "608648016503040202": sha384,
  "608648016503040203": sha512,
};
const HASH_OIDS = new Map(Object.entries(HASHES).map(([oid, hash]) => [hash, oid]));

/** By OID in hex: which keys, and which hash if the algorithm names it (RFC 4055, 5758, 8410). */
const ALGORITHMS: Readonly<Record<string, { key: "rsa" | "ec" | "ed25519"; hash: Hash | null }>> = {
  "2a864886f70d010101": { key: "rsa", hash: null },
  "2a864886f70d01010b": { key: "rsa", hash: sha256 },
  "2a864886f70d01010c": { key: "rsa", hash: sha384 },
  "2a864886f70d01010d": { key: "rsa", hash: sha512 },
  "2a8648ce3d040302": { key: "ec", hash: sha256 },
  "2a8648ce3d040303": { key: "ec", hash: sha384 },
  "2a8648ce3d040304": { key: "ec", hash: sha512 },
  "2b6570": { key: "ed25519", hash: null },
};

/** @throws Refused for a hash that is not taken */
export function hashNamed(algorithm: Der | undefined): Hash {
  const found = HASHES[oidOf(membersOf(algorithm)[0])];
  if (found === undefined) throw new Refused("a hash that is not taken");
  return found;
}

/**
 * Whether a key (SubjectPublicKeyInfo) signed a message.
 * @param digest what the message was hashed with where the algorithm does not say it; must agree with it where it does
 * @throws Refused for algorithms that are not taken
 */
export function isSignedBy(
  spki: Der,
  algorithm: Der | undefined,
  digest: Hash | null,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const known = ALGORITHMS[oidOf(membersOf(algorithm)[0])];
  if (known === undefined) throw new Refused("an algorithm that is not taken");
  const [keyAlgorithm, bits] = membersOf(spki);
  const [keyOid, curve] = membersOf(keyAlgorithm);
  const key = valueOf(bits, TAG.bits).subarray(1);
  const hash = known.hash ?? digest;
  if (digest !== null && known.hash !== null && known.hash !== digest) return false;
  const type = oidOf(keyOid);
  // RFC 8419, section 3.1: SHA-512 stands beside Ed25519.
  const isOfPair = digest === null || digest === sha512;
  if (known.key === "ed25519") return type === "2b6570" && isOfPair && isSigned(key, message, signature);
  if (hash === null) return false;
  if (known.key === "rsa") return type === "2a864886f70d010101" && isRsa(key, hash, message, signature);
  const curves = [
    { oid: "2a8648ce3d030107", ecdsa: p256 },
    { oid: "2b81040022", ecdsa: p384 },
  ];
  const found = type === "2a8648ce3d0201" ? curves.find(({ oid }) => oid === oidOf(curve)) : undefined;
  return found !== undefined && isEcdsa(found.ecdsa, key, hash(message), signature);
}

function isEcdsa(ecdsa: typeof p256, key: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const size = ecdsa === p256 ? 32 : 48;
  const compact = unlessRefused(() => {
    const [r, s, ...more] = membersOf(elements(signature)[0]);
    if (more.length > 0) throw new Refused("more than r and s");
    return concat(...[r, s].map((part) => padded(integerOf(part), size)));
  });
  try {
    return compact !== null && ecdsa.verify(compact, digest, key, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

/** RFC 8017, section 8.2.2: RSASSA-PKCS1-v1_5, by comparing with the one encoding that is right; from 2048 bits. */
function isRsa(key: Uint8Array, hash: Hash, message: Uint8Array, signature: Uint8Array): boolean {
  const [modulus, exponent] = membersOf(elements(key)[0]).map((part) => integerOf(part));
  if (modulus === undefined || exponent === undefined) return false;
  const bits = modulus.toString(2).length;
  const size = Math.ceil(bits / 8);
  const given = BigInt(`0x0${Buffer.from(signature).toString("hex")}`);
  if (bits < 2048 || signature.length !== size || given >= modulus) return false;
  const digest = hash(message);
  const info = Buffer.from(`30${byteHex(digest.length + 17)}300d0609${HASH_OIDS.get(hash) ?? ""}0500`, "hex");
  const tail = concat(info, Uint8Array.of(TAG.octets, digest.length), digest);
  const filling = new Uint8Array(size - tail.length - 3).fill(0xff);
  return equal(
    padded(power(given, exponent, modulus), size),
    concat(Uint8Array.of(0, 1), filling, Uint8Array.of(0), tail),
  );
}

const byteHex = (value: number): string => value.toString(16).padStart(2, "0");

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Big-endian in so many bytes. @throws Refused for what has no such form */
function padded(value: bigint, size: number): Uint8Array {
  const digits = value.toString(16).padStart(2 * size, "0");
  if (value < 0n || digits.length > 2 * size) throw new Refused("a number that does not fit");
  return Uint8Array.from(Buffer.from(digits, "hex"));
}
