// The bits of a scan. Its bytes are written backwards into memory, without their stuffing, so that one load of eight bytes has the
// next bits at its top.

/** What is behind a number of more bits than there were, or bits that are no code. */
export const TRUNCATED: i32 = -1;
export const CORRUPT: i32 = -2;

let written: i32 = 0;

/** How many bytes the last segment had. */
export function segmentBytes(): i32 {
  return written;
}

/**
 * Copies the bytes from `from` to the next marker, without stuffing, to the places below `top`. Returns where the marker is, or
 * `end`. Below the last byte 16 more may be written.
 */
export function unstuff(from: usize, end: usize, top: usize): usize {
  const backwards: v128 = i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  let to = top;
  while (from < end) {
    if (from + 16 <= end) {
      const bytes = v128.load(from);
      const mask = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(-1)));
      v128.store(to - 16, v128.swizzle(bytes, backwards));
      if (mask == 0) {
        from += 16;
        to -= 16;
        continue;
      }
      const before = <usize>ctz(mask);
      from += before;
      to -= before;
    } else if (load<u8>(from) != 0xff) {
      to--;
      store<u8>(to, load<u8>(from));
      from++;
      continue;
    }
    // Here is an 0xff.
    if (from + 1 >= end) {
      from = end;
      break;
    }
    const after = load<u8>(from, 1);
    if (after == 0) {
      to--;
      store<u8>(to, 0xff);
      from += 2;
    } else if (after == 0xff) from++;
    else break;
  }
  written = <i32>(top - to);
  // A code may be looked up by bits behind the end: they are noughts, as libjpeg has them.
  v128.store(to - 16, i8x16.splat(0));
  return from;
}

/** The next 57 bits at least, from the top. */
@inline
export function bitsAt(top: usize, bit: i32): u64 {
  return load<u64>(top - <usize>(bit >> 3) - 8) << (bit & 7);
}
