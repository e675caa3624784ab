import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { keyCache } from "./cache.ts";
import { AES_TAG_BYTES, assertAes, assertSeed } from "./checks.ts";
import type { FrankingCrypto } from "./crypto.ts";
import { isUnfit, pkcs8Of } from "./ed25519.ts";

/** Signers and verifiers that come back: a hub's few keys and the devices that are writing just now. */
const CACHED_KEYS = 512;
const privateKeys = keyCache<KeyObject>(CACHED_KEYS);
const publicKeys = keyCache<KeyObject | null>(CACHED_KEYS);

/** `FrankingCrypto` on node:crypto. Every answer is there at once. */
export const nodeCrypto = {
  sha256(data: Uint8Array): Uint8Array {
    return plain(hash("sha256", data, "buffer"));
  },
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
    return plain(createHmac("sha256", secretKey(key)).update(data).digest());
  },
  hkdf(secret: Uint8Array, info: string, length: number): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), info, length));
  },
  publicKeyOf(privateKey: Uint8Array): Uint8Array {
    const spki = createPublicKey(keyOfSeed(privateKey)).export({ type: "spki", format: "der" });
    return Uint8Array.from(spki.subarray(-32));
  },
  sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array {
    return plain(sign(null, message, keyOfSeed(privateKey)));
  },
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (isUnfit(publicKey, signature)) return false;
    const key = publicKeys.get(publicKey, () => importPublic(publicKey));
    return key !== null && verify(null, message, key, signature);
  },
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    assertAes(key, nonce);
    const cipher = createCipheriv("aes-256-gcm", secretKey(key), nonce).setAAD(aad);
    const sealed = new Uint8Array(plaintext.length + AES_TAG_BYTES);
    sealed.set(cipher.update(plaintext));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plaintext.length);
    return sealed;
  },
  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
    assertAes(key, nonce);
    if (ciphertext.length < AES_TAG_BYTES) return null;
    const at = ciphertext.length - AES_TAG_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", secretKey(key), nonce, { authTagLength: AES_TAG_BYTES })
      .setAAD(aad)
      .setAuthTag(ciphertext.subarray(at));
    const plaintext = decipher.update(ciphertext.subarray(0, at));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return plain(plaintext);
  },
  random(length: number): Uint8Array {
    return plain(randomBytes(length));
  },
} satisfies FrankingCrypto;

/** node:crypto takes a key's bytes as they are, but then asks first whether they are not a key, which costs more than an HMAC. */
function secretKey(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes);
}

function keyOfSeed(seed: Uint8Array): KeyObject {
  assertSeed(seed);
  return privateKeys.get(seed, () =>
    createPrivateKey({ key: Buffer.from(pkcs8Of(seed)), format: "der", type: "pkcs8" }),
  );
}

/** null for 32 bytes that are no point of the curve. */
function importPublic(publicKey: Uint8Array): KeyObject | null {
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") };
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}

/** A plain array over the same memory: a Buffer's `slice` shares memory where an array's copies. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
