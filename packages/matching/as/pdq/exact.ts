// The box passes of the reference with every operation in its order, while rows flow through: four rows run side by side along
// the rows, four columns along the columns.

let width: i32 = 0;
let height: i32 = 0;
let channels: i32 = 0;
let stride: usize = 0;
let windowX: i32 = 0;
let windowY: i32 = 0;
let leadX: i32 = 0;
let leadY: i32 = 0;

let luma: usize = 0;
let crossed: usize = 0;
let sums1: usize = 0;
let kept1: usize = 0;
let sums2: usize = 0;
let kept2: usize = 0;
let waiting: usize = 0;
let sampled: usize = 0;
let means: usize = 0;
let columns: usize = 0;
let lines: usize = 0;
let grid: usize = 0;

let taken1: i32 = 0;
let inside1: i32 = 0;
let taken2: i32 = 0;
let inside2: i32 = 0;
let waits: i32 = 0;
let told: i32 = 0;
let next: i32 = 0;

/** Rows of floats are this long, so that whole vectors fit. */
export function exactStride(width: i32): usize {
  return <usize>((width + 7) & ~3) << 2;
}

/** How many bytes of room `exactBegin` wants for a picture. */
export function exactRoom(width: i32, height: i32): usize {
  const stride = exactStride(width);
  const window = <usize>((height + 127) >> 7);
  return stride * 4 + stride * 4 + stride + stride * window + 256 + 256 * window + stride * 4 + 1024 + 256;
}

/**
 * @param room as `exactRoom` says, of zeroes
 * @param sampledColumns, sampledLines 64 whole numbers each, ascending
 * @param out room for 64 x 64 floats
 */
export function exactBegin(
  ofWidth: i32,
  ofHeight: i32,
  ofChannels: i32,
  room: usize,
  sampledColumns: usize,
  sampledLines: usize,
  out: usize,
): void {
  width = ofWidth;
  height = ofHeight;
  channels = ofChannels;
  stride = exactStride(width);
  windowX = (width + 127) >> 7;
  windowY = (height + 127) >> 7;
  leadX = (windowX + 2) >> 1;
  leadY = (windowY + 2) >> 1;
  const window = <usize>windowY;
  luma = room;
  crossed = luma + stride * 4;
  sums1 = crossed + stride * 4;
  kept1 = sums1 + stride;
  sums2 = kept1 + stride * window;
  kept2 = sums2 + 256;
  waiting = kept2 + 256 * window;
  sampled = waiting + stride * 4;
  means = sampled + 1024;
  memory.fill(room, 0, exactRoom(width, height));
  columns = sampledColumns;
  lines = sampledLines;
  grid = out;
  taken1 = 0;
  inside1 = 0;
  taken2 = 0;
  inside2 = 0;
  waits = 0;
  told = 0;
  next = 0;
}

/** Takes up to four rows of bytes in. Up to 16 bytes after each row are read, and not minded. */
export function exactRows(rows: usize, rowBytes: usize, count: i32): void {
  for (let row = 0; row < count; row++) lumaOf(rows + <usize>row * rowBytes, luma + <usize>row * stride);
  cross(luma);
  boxAcross();
  uncross(luma);
  for (let row = 0; row < count; row++) {
    const at = luma + <usize>row * stride;
    push1(at);
  }
}

/** What is still inside comes out. */
export function exactEnd(): void {
  for (let left = leadY - 1; left > 0; left--) {
    drop(sums1, kept1 + stride * <usize>((taken1 - inside1) % windowY), stride);
    inside1--;
    wait();
  }
  flush();
  for (let left = leadY - 1; left > 0; left--) {
    drop(sums2, kept2 + 256 * <usize>((taken2 - inside2) % windowY), 256);
    inside2--;
    meansOf(sums2, 256, inside2, means);
    tell();
  }
}

function lumaOf(row: usize, out: usize): void {
  if (channels == 1) {
    for (let x = 0; x < width; x += 4)
      v128.store(
        out + (<usize>x << 2),
        f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(row + x)))),
      );
    return;
  }
  const red = f32x4.splat(0.299);
  const green = f32x4.splat(0.587);
  const blue = f32x4.splat(0.114);
  const far: v128 = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ofThree: v128 = i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1);
  const ofFour: v128 = i8x16(0, -1, -1, -1, 4, -1, -1, -1, 8, -1, -1, -1, 12, -1, -1, -1);
  const reds = channels == 3 ? ofThree : ofFour;
  // A place of -1 stays out of reach when one is added only where there is a place.
  const one = v128.andnot(i8x16.splat(1), i8x16.eq(reds, far));
  const greens = i8x16.add(reds, one);
  const blues = i8x16.add(greens, one);
  for (let x = 0; x < width; x += 4) {
    const bytes = v128.load(row + <usize>(x * channels));
    const r = f32x4.convert_i32x4_u(v128.swizzle(bytes, reds));
    const g = f32x4.convert_i32x4_u(v128.swizzle(bytes, greens));
    const b = f32x4.convert_i32x4_u(v128.swizzle(bytes, blues));
    v128.store(
      out + (<usize>x << 2),
      f32x4.add(f32x4.add(f32x4.mul(red, r), f32x4.mul(green, g)), f32x4.mul(blue, b)),
    );
  }
}

