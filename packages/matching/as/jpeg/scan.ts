// One scan, from its first unit to its last: blocks in their order, restarts, and rows of blocks folded into the grids.

import { CORRUPT, segmentBytes, TRUNCATED, unstuff } from "./bits";
import { block, skipBlock, SUM_BYTES, SUM_STRIDE } from "./blocks";
import { bitsAt } from "./bits";
import { add } from "./blocks";
import { bandFirst, bandMore, meanFirst, noEmptyBlocks, passesOver } from "./refine";

export const SEQUENTIAL: i32 = 0;
export const MEAN_FIRST: i32 = 1;
export const MEAN_MORE: i32 = 2;
export const BAND_FIRST: i32 = 3;
export const BAND_MORE: i32 = 4;

/** Where each grid's tables are: for each column and row of blocks the waves (8 times four floats) and where its places begin. */
const tables: usize = memory.data(10 * 4, 4);
/** Four rows of blocks may be in a unit, and there may be two grids. */
const sums: usize = memory.data(2 * 4 * 2304, 16);

let marks: usize = 0;
let marksAcross: i32 = 0;

export function setGrid(
  second: bool,
  columnWaves: usize,
  columnFirsts: usize,
  rowWaves: usize,
  rowFirsts: usize,
  grid: usize,
): void {
  const at = tables + (second ? 20 : 0);
  store<u32>(at, <u32>columnWaves);
  store<u32>(at, <u32>columnFirsts, 4);
  store<u32>(at, <u32>rowWaves, 8);
  store<u32>(at, <u32>rowFirsts, 12);
  store<u32>(at, <u32>grid, 16);
}

/** Where a progressive picture's blocks say which coefficients they have: 16 bytes each, of zeroes at first. */
export function setMarks(at: usize, across: i32): void {
  marks = at;
  marksAcross = across;
}

/**
 * Reads a scan.
 *
 * @param grids how many grids to add up: 0 (only to read), 1 or 2
 * @param from, end where its bytes are, and the file ends
 * @param top where its bits are put, below
 * @param across, down how many units there are
 * @param restart units between restarts, or 0
 * @param parts for each component six words: blocks across and down in a unit, its two tables, whether it is luma, the last mean
 * @returns where the marker behind it is, or a negative number that says what is wrong
 */
export function scan(
  kind: i32,
  grids: i32,
  from: usize,
  end: usize,
  top: usize,
  across: i32,
  down: i32,
  restart: i32,
  parts: usize,
  count: i32,
  first: i32,
  last: i32,
  low: i32,
): i32 {
  if (grids == 0) return read<i8>(kind, from, end, top, across, down, restart, parts, count, first, last, low);
  if (grids == 1) return read<i16>(kind, from, end, top, across, down, restart, parts, count, first, last, low);
  return read<i32>(kind, from, end, top, across, down, restart, parts, count, first, last, low);
}

