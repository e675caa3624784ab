import { createHash, randomBytes, sign, timingSafeEqual, verify } from "node:crypto";
import { hpkeOf } from "./hpke.ts";
import { suiteName } from "./ids.ts";
import { agree, curve, gcm, hkdf, hmac, plain } from "./node-primitives.ts";
import { remembered } from "./remembered.ts";
import type { Suite } from "./suite.ts";

const sha256 = hkdf("sha256", 32);
const x25519 = curve("x25519", 0x6e, 32);
const ed25519 = curve("ed25519", 0x70, 32);

// A room's keys are the same arrays from one message to the next, and reading a key costs as much as signing with it.
const signingKey = remembered((seed: Uint8Array) => ed25519.privateKey(seed));
const verifyingKey = remembered((key: Uint8Array) => ed25519.publicKey(key));

/**
 * Suite 1 on node:crypto. Every step is one synchronous call: WebCrypto would go through the thread pool a dozen times a
 * message, which costs several times what the cryptography does (e2ee.md 3.2).
 */
export function nodeSuite(): Suite {
  return {
    name: suiteName,
    hash: {
      digest: async (data) => plain(createHash("sha256").update(data).digest()),
      mac: async (key, data) => hmac("sha256", key, data),
      verifyMac: async (key, tag, data) =>
        tag.length === 32 && timingSafeEqual(hmac("sha256", key, data), tag),
    },
    kdf: {
      size: sha256.size,
      extract: async (salt, ikm) => sha256.extract(salt, ikm),
      expand: async (prk, info, length) => sha256.expand(prk, info, length),
    },
    signature: {
      sign: async (seed, message) => plain(sign(null, message, signingKey(seed))),
      verify: async (publicKey, message, signature) =>
        verify(null, message, verifyingKey(publicKey), signature),
      keygen: async () => {
        const signKey = ed25519.generate();
        return { signKey, publicKey: ed25519.publicOf(signKey) };
      },
    },
    hpke: hpkeOf({
      kem: {
        id: 0x0020,
        hash: sha256,
        secretLength: 32,
        generate: () => x25519.generate(),
        publicOf: (privateKey) => x25519.publicOf(privateKey),
        dh: (privateKey, publicKey) => agree(x25519, privateKey, publicKey),
        derive: (expand) => expand("sk", new Uint8Array(0), 32),
      },
      kdf: { id: 0x0001, hash: sha256 },
      aead: gcm(0x0001, "aes-128-gcm", 16),
    }),
    x25519PublicOf: async (privateKey) => x25519.publicOf(privateKey),
    rng: { randomBytes: (length) => plain(randomBytes(length)) },
  };
}