/** Four rows as one row of vectors, one lane each. */
function cross(rows: usize): void {
  for (let x: usize = 0; x < stride; x += 16) turn(rows + x, stride, crossed + (x << 2), 16);
}

function uncross(rows: usize): void {
  for (let x: usize = 0; x < stride; x += 16) turn(crossed + (x << 2), 16, rows + x, stride);
}

@inline
function turn(from: usize, step: usize, to: usize, stepTo: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + step);
  const c = v128.load(from + step * 2);
  const d = v128.load(from + step * 3);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(to + stepTo, v128.shuffle<f64>(ab, cd, 1, 3));
  v128.store(to + stepTo * 2, v128.shuffle<f64>(ab2, cd2, 0, 2));
  v128.store(to + stepTo * 3, v128.shuffle<f64>(ab2, cd2, 1, 3));
}

/** The running means of the four rows in `crossed`, in their place: what is overwritten was needed last, unless it is kept. */
function boxAcross(): void {
  // The mean at a place needs the number `windowX - leadX + 1` places before it, which is already overwritten: it is kept apart.
  let sum = f32x4.splat(0);
  let inside = 0;
  let into = 0;
  const ring = ringFor();
  for (let at = 0; at < width; at++) {
    const due = min(at + leadX, width);
    for (; into < due; into++) {
      const value = v128.load(crossed + (<usize>into << 4));
      sum = f32x4.add(sum, value);
      inside++;
      if (into >= windowX) {
        sum = f32x4.sub(sum, v128.load(ring + (<usize>(into % windowX) << 4)));
        inside--;
      }
      v128.store(ring + (<usize>(into % windowX) << 4), value);
    }
    if (at + leadX > width) {
      sum = f32x4.sub(sum, v128.load(ring + (<usize>((at + leadX - 1 - windowX) % windowX) << 4)));
      inside--;
    }
    v128.store(crossed + (<usize>at << 4), f32x4.div(sum, f32x4.splat(<f32>inside)));
  }
}

const RING: usize = memory.data(16 * 8192, 16);

@inline
function ringFor(): usize {
  return RING;
}

function push1(row: usize): void {
  take(sums1, kept1 + stride * <usize>(taken1 % windowY), row, stride, taken1 >= windowY);
  if (taken1 < windowY) inside1++;
  taken1++;
  if (taken1 >= leadY) wait();
}

function wait(): void {
  meansOf(sums1, stride, inside1, waiting + stride * <usize>waits);
  waits++;
  if (waits == 4) flush();
}

/** The second pass along the rows, for the rows that wait; only its means at the sampled columns are written. */
function flush(): void {
  if (waits == 0) return;
  cross(waiting);
  let sum = f32x4.splat(0);
  let inside = 0;
  let into = 0;
  let place = 0;
  let column = load<i32>(columns);
  for (let at = 0; at < width && place < 64; at++) {
    const due = min(at + leadX, width);
    for (; into < due; into++) {
      sum = f32x4.add(sum, v128.load(crossed + (<usize>into << 4)));
      inside++;
    }
    if (at + leadX > windowX) {
      sum = f32x4.sub(sum, v128.load(crossed + (<usize>(at + leadX - 1 - windowX) << 4)));
      inside--;
    }
    while (column == at) {
      v128.store(sampled + (<usize>place << 4), f32x4.div(sum, f32x4.splat(<f32>inside)));
      place++;
      column = place < 64 ? load<i32>(columns + (<usize>place << 2)) : -1;
    }
  }
  const rows = waits;
  waits = 0;
  for (let row = 0; row < rows; row++) {
    for (let x: usize = 0; x < 64; x++)
      store<f32>(means + (x << 2), load<f32>(sampled + (x << 4) + (<usize>row << 2)));
    take(sums2, kept2 + 256 * <usize>(taken2 % windowY), means, 256, taken2 >= windowY);
    if (taken2 < windowY) inside2++;
    taken2++;
    if (taken2 >= leadY) {
      meansOf(sums2, 256, inside2, means);
      tell();
    }
  }
}

function tell(): void {
  while (next < 64 && load<i32>(lines + (<usize>next << 2)) == told) {
    memory.copy(grid + (<usize>next << 8), means, 256);
    next++;
  }
  told++;
}

@inline
function take(sums: usize, kept: usize, row: usize, bytes: usize, full: bool): void {
  if (full)
    for (let x: usize = 0; x < bytes; x += 16) {
      const value = v128.load(row + x);
      v128.store(sums + x, f32x4.sub(f32x4.add(v128.load(sums + x), value), v128.load(kept + x)));
      v128.store(kept + x, value);
    }
  else
    for (let x: usize = 0; x < bytes; x += 16) {
      const value = v128.load(row + x);
      v128.store(sums + x, f32x4.add(v128.load(sums + x), value));
      v128.store(kept + x, value);
    }
}

function drop(sums: usize, kept: usize, bytes: usize): void {
  for (let x: usize = 0; x < bytes; x += 16)
    v128.store(sums + x, f32x4.sub(v128.load(sums + x), v128.load(kept + x)));
}

function meansOf(sums: usize, bytes: usize, inside: i32, out: usize): void {
  const by = f32x4.splat(<f32>inside);
  for (let x: usize = 0; x < bytes; x += 16) v128.store(out + x, f32x4.div(v128.load(sums + x), by));
}
