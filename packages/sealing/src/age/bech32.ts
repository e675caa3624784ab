// Bech32 (BIP 173) as age uses it: no length limit on the data part, all of one case, checksum over the lower case.

const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const CHECKSUM_LENGTH = 6;

/** Encodes bytes under a prefix. The result is lower case; age writes identities in upper case. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const lower = prefix.toLowerCase();
  const data = regroup(bytes, 8, 5, true);
  if (data === null) throw new RangeError("bytes always regroup into five-bit words");
  const polymod = checksum([...expand(lower), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = Array.from({ length: CHECKSUM_LENGTH }, (_, i) => (polymod >>> (5 * (5 - i))) & 31);
  return `${lower}1${[...data, ...check].map((word) => ALPHABET.charAt(word)).join("")}`;
}

/** Decodes to the prefix as written and its bytes; null for mixed case, a wrong checksum or spare bits. */
export function decodeBech32(text: string): { readonly prefix: string; readonly bytes: Uint8Array } | null {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  const separator = lower.lastIndexOf("1");
  if (separator < 1 || lower.length - separator - 1 < CHECKSUM_LENGTH) return null;
  const words = Array.from(lower.slice(separator + 1), (character) => ALPHABET.indexOf(character));
  if (words.includes(-1)) return null;
  if (checksum([...expand(lower.slice(0, separator)), ...words]) !== 1) return null;
  const bytes = regroup(words.slice(0, -CHECKSUM_LENGTH), 5, 8, false);
  return bytes === null ? null : { prefix: text.slice(0, separator), bytes: Uint8Array.from(bytes) };
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function checksum(words: readonly number[]): number {
  let sum = 1;
  for (const word of words) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    for (const [bit, generator] of GENERATOR.entries()) if ((top >>> bit) & 1) sum ^= generator;
  }
  return sum >>> 0;
}

/** Null if the spare bits of an unpadded regrouping are not zero or form a whole word: not canonical. */
function regroup(input: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  const output: number[] = [];
  const mask = (1 << to) - 1;
  let held = 0;
  let bits = 0;
  for (const word of input) {
    held = ((held << from) | word) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      output.push((held >>> bits) & mask);
    }
  }
  if (pad && bits > 0) output.push((held << (to - bits)) & mask);
  if (!pad && (bits >= from || ((held << (to - bits)) & mask) !== 0)) return null;
  return output;
}
