import type { CiphersuiteImpl } from "ts-mls/crypto/ciphersuite.js";

/** Cipher suite 1 as the library wants it from a driver, and the one thing besides that our own checks need. */
export interface Suite extends CiphersuiteImpl {
  /** The X25519 public key of a private one (RFC 7748, section 6.1), 32 bytes each. */
  x25519PublicOf(privateKey: Uint8Array): Promise<Uint8Array>;
}
