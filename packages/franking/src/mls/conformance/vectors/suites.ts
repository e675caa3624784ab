import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  ECDH,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import type { CiphersuiteImpl, CiphersuiteName } from "ts-mls";
import { hpkeOf, type Aead, type Hkdf, type Kem, type LabeledExpand } from "../../hpke.ts";
import { nodeSuite } from "../../node-suite.ts";
import { agree, curve, gcm, hkdf, hmac, plain, type Curve } from "../../node-primitives.ts";

// The seven suites of RFC 9420, section 17.1. Fairlead speaks the first; the vectors show that what the suites share is right.

interface Parts {
  readonly name: CiphersuiteName;
  readonly hash: "sha256" | "sha384" | "sha512";
  readonly kem: Kem;
  readonly kdfId: number;
  readonly aead: Aead;
  readonly signature: CiphersuiteImpl["signature"];
}

const sizes = { sha256: 32, sha384: 48, sha512: 64 } as const;
const [sha256, sha384, sha512] = [hkdf("sha256", 32), hkdf("sha384", 48), hkdf("sha512", 64)];
const aes128 = gcm(0x0001, "aes-128-gcm", 16);
const aes256 = gcm(0x0002, "aes-256-gcm", 32);
const ed25519 = edwards(curve("ed25519", 0x70, 32));
const ed448 = edwards(curve("ed448", 0x71, 57));
const x448 = montgomery(0x0021, curve("x448", 0x6f, 56), sha512, 64);

/** @throws if the number is none of RFC 9420's */
export function suiteOf(id: number): CiphersuiteImpl {
  switch (id) {
    case 1:
      return nodeSuite();
    case 2:
      return from({
        name: "MLS_128_DHKEMP256_AES128GCM_SHA256_P256",
        hash: "sha256",
        kem: weierstrass(0x0010, "prime256v1", sha256, 32, 0xff),
        kdfId: 1,
        aead: aes128,
        signature: ecdsa("sha256", "prime256v1", "P-256"),
      });
    case 3:
      return from({
        name: "MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519",
        hash: "sha256",
        kem: montgomery(0x0020, curve("x25519", 0x6e, 32), sha256, 32),
        kdfId: 1,
        aead: chacha(),
        signature: ed25519,
      });
    case 4:
      return from({
        name: "MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448",
        hash: "sha512",
        kem: x448,
        kdfId: 3,
        aead: aes256,
        signature: ed448,
      });
    case 5:
      return from({
        name: "MLS_256_DHKEMP521_AES256GCM_SHA512_P521",
        hash: "sha512",
        kem: weierstrass(0x0012, "secp521r1", sha512, 66, 0x01),
        kdfId: 3,
        aead: aes256,
        signature: ecdsa("sha512", "secp521r1", "P-521"),
      });
    case 6:
      return from({
        name: "MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448",
        hash: "sha512",
        kem: x448,
        kdfId: 3,
        aead: chacha(),
        signature: ed448,
      });
    case 7:
      return from({
        name: "MLS_256_DHKEMP384_AES256GCM_SHA384_P384",
        hash: "sha384",
        kem: weierstrass(0x0011, "secp384r1", sha384, 48, 0xff),
        kdfId: 2,
        aead: aes256,
        signature: ecdsa("sha384", "secp384r1", "P-384"),
      });
    default:
      throw new Error(`there is no cipher suite ${id}`);
  }
}

function from({ name, hash, kem, kdfId, aead, signature }: Parts): CiphersuiteImpl {
  const kdf = hkdf(hash, sizes[hash]);
  return {
    name,
    hash: {
      digest: async (data) => plain(createHash(hash).update(data).digest()),
      mac: async (key, data) => hmac(hash, key, data),
      verifyMac: async (key, tag, data) => Buffer.from(tag).equals(hmac(hash, key, data)),
    },
    kdf: {
      size: kdf.size,
      extract: async (salt, ikm) => kdf.extract(salt, ikm),
      expand: async (prk, info, length) => kdf.expand(prk, info, length),
    },
    signature,
    hpke: hpkeOf({ kem, kdf: { id: kdfId, hash: kdf }, aead }),
    rng: { randomBytes: (length) => plain(randomBytes(length)) },
  };
}

