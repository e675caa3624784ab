import { SAMPLES } from "./box.ts";
import type { Grid } from "./grid.ts";
import { HASH_BYTES, type PdqHash } from "./hash.ts";

/** The 16 by 16 lowest frequencies of a grid but the means, rows of vertical frequency from the lowest. */
export type Coefficients = Float32Array;

const SIDE = 16;
export const COEFFICIENTS = SIDE * SIDE;

const cosines = Float32Array.from({ length: SIDE * SAMPLES }, (_, at) => {
  const frequency = Math.floor(at / SAMPLES) + 1;
  const place = at % SAMPLES;
  return Math.sqrt(2 / SAMPLES) * Math.cos((Math.PI / 2 / SAMPLES) * frequency * (2 * place + 1));
});

/** The cosines of the transform, 16 frequencies by 64 places. */
export function cosineTable(): Float32Array {
  return cosines.slice();
}

/** The discrete cosine transform of a grid, every product and sum rounded to float in the order of the reference. */
export function coefficientsOf(grid: Grid): Coefficients {
  const half = new Float32Array(SIDE * SAMPLES);
  for (let v = 0; v < SIDE; v++)
    for (let x = 0; x < SAMPLES; x++) {
      let sum = 0;
      for (let y = 0; y < SAMPLES; y++)
        sum = Math.fround(sum + Math.fround((cosines[v * SAMPLES + y] ?? 0) * (grid[y * SAMPLES + x] ?? 0)));
      half[v * SAMPLES + x] = sum;
    }
  const coefficients = new Float32Array(COEFFICIENTS);
  for (let v = 0; v < SIDE; v++)
    for (let u = 0; u < SIDE; u++) {
      let sum = 0;
      for (let x = 0; x < SAMPLES; x++)
        sum = Math.fround(sum + Math.fround((half[v * SAMPLES + x] ?? 0) * (cosines[u * SAMPLES + x] ?? 0)));
      coefficients[v * SIDE + u] = sum;
    }
  return coefficients;
}

/** The two coefficients in the middle of all, in order: a bit is set for what is above the first. */
export function middleOf(coefficients: Coefficients): readonly [number, number] {
  const sorted = coefficients.toSorted();
  return [sorted[COEFFICIENTS / 2 - 1] ?? 0, sorted[COEFFICIENTS / 2] ?? 0];
}

/** The hash of these coefficients: a bit for each, set if it is above the lower of the two in the middle. */
export function hashOf(coefficients: Coefficients): PdqHash {
  const [median] = middleOf(coefficients);
  const hash = new Uint8Array(HASH_BYTES);
  for (let at = 0; at < COEFFICIENTS; at++)
    if ((coefficients[at] ?? 0) > median) {
      const byte = HASH_BYTES - 1 - (at >> 3);
      hash[byte] = (hash[byte] ?? 0) | (1 << (at & 7));
    }
  return hash;
}
