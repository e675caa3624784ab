/** A value that is there at once (node:crypto) or a little later (WebCrypto). */
export type Awaitable<T> = T | Promise<T>;

/**
 * What franking needs of a machine. Two drivers answer to the same promise: `@fairlead/franking/node` (synchronous) and
 * `@fairlead/franking/web` (WebCrypto). Private keys are 32-byte Ed25519 seeds (RFC 8032).
 */
export interface FrankingCrypto {
  sha256(data: Uint8Array): Awaitable<Uint8Array>;
  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  hmac(key: Uint8Array, data: Uint8Array): Awaitable<Uint8Array>;
  /** HKDF-SHA-256 (RFC 5869) with an empty salt. */
  hkdf(secret: Uint8Array, info: string, length: number): Awaitable<Uint8Array>;
  publicKeyOf(privateKey: Uint8Array): Awaitable<Uint8Array>;
  /** Ed25519 (RFC 8032), 64 bytes. */
  sign(privateKey: Uint8Array, message: Uint8Array): Awaitable<Uint8Array>;
  /** False for anything that is no signature or no key; never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
  /** AES-256-GCM; the 16-byte tag stands behind the ciphertext. */
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Awaitable<Uint8Array>;
  /** null if the ciphertext does not authenticate. */
  open(
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    ciphertext: Uint8Array,
  ): Awaitable<Uint8Array | null>;
  /** From the system's random source. */
  random(length: number): Uint8Array;
}
