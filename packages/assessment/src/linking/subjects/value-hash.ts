import type { KeyKind } from "../key.ts";

/** A secret of the station: with it nobody outside can make a handle that meets another's by its hash. */
export type HashKey = readonly [number, number];

/** 64 bits that stand for a value. */
export interface Hash64 {
  lo: number;
  hi: number;
}

/**
 * The hash under which the compact index knows a value. Of 100 million values two meet with a probability of 1 in 3,700.
 */
export function hashValue(kind: KeyKind, value: string, key: HashKey): Hash64 {
  return hashText(`${kind} ${value}`, key);
}

/** 32 bits that stand for a holder: they are compared among the few holders of one value only. */
export function hashHolder(holder: string, key: HashKey): number {
  return hashText(holder, key).lo;
}

/** HalfSipHash-2-4 with 64 bits (Aumasson and Bernstein, SipHash, 2012; its variant of 32-bit words) of a text as UTF-16LE. */
export function hashText(text: string, [k0, k1]: HashKey): Hash64 {
  const pairs = text.length >>> 1;
  let a = k0 | 0;
  let b = k1 ^ 0xee;
  let c = 0x6c79_6765 ^ k0;
  let d = 0x7465_6462 ^ k1;
  let lo = 0;
  // The words of the text, the word that says how long it is, and two steps that finish.
  for (let step = 0; step < pairs + 3; step += 1) {
    let word = 0;
    let rounds = 2;
    if (step < pairs) word = text.charCodeAt(2 * step) | (text.charCodeAt(2 * step + 1) << 16);
    else if (step === pairs)
      word = (text.length << 25) | (text.length % 2 === 0 ? 0 : text.charCodeAt(2 * pairs));
    else {
      rounds = 4;
      if (step === pairs + 1) c ^= 0xee;
      else b ^= 0xdd;
    }
    d ^= word;
    for (let round = 0; round < rounds; round += 1) {
      a = (a + b) | 0;
      b = ((b << 5) | (b >>> 27)) ^ a;
      a = (a << 16) | (a >>> 16);
      c = (c + d) | 0;
      d = ((d << 8) | (d >>> 24)) ^ c;
      a = (a + d) | 0;
      d = ((d << 7) | (d >>> 25)) ^ a;
      c = (c + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ c;
      c = (c << 16) | (c >>> 16);
    }
    a ^= word;
    if (step === pairs + 1) lo = b ^ d;
  }
  return { lo, hi: b ^ d };
}
