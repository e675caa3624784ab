// From the grid of 64 by 64 to 16 by 16 coefficients, quality and hash. Every sum has the order of the reference: lanes only run
// side by side, they are never added up.

const SIDE: i32 = 64;

@inline
function sortable(bits: v128): v128 {
  return v128.xor(bits, v128.and(i32x4.shr_s(bits, 31), i32x4.splat(0x7fffffff)));
}

/**
 * @param grid 64 x 64 floats
 * @param cosines 16 x 64 floats, then the same turned, 64 x 16
 * @param half room for 16 x 64 floats
 * @param coefficients room for 16 x 16 floats
 */
export function transform(grid: usize, cosines: usize, half: usize, coefficients: usize): void {
  const turned = cosines + 16 * 64 * 4;
  for (let v: usize = 0; v < 16; v++)
    for (let x: usize = 0; x < 64; x += 16) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let c = f32x4.splat(0);
      let d = f32x4.splat(0);
      for (let y: usize = 0; y < 64; y++) {
        const cosine = v128.load32_splat(cosines + (v * 64 + y) * 4);
        const at = grid + (y * 64 + x) * 4;
        a = f32x4.add(a, f32x4.mul(cosine, v128.load(at)));
        b = f32x4.add(b, f32x4.mul(cosine, v128.load(at, 16)));
        c = f32x4.add(c, f32x4.mul(cosine, v128.load(at, 32)));
        d = f32x4.add(d, f32x4.mul(cosine, v128.load(at, 48)));
      }
      const to = half + (v * 64 + x) * 4;
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
  for (let v: usize = 0; v < 16; v++) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let x: usize = 0; x < 64; x++) {
      const value = v128.load32_splat(half + (v * 64 + x) * 4);
      const at = turned + x * 64;
      a = f32x4.add(a, f32x4.mul(value, v128.load(at)));
      b = f32x4.add(b, f32x4.mul(value, v128.load(at, 16)));
      c = f32x4.add(c, f32x4.mul(value, v128.load(at, 32)));
      d = f32x4.add(d, f32x4.mul(value, v128.load(at, 48)));
    }
    const to = coefficients + v * 64;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/**
 * Writes the hash's 32 bytes. Returns the gap between the two coefficients in the middle: as long as no coefficient is off by
 * half of it, the hash is right.
 */
export function hashBits(coefficients: usize, hash: usize): f32 {
  // The lower median as a whole number that sorts as its float does, found bit by bit: the least with 128 at or below it.
  let low: i32 = i32.MIN_VALUE;
  let high: i32 = i32.MAX_VALUE;
  while (low < high) {
    const middle = <i32>((<i64>low + <i64>high) >> 1);
    const bound = i32x4.splat(middle);
    let counts = i32x4.splat(0);
    for (let at: usize = 0; at < 1024; at += 16)
      counts = i32x4.sub(counts, i32x4.le_s(sortable(v128.load(coefficients + at)), bound));
    if (sumOf(counts) >= 128) high = middle;
    else low = middle + 1;
  }
  const bound = i32x4.splat(low);
  let counts = i32x4.splat(0);
  let above = i32x4.splat(i32.MAX_VALUE);
  for (let at: usize = 0; at < 1024; at += 16) {
    const keys = sortable(v128.load(coefficients + at));
    const over = i32x4.gt_s(keys, bound);
    counts = i32x4.sub(counts, over);
    above = i32x4.min_s(above, v128.bitselect(keys, i32x4.splat(i32.MAX_VALUE), over));
  }
  const median = floatOf(low);
  const medians = f32x4.splat(median);
  for (let byte: usize = 0; byte < 32; byte++) {
    const at = coefficients + byte * 32;
    const few = i32x4.bitmask(f32x4.gt(v128.load(at), medians));
    const more = i32x4.bitmask(f32x4.gt(v128.load(at, 16), medians));
    store<u8>(hash + 31 - byte, few | (more << 4));
  }
  if (sumOf(counts) < 128) return 0;
  const least = min(
    min(i32x4.extract_lane(above, 0), i32x4.extract_lane(above, 1)),
    min(i32x4.extract_lane(above, 2), i32x4.extract_lane(above, 3)),
  );
  return floatOf(least) - median;
}

function floatOf(key: i32): f32 {
  return reinterpret<f32>(key ^ ((key >> 31) & 0x7fffffff));
}

@inline
function sumOf(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

let doubtful: i32 = 0;

/** How many steps of the last quality lay within `margin` of a whole number, so that a slightly other grid might count them otherwise. */
export function doubtfulSteps(): i32 {
  return doubtful;
}

/** The sum of all steps between neighbours, each cut to whole hundredths of the range. */
export function steps(grid: usize, margin: f32): i32 {
  let sums = i32x4.splat(0);
  let doubts = i32x4.splat(0);
  const margins = f32x4.splat(margin);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x += 4) {
      const at = grid + <usize>((y * SIDE + x) * 4);
      const here = v128.load(at);
      if (y + 1 < SIDE) {
        const exactly = hundredths(here, v128.load(at, 256));
        sums = i32x4.add(sums, i32x4.abs(i32x4.trunc_sat_f32x4_s(exactly)));
        doubts = i32x4.sub(doubts, nearWhole(exactly, margins));
      }
      let exactly = hundredths(here, v128.load(at, 4));
      // The last column has no neighbour to its right.
      if (x + 4 == SIDE) exactly = f32x4.replace_lane(exactly, 3, 0);
      sums = i32x4.add(sums, i32x4.abs(i32x4.trunc_sat_f32x4_s(exactly)));
      doubts = i32x4.sub(doubts, nearWhole(exactly, margins));
    }
  doubtful = sumOf(doubts);
  return sumOf(sums);
}

@inline
function hundredths(here: v128, there: v128): v128 {
  return f32x4.div(f32x4.mul(f32x4.sub(here, there), f32x4.splat(100)), f32x4.splat(255));
}

@inline
function nearWhole(exactly: v128, margins: v128): v128 {
  const size = f32x4.abs(exactly);
  const whole = f32x4.nearest(size);
  const near = f32x4.lt(f32x4.abs(f32x4.sub(size, whole)), margins);
  // About nothing, either way of cutting gives nothing.
  return v128.and(near, f32x4.gt(whole, f32x4.splat(0.5)));
}