function read<T>(
  kind: i32,
  from: usize,
  end: usize,
  top: usize,
  across: i32,
  down: i32,
  restart: i32,
  parts: usize,
  count: i32,
  first: i32,
  last: i32,
  low: i32,
): i32 {
  from = unstuff(from, end, top);
  let limit = segmentBytes() << 3;
  let bit = 0;
  let left = restart;
  let turn = 0;
  noEmptyBlocks();
  forget(parts, count);
  const waves: usize = load<u32>(tables);
  const firsts: usize = load<u32>(tables, 4);
  const waves2: usize = load<u32>(tables, 20);
  const firsts2: usize = load<u32>(tables, 24);
  const partsEnd = parts + <usize>count * 24;
  for (let unitY = 0; unitY < down; unitY++) {
    if (sizeof<T>() > 1) memory.fill(sums, 0, SUM_BYTES * 8);
    let rows = 1;
    for (let unitX = 0; unitX < across; unitX++) {
      if (restart > 0) {
        if (left == 0) {
          // T.81, E.2.4: the restarts are counted from 0 to 7 over and over.
          if (from + 2 > end || load<u8>(from, 1) != 0xd0 + (turn & 7)) return CORRUPT;
          turn++;
          from = unstuff(from + 2, end, top);
          limit = segmentBytes() << 3;
          bit = 0;
          left = restart;
          noEmptyBlocks();
          forget(parts, count);
        }
        left--;
      }
      for (let part = parts; part < partsEnd; part += 24) {
        const wide = load<i32>(part);
        const high = load<i32>(part, 4);
        const dc: usize = load<u32>(part, 8);
        const ac: usize = load<u32>(part, 12);
        const luma = load<i32>(part, 16) != 0;
        const mean = part + 20;
        if (luma) rows = high;
        for (let y = 0; y < high; y++)
          for (let x = 0; x < wide; x++) {
            if (!luma) {
              if (kind == SEQUENTIAL) bit = skipBlock(top, bit, dc, ac);
              else if (kind == MEAN_FIRST) bit = meanFirst<T>(top, bit, dc, mean, low, false, 0, 0, 0, 0);
              else if (kind == MEAN_MORE) bit++;
              if (bit < 0) return from >= end ? TRUNCATED : bit;
              continue;
            }
            const column = <usize>(unitX * wide + x);
            const wave = waves + (column << 7);
            const wave2 = waves2 + (column << 7);
            const to = sums + <usize>y * SUM_BYTES + load<u32>(firsts + (column << 2));
            const to2 =
              sizeof<T>() == 4 ? sums + SUM_BYTES * (<usize>y + 4) + load<u32>(firsts2 + (column << 2)) : 0;
            if (kind == SEQUENTIAL) bit = block<T>(top, bit, dc, ac, mean, wave, to, wave2, to2);
            else if (kind == MEAN_FIRST)
              bit = meanFirst<T>(top, bit, dc, mean, low, true, wave, to, wave2, to2);
            else if (kind == MEAN_MORE) {
              if (bitsAt(top, bit) >>> 63 != 0) add<T>(0, 1 << low, wave, to, wave2, to2);
              bit++;
            } else {
              const mark = marks + (<usize>((unitY * high + y) * marksAcross) + column) * 16;
              if (kind == BAND_MORE)
                bit = bandMore<T>(top, bit, ac, first, last, low, mark, wave, to, wave2, to2);
              else if (!passesOver())
                bit = bandFirst<T>(top, bit, ac, first, last, low, mark, wave, to, wave2, to2);
            }
            if (bit < 0) return from >= end ? TRUNCATED : bit;
          }
      }
      if (bit > limit) return TRUNCATED;
    }
    if (sizeof<T>() > 1)
      for (let y = 0; y < rows; y++) {
        fold(tables, sums + <usize>y * SUM_BYTES, unitY * rows + y);
        if (sizeof<T>() == 4) fold(tables + 20, sums + SUM_BYTES * (<usize>y + 4), unitY * rows + y);
      }
  }
  return <i32>from;
}

function forget(parts: usize, count: i32): void {
  for (let part = 0; part < count; part++) store<i32>(parts + <usize>part * 24, 0, 20);
}

/** Adds a row of blocks to the four rows of a grid that it touches. */
function fold(table: usize, from: usize, row: i32): void {
  const waves: usize = <usize>load<u32>(table, 8) + (<usize>row << 7);
  const to: usize = <usize>load<u32>(table, 16) + <usize>load<u32>(<usize>load<u32>(table, 12) + (<usize>row << 2));
  for (let x: usize = 0; x < SUM_STRIDE; x += 16) {
    const at = from + x;
    const a = v128.load(at);
    const b = v128.load(at + SUM_STRIDE);
    const c = v128.load(at + SUM_STRIDE * 2);
    const d = v128.load(at + SUM_STRIDE * 3);
    const e = v128.load(at + SUM_STRIDE * 4);
    const f = v128.load(at + SUM_STRIDE * 5);
    const g = v128.load(at + SUM_STRIDE * 6);
    const h = v128.load(at + SUM_STRIDE * 7);
    for (let place: usize = 0; place < 4; place++) {
      const wave = waves + (place << 2);
      let sum = v128.load(to + place * SUM_STRIDE + x);
      sum = f32x4.add(sum, f32x4.mul(a, v128.load32_splat(wave)));
      sum = f32x4.add(sum, f32x4.mul(b, v128.load32_splat(wave, 16)));
      sum = f32x4.add(sum, f32x4.mul(c, v128.load32_splat(wave, 32)));
      sum = f32x4.add(sum, f32x4.mul(d, v128.load32_splat(wave, 48)));
      sum = f32x4.add(sum, f32x4.mul(e, v128.load32_splat(wave, 64)));
      sum = f32x4.add(sum, f32x4.mul(f, v128.load32_splat(wave, 80)));
      sum = f32x4.add(sum, f32x4.mul(g, v128.load32_splat(wave, 96)));
      sum = f32x4.add(sum, f32x4.mul(h, v128.load32_splat(wave, 112)));
      v128.store(to + place * SUM_STRIDE + x, sum);
    }
  }
}

/** The 64 by 64 places of a grid without the room beside them, half the range higher, as samples are. */
export function gridOfSums(from: usize, to: usize): void {
  const half = f32x4.splat(128);
  for (let y: usize = 0; y < 64; y++)
    for (let x: usize = 0; x < 256; x += 16)
      v128.store(to + (y << 8) + x, f32x4.add(v128.load(from + y * SUM_STRIDE + x), half));
}
