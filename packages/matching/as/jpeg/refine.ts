// The scans of a progressive picture, which send coefficients in parts: each part adds to the grid what it adds to its coefficient,
// so no coefficient is kept, but for which of them are not zero and which of these are negative.

import { bitsAt, CORRUPT } from "./bits";
import { add } from "./blocks";
import { bareSymbolOf, extend } from "./huffman";

/** How many blocks are yet to come that have nothing new. */
let emptyBlocks: i32 = 0;

export function noEmptyBlocks(): void {
  emptyBlocks = 0;
}

/** Whether this block has nothing new and no bits, in a first scan. */
export function passesOver(): bool {
  if (emptyBlocks == 0) return false;
  emptyBlocks--;
  return true;
}

/** The mean's first bits. For colour `luma` is false and nothing is added. */
export function meanFirst<T>(
  top: usize,
  bit: i32,
  dc: usize,
  last: usize,
  low: i32,
  luma: bool,
  waves: usize,
  sums: usize,
  waves2: usize,
  sums2: usize,
): i32 {
  const bits = bitsAt(top, bit);
  const symbol = bareSymbolOf(dc, bits);
  if (symbol < 0) return CORRUPT;
  const size = symbol & 0xff;
  const length = symbol >> 8;
  if (size > 15) return CORRUPT;
  if (size > 0) store<i32>(last, load<i32>(last) + extend(<i32>((bits << length) >>> (64 - size)), size));
  if (luma) add<T>(0, load<i32>(last) << low, waves, sums, waves2, sums2);
  return bit + length + size;
}

/** The first bits of a band of coefficients of one block, which `passesOver` did not pass over. */
export function bandFirst<T>(
  top: usize,
  bit: i32,
  ac: usize,
  from: i32,
  to: i32,
  low: i32,
  marks: usize,
  waves: usize,
  sums: usize,
  waves2: usize,
  sums2: usize,
): i32 {
  let filled = load<u64>(marks);
  let negative = load<u64>(marks, 8);
  let place = from;
  while (place <= to) {
    const bits = bitsAt(top, bit);
    const symbol = bareSymbolOf(ac, bits);
    if (symbol < 0) return CORRUPT;
    const length = symbol >> 8;
    const run = (symbol >> 4) & 15;
    const size = symbol & 15;
    if (size == 0) {
      if (run == 15) {
        place += 16;
        bit += length;
        continue;
      }
      emptyBlocks = (1 << run) - 1;
      if (run > 0) emptyBlocks += <i32>((bits << length) >>> (64 - run));
      bit += length + run;
      break;
    }
    place += run;
    if (place > to) return CORRUPT;
    const value = extend(<i32>((bits << length) >>> (64 - size)), size);
    add<T>(place, value << low, waves, sums, waves2, sums2);
    filled |= <u64>1 << place;
    if (value < 0) negative |= <u64>1 << place;
    place++;
    bit += length + size;
  }
  store<u64>(marks, filled);
  store<u64>(marks, negative, 8);
  return bit;
}

/** One more bit of a band of one block. */
export function bandMore<T>(
  top: usize,
  start: i32,
  ac: usize,
  from: i32,
  to: i32,
  low: i32,
  marks: usize,
  waves: usize,
  sums: usize,
  waves2: usize,
  sums2: usize,
): i32 {
  let bit = start;
  const old = load<u64>(marks);
  let filled = old;
  let negative = load<u64>(marks, 8);
  let place = from;
  if (emptyBlocks == 0)
    while (place <= to) {
      const bits = bitsAt(top, bit);
      const symbol = bareSymbolOf(ac, bits);
      if (symbol < 0) return CORRUPT;
      const length = symbol >> 8;
      const size = symbol & 15;
      let run = (symbol >> 4) & 15;
      bit += length;
      let fresh = 0;
      if (size == 0) {
        if (run < 15) {
          emptyBlocks = 1 << run;
          if (run > 0) emptyBlocks += <i32>((bits << length) >>> (64 - run));
          bit += run;
          break;
        }
      } else {
        if (size != 1) return CORRUPT;
        fresh = ((bits << length) >>> 63) != 0 ? 1 : -1;
        bit++;
      }
      // The run counts places that were empty; the filled ones that it passes have a bit each.
      for (; place <= to; place++) {
        if (((old >> place) & 1) != 0) {
          if (bitsAt(top, bit) >>> 63 != 0)
            add<T>(place, ((negative >> place) & 1) != 0 ? -1 << low : 1 << low, waves, sums, waves2, sums2);
          bit++;
        } else {
          if (run == 0) break;
          run--;
        }
      }
      if (fresh != 0) {
        if (place > to) return CORRUPT;
        add<T>(place, fresh << low, waves, sums, waves2, sums2);
        filled |= <u64>1 << place;
        if (fresh < 0) negative |= <u64>1 << place;
      }
      place++;
    }
  if (emptyBlocks > 0) {
    for (; place <= to; place++)
      if (((old >> place) & 1) != 0) {
        if (bitsAt(top, bit) >>> 63 != 0)
          add<T>(place, ((negative >> place) & 1) != 0 ? -1 << low : 1 << low, waves, sums, waves2, sums2);
        bit++;
      }
    emptyBlocks--;
  }
  store<u64>(marks, filled);
  store<u64>(marks, negative, 8);
  return bit;
}
