import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as text: a session, a one-time link, an account's secret. Never chosen by a person. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What is stored of a token. A plain hash is enough because every token here is 256 random bits: there is nothing to guess,
 * so nothing to slow down.
 */
export function tokenHash(token: string, salt: Uint8Array = new Uint8Array()): Buffer {
  return createHash("sha256").update(salt).update(token, "utf8").digest();
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
