import { boxAlongRow, columnBox, drainRow, leadOf, pushRow, SAMPLES, samplesOf, windowOf } from "./box.ts";
import type { LumaRows } from "./pixels.ts";

/** The picture smoothed and sampled at 64 by 64 places, rows from the top: all that PDQ goes on with. */
export type Grid = Float32Array;

/**
 * The grid of a picture, with the arithmetic of the reference in its order. A picture of 64 by 64 is its own grid.
 *
 * @param luma a picture of at least 5 by 5
 */
export function gridOf(luma: LumaRows): Grid {
  const { width, height } = luma;
  const grid = new Float32Array(SAMPLES * SAMPLES);
  if (width === SAMPLES && height === SAMPLES) {
    for (let y = 0; y < SAMPLES; y++) luma.row(y, grid.subarray(y * SAMPLES));
    return grid;
  }
  const along = windowOf(width);
  const columns = samplesOf(width);
  const rows = samplesOf(height);
  const [row, smooth, sampled] = [
    new Float32Array(width),
    new Float32Array(width),
    new Float32Array(SAMPLES),
  ];
  const first = columnBox(width, windowOf(height));
  const second = columnBox(SAMPLES, windowOf(height));
  let told = 0;
  let next = 0;

  const tell = () => {
    for (; next < SAMPLES && rows[next] === told; next++) grid.set(sampled, next * SAMPLES);
    told++;
  };
  /** Takes a row that went through the first two passes through the other two. */
  const onward = () => {
    boxAlongRow(row, smooth, width, along);
    for (let at = 0; at < SAMPLES; at++) sampled[at] = smooth[columns[at] ?? 0] ?? 0;
    if (pushRow(second, sampled, sampled)) tell();
  };
  for (let y = 0; y < height; y++) {
    luma.row(y, row);
    boxAlongRow(row, smooth, width, along);
    if (pushRow(first, smooth, row)) onward();
  }
  const late = leadOf(windowOf(height)) - 1;
  for (let left = late; left > 0; left--) {
    drainRow(first, row);
    onward();
  }
  for (let left = late; left > 0; left--) {
    drainRow(second, sampled);
    tell();
  }
  return grid;
}

/**
 * How much there is to see in the picture, 0 to 100; below 50 a hash says little. The sum of the steps between neighbours in
 * hundredths of the range, each cut to a whole number.
 */
export function qualityOf(grid: Grid): number {
  let steps = 0;
  for (let y = 0; y < SAMPLES; y++)
    for (let x = 0; x < SAMPLES; x++) {
      const at = y * SAMPLES + x;
      if (y + 1 < SAMPLES) steps += step(grid, at, at + SAMPLES);
      if (x + 1 < SAMPLES) steps += step(grid, at, at + 1);
    }
  return Math.min(100, Math.trunc(steps / 90));
}

function step(grid: Grid, at: number, other: number): number {
  const difference = Math.fround((grid[at] ?? 0) - (grid[other] ?? 0));
  return Math.abs(Math.trunc(Math.fround(Math.fround(difference * 100) / 255)));
}
