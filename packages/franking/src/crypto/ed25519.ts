import { bytesOfHex, equalBytes } from "./bytes.ts";

export const SEED_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** RFC 8410, section 7: a PrivateKeyInfo without attributes, up to the seed. */
const privateKeyPrefix = bytesOfHex("302e020100300506032b657004220420") ?? new Uint8Array();

export function pkcs8Of(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const der = new Uint8Array(privateKeyPrefix.length + seed.length);
  der.set(privateKeyPrefix);
  der.set(seed, privateKeyPrefix.length);
  return der;
}

/**
 * What no honest signer makes, and what libraries judge differently: a public key or a commitment R of small order (under such
 * a key anybody can sign almost anything), or a point whose y is not reduced. Refused before a library is asked, so that
 * every driver gives one answer.
 */
export function isUnfit(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return true;
  return isUnfitPoint(publicKey) || isUnfitPoint(signature.subarray(0, 32));
}

/** True for points that no device or hub may have as its public key. */
export function isUnfitPoint(point: Uint8Array): boolean {
  if (point.length !== 32) return true;
  const y = Uint8Array.from(point);
  y[31] = (y[31] ?? 0) & 0x7f;
  return isNotReduced(y) || smallOrder.some((one) => equalBytes(one, y));
}

/** y coordinates, without the sign of x, of the points of order 1, 2, 4 and 8. */
const smallOrder = [
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "00".repeat(32),
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map((hex) => bytesOfHex(hex) ?? new Uint8Array());

/** y >= 2^255 - 19. */
function isNotReduced(y: Uint8Array): boolean {
  return (y[0] ?? 0) >= 0xed && y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === 0xff);
}
