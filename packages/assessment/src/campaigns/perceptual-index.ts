/** Perceptual hashes by their likeness. */
export interface PerceptualIndex {
  /** Takes in a hash. @returns its number, counted from 0 */
  add: (hex: string) => number;
  /** Numbers of all hashes that differ from this one in at most so many bits as the index was opened for. */
  near: (hex: string) => number[];
}

const WORDS = 8;
const CHUNKS = 16;
const CHUNK_BITS = 16;

/**
 * An index of 256-bit hashes by Hamming distance, exact: nothing that is near is missed. It cuts each hash into 16 chunks of 16 bits
 * (multi-index hashing; Norouzi, Punjani and Fleet 2012): of two hashes that differ in d bits some chunk differs in d / 16 at most.
 * Takes 96 bytes a hash. Up to a distance of 15 a look-up reads 16 lists, up to 31 272 lists, each a 65,536th of all.
 * @param distance bits, 0 to 47
 */
export function openPerceptualIndex(distance: number): PerceptualIndex {
  if (!(Number.isInteger(distance) && distance >= 0 && distance < 3 * CHUNKS))
    throw new RangeError(
      `campaigns: a perceptual distance of ${distance} bits is not one of 0 to 47; beyond that likeness says nothing`,
    );
  const masks = flips(Math.floor(distance / CHUNKS));
  const heads = new Int32Array(CHUNKS * 2 ** CHUNK_BITS).fill(-1);
  let words = new Int32Array(WORDS * 1024);
  let next = new Int32Array(CHUNKS * 1024);
  let count = 0;
  const probe = new Int32Array(WORDS);

  function add(hex: string): number {
    if ((count + 1) * WORDS > words.length) {
      words = doubled(words);
      next = doubled(next);
    }
    readWords(hex, probe);
    words.set(probe, count * WORDS);
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      const list = chunk * 65_536 + chunkOf(probe, chunk);
      next[count * CHUNKS + chunk] = heads[list]!;
      heads[list] = count;
    }
    count += 1;
    return count - 1;
  }

  function near(hex: string): number[] {
    readWords(hex, probe);
    const found = new Set<number>();
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      const own = chunkOf(probe, chunk);
      for (const mask of masks)
        for (let each = heads[chunk * 65_536 + (own ^ mask)]!; each >= 0; each = next[each * CHUNKS + chunk]!)
          if (isNear(each)) found.add(each);
    }
    return [...found].sort((a, b) => a - b);
  }

  function isNear(number: number): boolean {
    let bits = 0;
    for (let word = 0; word < WORDS && bits <= distance; word += 1)
      bits += ones(words[number * WORDS + word]! ^ probe[word]!);
    return bits <= distance;
  }

  return { add, near };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function readWords(hex: string, into: Int32Array): void {
  if (!/^[\da-f]{64}$/.test(hex))
    throw new RangeError("campaigns: a perceptual hash has 64 lower-case hexadecimal digits");
  for (let word = 0; word < WORDS; word += 1)
    into[word] = Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16) | 0;
}

function chunkOf(words: Int32Array, chunk: number): number {
  return (words[chunk >> 1]! >>> (chunk % 2 === 0 ? 16 : 0)) & 0xffff;
}

/** Every change of at most so many of the 16 bits of a chunk. */
function flips(most: number): number[] {
  const all: number[] = [];
  for (let mask = 0; mask < 65_536; mask += 1) if (ones(mask) <= most) all.push(mask);
  return all;
}

/** Bits that are set in 32 (Hacker's Delight, figure 5-2). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
