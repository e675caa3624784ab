import { boxAlongRow, SAMPLES, samplesOf, windowOf } from "../box.ts";
import { coefficientsOf, hashOf } from "../coefficients.ts";
import { qualityOf } from "../grid.ts";
import type { PdqHash } from "../hash.ts";
import { lumaOf, type Pixels } from "../pixels.ts";

/**
 * The plain way to hash a picture, pass after pass over two pictures of floats as the reference does: what the fast ways are
 * held to, and measured against.
 */
export function inOrderOfTheReference(picture: Pixels): { hash: PdqHash; quality: number } {
  const { width, height } = picture;
  const luma = new Float32Array(width * height);
  const rows = lumaOf(picture);
  for (let y = 0; y < height; y++) rows.row(y, luma.subarray(y * width));
  return hashOfLumaInOrder(luma, width, height);
}

/** The same from luma, which it overwrites. */
export function hashOfLumaInOrder(
  luma: Float32Array,
  width: number,
  height: number,
): { hash: PdqHash; quality: number } {
  const other = new Float32Array(width * height);
  if (width !== SAMPLES || height !== SAMPLES)
    for (let pass = 0; pass < 2; pass++) {
      for (let y = 0; y < height; y++)
        boxAlongRow(luma.subarray(y * width), other.subarray(y * width), width, windowOf(width));
      for (let x = 0; x < width; x++) boxAlongColumn(other, luma, x, width, height);
    }
  const [columns, lines] = [samplesOf(width), samplesOf(height)];
  const grid = Float32Array.from(
    { length: SAMPLES * SAMPLES },
    (_, at) => luma[(lines[at >> 6] ?? 0) * width + (columns[at & 63] ?? 0)] ?? 0,
  );
  return { hash: hashOf(coefficientsOf(grid)), quality: qualityOf(grid) };
}

/** One column in phases, as hashing.pdf tells it: fill, grow, slide, shrink. */
function boxAlongColumn(
  from: Float32Array,
  to: Float32Array,
  x: number,
  width: number,
  height: number,
): void {
  const window = windowOf(height);
  const half = Math.trunc((window + 2) / 2);
  let [sum, inside, into, out, behind] = [0, 0, x, x, x];
  const add = () => {
    sum = Math.fround(sum + (from[into] ?? 0));
    into += width;
  };
  const drop = () => {
    sum = Math.fround(sum - (from[behind] ?? 0));
    behind += width;
  };
  const tell = () => {
    to[out] = Math.fround(sum / inside);
    out += width;
  };
  for (let step = 0; step < half - 1; step++, inside++) add();
  for (let step = 0; step < window - half + 1; step++) {
    add();
    inside++;
    tell();
  }
  for (let step = 0; step < height - window; step++) {
    add();
    drop();
    tell();
  }
  for (let step = 0; step < half - 1; step++) {
    drop();
    inside--;
    tell();
  }
}
