import { createCipheriv } from "node:crypto";

// An "invisible salamander" (Dodis, Grubbs, Ristenpart, Woodage, CRYPTO 2018): one AES-256-GCM ciphertext that authenticates under
// two keys. It is why an attachment's key has to be committed to.

const BLOCK = 16;

/**
 * @param nonce The same 12 bytes under both keys.
 * @param ciphertext Whole blocks, at least one; the last one is overwritten.
 * @returns ciphertext and tag that open under either key, without additional data
 */
export function salamander(
  [one, other]: readonly [Uint8Array, Uint8Array],
  nonce: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const blocks = ciphertext.length / BLOCK;
  const given = Array.from({ length: blocks }, (_, at) =>
    at === blocks - 1 ? 0n : numberOf(ciphertext.subarray(at * BLOCK, (at + 1) * BLOCK)),
  );
  const lengths = BigInt(ciphertext.length * 8);
  const sides = [one, other].map((key) => {
    const h = numberOf(encryptBlock(key, new Uint8Array(BLOCK)));
    const mask = numberOf(encryptBlock(key, Uint8Array.of(...nonce, 0, 0, 0, 1)));
    // GHASH with a zero for the last block; that block stands before h squared.
    const hash = [...given, lengths].reduce((sum, block) => multiply(sum ^ block, h), 0n);
    return { fixed: hash ^ mask, weight: multiply(h, h) };
  });
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new TypeError("two keys are needed");
  // fixedA + x weightA = fixedB + x weightB, in the field of GCM, where minus is plus.
  const last = multiply(a.fixed ^ b.fixed, inverse(a.weight ^ b.weight));
  const tag = a.fixed ^ multiply(last, a.weight);
  return Uint8Array.of(...ciphertext.subarray(0, -BLOCK), ...bytesOf(last), ...bytesOf(tag));
}

function encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return createCipheriv("aes-256-ecb", key, null).setAutoPadding(false).update(block);
}

/** NIST SP 800-38D, section 6.3: the field's bits run from left to right. */
function multiply(x: bigint, y: bigint): bigint {
  let [product, v] = [0n, y];
  for (let bit = 127n; bit >= 0n; bit--) {
    if (((x >> bit) & 1n) === 1n) product ^= v;
    v = (v & 1n) === 1n ? (v >> 1n) ^ (0xe1n << 120n) : v >> 1n;
  }
  return product;
}

/** x to the power 2^128 - 2. */
function inverse(x: bigint): bigint {
  let [power, result] = [x, 1n << 127n];
  for (let bit = 1; bit < 128; bit++) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

function numberOf(block: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(block).toString("hex")}`);
}

function bytesOf(number: bigint): Uint8Array {
  return Buffer.from(number.toString(16).padStart(BLOCK * 2, "0"), "hex");
}
