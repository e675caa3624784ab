import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { makeGenericHpke } from "ts-mls/crypto/implementation/hpke.js";
import { suiteName } from "./ids.ts";
import { remembered } from "./remembered.ts";
import type { Suite } from "./suite.ts";

/** PKCS#8 of an Ed25519 or X25519 private key (RFC 8410, section 7) without the key's 32 bytes. */
const pkcs8Head = (algorithm: 0x6e | 0x70) =>
  Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, algorithm, 4, 0x22, 4, 0x20);
const ed25519Head = pkcs8Head(0x70);
const x25519Head = pkcs8Head(0x6e);

/**
 * Suite 1 on WebCrypto, as browsers and Node have it, with SHA-256 from @noble/hashes. It names only what suite 1 needs: the
 * library's own provider reaches for packages of other suites, which a bundler would have to resolve.
 */
export async function webSuite(): Promise<Suite> {
  const { subtle } = crypto;
  const aes = (key: Uint8Array, use: "encrypt" | "decrypt") =>
    subtle.importKey("raw", own(key), "AES-GCM", false, [use]);
  // A room's keys are the same arrays from one message to the next.
  const signingKey = remembered((seed: Uint8Array) =>
    subtle.importKey("pkcs8", own(Uint8Array.of(...ed25519Head, ...seed)), "Ed25519", false, ["sign"]),
  );
  const verifyingKey = remembered((key: Uint8Array) =>
    subtle.importKey("raw", own(key), "Ed25519", false, ["verify"]),
  );
  const aead = {
    encrypt: async (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array) =>
      new Uint8Array(
        await subtle.encrypt(
          { name: "AES-GCM", iv: own(nonce), additionalData: own(aad) },
          await aes(key, "encrypt"),
          own(plaintext),
        ),
      ),
    decrypt: async (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array) =>
      new Uint8Array(
        await subtle.decrypt(
          { name: "AES-GCM", iv: own(nonce), additionalData: own(aad) },
          await aes(key, "decrypt"),
          own(ciphertext),
        ),
      ),
  };
  return {
    name: suiteName,
    // Small inputs, a dozen for each message: WebCrypto would take four times as long for each to go out and come back.
    hash: {
      digest: async (data) => sha256(data),
      mac: async (key, data) => hmac(sha256, key, data),
      verifyMac: async (key, tag, data) => isSameSecret(hmac(sha256, key, data), tag),
    },
    kdf: {
      size: 32,
      extract: async (salt, ikm) => extract(sha256, ikm, salt),
      expand: async (prk, info, length) => expand(sha256, prk, info, length),
    },
    signature: {
      sign: async (seed, message) =>
        new Uint8Array(await subtle.sign("Ed25519", await signingKey(seed), own(message))),
      verify: async (publicKey, message, signature) =>
        subtle.verify("Ed25519", await verifyingKey(publicKey), own(signature), own(message)),
      keygen: async () => {
        const pair = await subtle.generateKey("Ed25519", true, ["sign", "verify"]);
        if (!("privateKey" in pair)) throw new Error("this machine's WebCrypto makes no Ed25519 key pairs");
        const [pkcs8, raw] = await Promise.all([
          subtle.exportKey("pkcs8", pair.privateKey),
          subtle.exportKey("raw", pair.publicKey),
        ]);
        return {
          signKey: new Uint8Array(pkcs8, ed25519Head.length, 32).slice(),
          publicKey: new Uint8Array(raw),
        };
      },
    },
    hpke: await makeGenericHpke(
      { kem: "DHKEM-X25519-HKDF-SHA256", kdf: "HKDF-SHA256", aead: "AES128GCM" },
      aead,
      new CipherSuite({
        kem: new DhkemX25519HkdfSha256(),
        kdf: new HkdfSha256(),
        aead: new Aes128Gcm(),
      }),
    ),
    x25519PublicOf: async (privateKey) => {
      const key = await subtle.importKey(
        "pkcs8",
        own(Uint8Array.of(...x25519Head, ...privateKey)),
        "X25519",
        true,
        ["deriveBits"],
      );
      const { x } = await subtle.exportKey("jwk", key);
      return Uint8Array.from(atob((x ?? "").replaceAll("-", "+").replaceAll("_", "/")), (one) =>
        one.charCodeAt(0),
      );
    },
    rng: { randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  };
}

/** In time that does not depend on where two MACs differ. */
function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/** WebCrypto takes no view of memory that threads share; nothing here is one, and a copy would be the right answer if it were. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}
