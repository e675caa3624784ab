import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
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
 * Suite 1 on WebCrypto, as browsers and Node have it. It names only what suite 1 needs: the library's own provider reaches for
 * packages of other suites, which a bundler would have to resolve.
 */
export async function webSuite(): Promise<Suite> {
  const { subtle } = crypto;
  const aes = (key: Uint8Array, use: "encrypt" | "decrypt") =>
    subtle.importKey("raw", own(key), "AES-GCM", false, [use]);
  const mac = async (key: Uint8Array, data: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(
      await subtle.sign(
        "HMAC",
        await subtle.importKey("raw", own(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
        own(data),
      ),
    );
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
    hash: {
      digest: async (data) => new Uint8Array(await subtle.digest("SHA-256", own(data))),
      mac,
      verifyMac: async (key, tag, data) =>
        subtle.verify(
          "HMAC",
          await subtle.importKey("raw", own(key), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]),
          own(tag),
          own(data),
        ),
    },
    kdf: {
      size: 32,
      extract: (salt, ikm) => mac(salt.length === 0 ? new Uint8Array(32) : salt, ikm),
      expand: (prk, info, length) => expand(mac, prk, info, length),
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

/** HKDF-Expand (RFC 5869, section 2.3). WebCrypto's own HKDF always extracts first, which MLS does not want here. */
async function expand(
  mac: (key: Uint8Array, data: Uint8Array) => Promise<Uint8Array>,
  prk: Uint8Array,
  info: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const out = new Uint8Array(Math.ceil(length / 32) * 32);
  let block = new Uint8Array(0);
  for (let index = 0; index * 32 < length; index++) {
    const input = new Uint8Array(block.length + info.length + 1);
    input.set(block);
    input.set(info, block.length);
    input[input.length - 1] = index + 1;
    block = own(await mac(prk, input));
    out.set(block, index * 32);
  }
  return out.subarray(0, length);
}

/** WebCrypto takes no view of memory that threads share; nothing here is one, and a copy would be the right answer if it were. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}
