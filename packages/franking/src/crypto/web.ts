import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesOfBase64url, concatBytes } from "./bytes.ts";
import { keyCache } from "./cache.ts";
import { AES_TAG_BYTES, assertAes, assertSeed } from "./checks.ts";
import type { FrankingCrypto } from "./crypto.ts";
import { isUnfit, pkcs8Of } from "./ed25519.ts";

/** A browser knows the devices of the rooms that are open in it. */
const CACHED_KEYS = 256;
/**
 * Hashing this much here takes less time than handing it to WebCrypto's thread and back: 1 KiB takes some 10 microseconds, the
 * way there and back 40 and more, and several times that on a busy machine.
 */
const SHORT_BYTES = 16_384;
/** W3C Web Cryptography, getRandomValues: QuotaExceededError above this many bytes. */
const RANDOM_QUOTA_BYTES = 65_536;

type Imported = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * `FrankingCrypto` on WebCrypto, for browsers that have Ed25519 in it (others reject with `NotSupportedError`). Imported signature
 * keys are kept, the last 256 of each kind.
 */
export function webCrypto(): FrankingCrypto {
  const { subtle } = crypto;
  const privateKeys = keyCache<Promise<Imported>>(CACHED_KEYS);
  const publicKeys = keyCache<Promise<Imported | null>>(CACHED_KEYS);

  function keyOfSeed(seed: Uint8Array): Promise<Imported> {
    return privateKeys.get(seed, () =>
      subtle.importKey("pkcs8", pkcs8Of(seed), { name: "Ed25519" }, true, ["sign"]),
    );
  }
  function keyOfPoint(point: Uint8Array): Promise<Imported | null> {
    return publicKeys.get(point, () =>
      subtle.importKey("raw", own(point), { name: "Ed25519" }, false, ["verify"]).catch(noKey),
    );
  }

  async function digest(data: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await subtle.digest("SHA-256", own(data)));
  }
  async function longHmac(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const imported = await subtle.importKey("raw", own(key), algorithm, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", imported, own(data)));
  }

  return {
    sha256: (data) => (data.length <= SHORT_BYTES ? sha256(data) : digest(data)),
    hmac: (key, data) => (data.length <= SHORT_BYTES ? hmac(sha256, key, data) : longHmac(key, data)),
    async hkdf(secret, info, length) {
      const imported = await subtle.importKey("raw", own(secret), "HKDF", false, ["deriveBits"]);
      const algorithm = {
        name: "HKDF",
        hash: "SHA-256",
        salt: new Uint8Array(),
        info: new TextEncoder().encode(info),
      };
      return new Uint8Array(await subtle.deriveBits(algorithm, imported, length * 8));
    },
    async publicKeyOf(privateKey) {
      assertSeed(privateKey);
      // WebCrypto has no other way from a private key to its public one than to write both down.
      const { x } = await subtle.exportKey("jwk", await keyOfSeed(privateKey));
      const point = bytesOfBase64url(x ?? "");
      if (point?.length !== 32)
        throw new TypeError("WebCrypto exported an Ed25519 key without its public half");
      return point;
    },
    async sign(privateKey, message) {
      assertSeed(privateKey);
      return new Uint8Array(await subtle.sign("Ed25519", await keyOfSeed(privateKey), own(message)));
    },
    async verify(publicKey, message, signature) {
      if (isUnfit(publicKey, signature)) return false;
      const key = await keyOfPoint(publicKey);
      return key !== null && subtle.verify("Ed25519", key, own(signature), own(message));
    },
    async seal(key, nonce, aad, plaintext) {
      assertAes(key, nonce);
      const imported = await subtle.importKey("raw", own(key), "AES-GCM", false, ["encrypt"]);
      return new Uint8Array(await subtle.encrypt(gcm(nonce, aad), imported, own(plaintext)));
    },
    async open(key, nonce, aad, ciphertext) {
      assertAes(key, nonce);
      if (ciphertext.length < AES_TAG_BYTES) return null;
      const imported = await subtle.importKey("raw", own(key), "AES-GCM", false, ["decrypt"]);
      const plaintext = await subtle.decrypt(gcm(nonce, aad), imported, own(ciphertext)).catch(() => null);
      return plaintext === null ? null : new Uint8Array(plaintext);
    },
    random(length) {
      const parts: Uint8Array[] = [];
      for (let left = length; left > 0; left -= RANDOM_QUOTA_BYTES)
        parts.push(crypto.getRandomValues(new Uint8Array(Math.min(left, RANDOM_QUOTA_BYTES))));
      return concatBytes(...parts);
    },
  };
}

/** Bytes that are no point are no key; but a browser that has no Ed25519 must not look as if every signature were forged. */
function noKey(cause: unknown): null {
  if (cause instanceof DOMException && cause.name === "DataError") return null;
  throw cause;
}

function gcm(nonce: Uint8Array, aad: Uint8Array) {
  return { name: "AES-GCM", iv: own(nonce), additionalData: own(aad), tagLength: AES_TAG_BYTES * 8 };
}

/** WebCrypto refuses memory that another thread could change under its hands. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isOwn(bytes) ? bytes : new Uint8Array(bytes);
}

function isOwn(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
