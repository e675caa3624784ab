// The two box passes along a side are one tent. Only 64 places of it are asked for, so each is a short sum with known weights.

/** Adds up rows of bytes with weights of whole numbers, into floats. Two bytes hold a sum as long as the weights make at most 257. */
export function bandOfWholes(
  rows: usize,
  rowBytes: usize,
  count: i32,
  weights: usize,
  scale: f32,
  sums: usize,
): void {
  const scales = f32x4.splat(scale);
  for (let x: usize = 0; x < rowBytes; x += 64) {
    let from = 0;
    let first = true;
    while (from < count) {
      let a = i16x8.splat(0);
      let b = i16x8.splat(0);
      let c = i16x8.splat(0);
      let d = i16x8.splat(0);
      let e = i16x8.splat(0);
      let f = i16x8.splat(0);
      let g = i16x8.splat(0);
      let h = i16x8.splat(0);
      let sum = 0;
      let row = from;
      for (; row < count; row++) {
        const weight = <i32>load<u8>(weights + row);
        sum += weight;
        if (sum > 257) break;
        const by = i8x16.splat(<i8>weight);
        const at = rows + <usize>row * rowBytes + x;
        const p = v128.load(at);
        const q = v128.load(at, 16);
        const r = v128.load(at, 32);
        const s = v128.load(at, 48);
        a = i16x8.add(a, i16x8.extmul_low_i8x16_u(p, by));
        b = i16x8.add(b, i16x8.extmul_high_i8x16_u(p, by));
        c = i16x8.add(c, i16x8.extmul_low_i8x16_u(q, by));
        d = i16x8.add(d, i16x8.extmul_high_i8x16_u(q, by));
        e = i16x8.add(e, i16x8.extmul_low_i8x16_u(r, by));
        f = i16x8.add(f, i16x8.extmul_high_i8x16_u(r, by));
        g = i16x8.add(g, i16x8.extmul_low_i8x16_u(s, by));
        h = i16x8.add(h, i16x8.extmul_high_i8x16_u(s, by));
      }
      from = row;
      const to = sums + (x << 2);
      spill(to, a, scales, first);
      spill(to + 32, b, scales, first);
      spill(to + 64, c, scales, first);
      spill(to + 96, d, scales, first);
      spill(to + 128, e, scales, first);
      spill(to + 160, f, scales, first);
      spill(to + 192, g, scales, first);
      spill(to + 224, h, scales, first);
      first = false;
    }
  }
}

@inline
function spill(to: usize, sums: v128, scales: v128, first: bool): void {
  const low = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(sums)), scales);
  const high = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(sums)), scales);
  if (first) {
    v128.store(to, low);
    v128.store(to, high, 16);
  } else {
    v128.store(to, f32x4.add(v128.load(to), low));
    v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
  }
}

/** The same with any weights: at the edges of a picture, where a window has fewer numbers to average. */
export function bandOfFloats(rows: usize, rowBytes: usize, count: i32, weights: usize, sums: usize): void {
  for (let x: usize = 0; x < rowBytes; x += 16) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let row = 0; row < count; row++) {
      const by = v128.load32_splat(weights + (<usize>row << 2));
      const bytes = v128.load(rows + <usize>row * rowBytes + x);
      const low = i16x8.extend_low_i8x16_u(bytes);
      const high = i16x8.extend_high_i8x16_u(bytes);
      a = f32x4.add(a, f32x4.mul(by, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(low))));
      b = f32x4.add(b, f32x4.mul(by, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(low))));
      c = f32x4.add(c, f32x4.mul(by, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(high))));
      d = f32x4.add(d, f32x4.mul(by, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(high))));
    }
    const to = sums + (x << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/**
 * One row of the grid from the sums of its band.
 *
 * @param plan for each of 64 places three words: where its sums begin, how many vectors of four, where their weights are
 */
export function sampleBand(sums: usize, plan: usize, out: usize): void {
  for (let place: usize = 0; place < 64; place++) {
    let from = sums + load<u32>(plan + place * 12);
    const vectors = load<u32>(plan + place * 12, 4);
    let weights: usize = load<u32>(plan + place * 12, 8);
    let sum = f32x4.splat(0);
    for (let at: u32 = 0; at < vectors; at++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load(weights)));
      from += 16;
      weights += 16;
    }
    store<f32>(
      out + (place << 2),
      f32x4.extract_lane(sum, 0) +
        f32x4.extract_lane(sum, 1) +
        (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)),
    );
  }
}

/** Takes the pixels of these columns (each the place of its first byte) out of a row. Writes up to three bytes more than it should. */
export function pickColumns(row: usize, columns: usize, count: i32, channels: usize, out: usize): void {
  for (let at = 0; at < count; at++) {
    store<u32>(out, load<u32>(row + load<u32>(columns + (<usize>at << 2))));
    out += channels;
  }
}
