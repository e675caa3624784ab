import { gcm } from "@noble/ciphers/aes.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac as hmacOf } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, u8, varBytes, varText } from "./tls.ts";

// All of it from @noble: what the verifier under test asks of node:crypto comes from elsewhere here.

export { sha256 };

const utf8 = new TextEncoder();

export function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return hmacOf(sha256, key, data);
}

/** HKDF-SHA-256 without salt, 32 bytes. */
export function derive(secret: Uint8Array, info: string): Uint8Array {
  return hkdf(sha256, secret, undefined, utf8.encode(info), 32);
}

/** Ed25519 as RFC 8032, section 5.1.7 has it; false for whatever is no key or no signature. */
export function isSigned(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** RFC 9420, section 5.1.2: VerifyWithLabel. */
export function isSignedAs(
  label: string,
  publicKey: Uint8Array,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  return isSigned(publicKey, concat(varText(`MLS 1.0 ${label}`), varBytes(content)), signature);
}

/** AES-256-GCM; null for what does not authenticate. */
export function decrypt(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  try {
    return gcm(key, nonce).decrypt(ciphertext);
  } catch {
    return null;
  }
}

export function encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return gcm(key, nonce).encrypt(plaintext);
}

/** RFC 6962, section 2.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(u8(0), entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(u8(1), left, right));
}
