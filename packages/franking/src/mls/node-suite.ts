import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { makeGenericHpke } from "ts-mls/crypto/implementation/hpke.js";
import { suiteName } from "./ids.ts";
import type { Suite } from "./suite.ts";

/** PKCS#8 and SubjectPublicKeyInfo of Ed25519 and X25519 keys (RFC 8410, sections 4 and 7) without the key's 32 bytes. */
const x25519Head = Buffer.from("302e020100300506032b656e04220420", "hex");
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiHead = Buffer.from("302a300506032b6570032100", "hex");

const tagLength = 16;

/**
 * Suite 1 on node:crypto. Every step of a message is one synchronous call: WebCrypto would go through the thread pool a dozen
 * times a message, which costs several times what the cryptography does (e2ee.md 3.2). Key agreement, which only commits and
 * welcomes need, stays with @hpke/core.
 */
export async function nodeSuite(): Promise<Suite> {
  const aead = {
    encrypt: async (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array) => {
      const cipher = createCipheriv("aes-128-gcm", key, nonce);
      cipher.setAAD(aad);
      return bytes(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
    },
    decrypt: async (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array) => {
      if (ciphertext.length < tagLength) throw new Error("the ciphertext is shorter than its tag");
      const decipher = createDecipheriv("aes-128-gcm", key, nonce, { authTagLength: tagLength });
      decipher.setAAD(aad);
      decipher.setAuthTag(ciphertext.subarray(-tagLength));
      return bytes(Buffer.concat([decipher.update(ciphertext.subarray(0, -tagLength)), decipher.final()]));
    },
  };
  return {
    name: suiteName,
    hash: {
      digest: async (data) => bytes(createHash("sha256").update(data).digest()),
      mac: async (key, data) => hmac(key, data),
      verifyMac: async (key, tag, data) => tag.length === 32 && timingSafeEqual(hmac(key, data), tag),
    },
    kdf: {
      size: 32,
      extract: async (salt, ikm) => hmac(salt, ikm),
      expand: async (prk, info, length) => expand(prk, info, length),
    },
    signature: {
      sign: async (seed, message) =>
        bytes(
          sign(
            null,
            message,
            createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: "der", type: "pkcs8" }),
          ),
        ),
      verify: async (publicKey, message, signature) =>
        verify(
          null,
          message,
          createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: "der", type: "spki" }),
          signature,
        ),
      keygen: async () => {
        const pair = generateKeyPairSync("ed25519", {
          privateKeyEncoding: { format: "der", type: "pkcs8" },
          publicKeyEncoding: { format: "der", type: "spki" },
        });
        return {
          signKey: bytes(pair.privateKey.subarray(pkcs8Head.length)),
          publicKey: bytes(pair.publicKey.subarray(spkiHead.length)),
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
      const key = createPrivateKey({
        key: Buffer.concat([x25519Head, privateKey]),
        format: "der",
        type: "pkcs8",
      });
      return bytes(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32));
    },
    rng: { randomBytes: (length) => bytes(randomBytes(length)) },
  };
}

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return bytes(createHmac("sha256", key).update(data).digest());
}

/** HKDF-Expand (RFC 5869, section 2.3). */
function expand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const blocks: Buffer[] = [];
  for (let index = 1; (index - 1) * 32 < length; index++) {
    const mac = createHmac("sha256", prk);
    const previous = blocks.at(-1);
    if (previous !== undefined) mac.update(previous);
    blocks.push(mac.update(info).update(Uint8Array.of(index)).digest());
  }
  return bytes(Buffer.concat(blocks).subarray(0, length));
}

/** The library holds plain arrays; a Buffer's `slice` would give it views where it wants copies. */
function bytes(buffer: Buffer): Uint8Array {
  return Uint8Array.from(buffer);
}