function montgomery(id: number, on: Curve, hash: Hkdf, secretLength: number): Kem {
  return {
    id,
    hash,
    secretLength,
    generate: () => on.generate(),
    publicOf: (privateKey) => on.publicOf(privateKey),
    dh: (privateKey, publicKey) => agree(on, privateKey, publicKey),
    derive: (expand) => expand("sk", new Uint8Array(0), on.length),
  };
}

/** The NIST curves of RFC 9180, section 7.1; `mask` is for the first byte of a candidate. */
function weierstrass(id: number, name: string, hash: Hkdf, length: number, mask: number): Kem {
  const keyOf = (privateKey: Uint8Array): ECDH => {
    const key = createECDH(name);
    key.setPrivateKey(privateKey);
    return key;
  };
  return {
    id,
    hash,
    secretLength: hash.size,
    generate: () => {
      const key = createECDH(name);
      key.generateKeys();
      return padded(key.getPrivateKey(), length);
    },
    publicOf: (privateKey) => plain(keyOf(privateKey).getPublicKey()),
    dh: (privateKey, publicKey) => padded(keyOf(privateKey).computeSecret(publicKey), length),
    derive: (expand: LabeledExpand) => {
      for (let counter = 0; counter < 256; counter++) {
        const candidate = expand("candidate", Uint8Array.of(counter), length);
        candidate[0] = (candidate[0] ?? 0) & mask;
        try {
          keyOf(candidate);
          return candidate;
        } catch {
          // Not below the group's order: the next one.
        }
      }
      throw new Error("no key pair can be derived");
    },
  };
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const all = new Uint8Array(length);
  all.set(bytes, length - bytes.length);
  return all;
}

function chacha(): Aead {
  const tagLength = 16;
  return {
    id: 0x0003,
    keyLength: 32,
    nonceLength: 12,
    seal: (key, nonce, aad, plaintext) => {
      const sealing = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagLength });
      sealing.setAAD(aad, { plaintextLength: plaintext.length });
      return plain(Buffer.concat([sealing.update(plaintext), sealing.final(), sealing.getAuthTag()]));
    },
    open: (key, nonce, aad, ciphertext) => {
      const opening = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagLength });
      const body = ciphertext.subarray(0, -tagLength);
      opening.setAAD(aad, { plaintextLength: body.length });
      opening.setAuthTag(ciphertext.subarray(-tagLength));
      return plain(Buffer.concat([opening.update(body), opening.final()]));
    },
  };
}

function edwards(on: Curve): CiphersuiteImpl["signature"] {
  return {
    sign: async (seed, message) => plain(sign(null, message, on.privateKey(seed))),
    verify: async (publicKey, message, signature) =>
      verify(null, message, on.publicKey(publicKey), signature),
    keygen: async () => {
      const signKey = on.generate();
      return { signKey, publicKey: on.publicOf(signKey) };
    },
  };
}

/** ECDSA with signatures in DER (RFC 8446, section 4.2.3), public keys as uncompressed points. */
function ecdsa(hash: string, name: string, crv: string): CiphersuiteImpl["signature"] {
  const jwk = (point: Uint8Array): { kty: "EC"; crv: string; x: string; y: string } => {
    const half = (point.length - 1) / 2;
    const part = (at: number) => Buffer.from(point.subarray(at, at + half)).toString("base64url");
    return { kty: "EC", crv, x: part(1), y: part(1 + half) };
  };
  const privateKey = (scalar: Uint8Array): KeyObject => {
    const key = createECDH(name);
    key.setPrivateKey(scalar);
    const point = key.getPublicKey();
    const d = Buffer.from(padded(scalar, (point.length - 1) / 2)).toString("base64url");
    return createPrivateKey({ key: { ...jwk(point), d }, format: "jwk" });
  };
  return {
    sign: async (scalar, message) => plain(sign(hash, message, privateKey(scalar))),
    verify: async (point, message, signature) =>
      verify(hash, message, createPublicKey({ key: jwk(point), format: "jwk" }), signature),
    keygen: async () => {
      const key = createECDH(name);
      key.generateKeys();
      return { signKey: plain(key.getPrivateKey()), publicKey: plain(key.getPublicKey()) };
    },
  };
}
