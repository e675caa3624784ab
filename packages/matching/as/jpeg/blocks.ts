// The blocks of a sequential scan. What a coefficient adds to the grid is known beforehand: it goes into one sum for each vertical
// frequency of this row of blocks, four neighbouring places at a time. No pixel is ever made.

import { bitsAt, CORRUPT } from "./bits";
import { END, entryOf, extend, goesOf, isWhole, lengthOf, symbolOf, valueOf } from "./huffman";

/** What to do with coefficients: nothing (to measure), or to add them up for one grid or for two. */
// For each of the 64 in zigzag order sixteen bytes: the quantiser as a float, where its cosines are, where its sums are.
export const steps: usize = memory.data(80 * 16, 16);

/** Bytes between the sums of one vertical frequency and the next: 64 places and four more, a multiple of 16. */
export const SUM_STRIDE: usize = 288;
export const SUM_BYTES: usize = SUM_STRIDE * 8;

@inline
export function add<T>(place: i32, value: i32, waves: usize, sums: usize, waves2: usize, sums2: usize): void {
  if (sizeof<T>() == 1) return;
  const step = steps + (<usize>place << 4);
  const amount = f32x4.splat(<f32>value * load<f32>(step));
  const wave = <usize>load<u32>(step, 4);
  const row = <usize>load<u32>(step, 8);
  v128.store(
    sums + row,
    f32x4.add(v128.load(sums + row), f32x4.mul(amount, v128.load(waves + wave))),
  );
  if (sizeof<T>() == 4)
    v128.store(
      sums2 + row,
      f32x4.add(v128.load(sums2 + row), f32x4.mul(amount, v128.load(waves2 + wave))),
    );
}

/** A block of luma from `bit` on. Returns the bit behind it, or what is wrong. `last` is where the last mean is. */
export function block<T>(
  top: usize,
  bit: i32,
  dc: usize,
  ac: usize,
  last: usize,
  waves: usize,
  sums: usize,
  waves2: usize,
  sums2: usize,
): i32 {
  let bits = bitsAt(top, bit);
  let used = 0;
  let entry = entryOf(dc, bits);
  let difference = 0;
  if (isWhole(entry)) {
    used = lengthOf(entry);
    difference = valueOf(entry);
  } else {
    const symbol = symbolOf(dc, bits);
    if (symbol < 0) return CORRUPT;
    const size = symbol & 0xff;
    if (size > 15) return CORRUPT;
    used = symbol >> 8;
    if (size > 0) {
      difference = extend(<i32>((bits << used) >>> (64 - size)), size);
      used += size;
    }
  }
  const mean = load<i32>(last) + difference;
  store<i32>(last, mean);
  add<T>(0, mean, waves, sums, waves2, sums2);
  bits <<= used;
  let place = 1;
  do {
    if (used > 26) {
      bit += used;
      bits = bitsAt(top, bit);
      used = 0;
    }
    entry = entryOf(ac, bits);
    if (isWhole(entry)) {
      const length = lengthOf(entry);
      bits <<= length;
      used += length;
      place += goesOf(entry);
      if (place > 63) break;
      add<T>(place, valueOf(entry), waves, sums, waves2, sums2);
    } else {
      const symbol = symbolOf(ac, bits);
      if (symbol < 0) return CORRUPT;
      const length = symbol >> 8;
      const size = symbol & 15;
      bits <<= length;
      if (size == 0) {
        used += length;
        const run = (symbol >> 4) & 15;
        if (run != 15) {
          place = END;
          break;
        }
        place += 16;
        continue;
      }
      place += (symbol >> 4) & 15;
      if (place > 63) return CORRUPT;
      add<T>(place, extend(<i32>(bits >>> (64 - size)), size), waves, sums, waves2, sums2);
      bits <<= size;
      used += length + size;
    }
    place++;
  } while (place < 64);
  // More than 64 coefficients, without the word for the end.
  if (place != 64 && place < END) return CORRUPT;
  return bit + used;
}

/** A block of colour: only its length is of interest. */
export function skipBlock(top: usize, bit: i32, dc: usize, ac: usize): i32 {
  let bits = bitsAt(top, bit);
  let used = 0;
  let entry = entryOf(dc, bits);
  if (isWhole(entry)) used = lengthOf(entry);
  else {
    const symbol = symbolOf(dc, bits);
    if (symbol < 0 || (symbol & 0xff) > 15) return CORRUPT;
    used = (symbol >> 8) + (symbol & 0xff);
  }
  bits <<= used;
  let place = 1;
  do {
    if (used > 26) {
      bit += used;
      bits = bitsAt(top, bit);
      used = 0;
    }
    entry = entryOf(ac, bits);
    let length = 0;
    if (isWhole(entry)) {
      length = lengthOf(entry);
      place += goesOf(entry) + 1;
    } else {
      const symbol = symbolOf(ac, bits);
      if (symbol < 0) return CORRUPT;
      const size = symbol & 15;
      length = (symbol >> 8) + size;
      const run = (symbol >> 4) & 15;
      if (size == 0 && run != 15) place = END;
      else place += run + 1;
    }
    bits <<= length;
    used += length;
  } while (place < 64);
  if (place != 64 && place < END) return CORRUPT;
  return bit + used;
}
