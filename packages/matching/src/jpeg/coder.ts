import type { PdqSemantics } from "../pdq/hash.ts";
import type { PdqOfPicture } from "../pdq/plain.ts";
import type { Workplace } from "./hash-jpeg.ts";
import { JpegRefused, limits } from "./refused.ts";
import type { CodeTable, Component, Frame, Scan } from "./segments.ts";
import { type Waves, wavesOf } from "./waves.ts";

/** Bytes between two rows of sums, in the compiled code: 64 places and the four that a last block may reach over. */
const ROW_BYTES = 288;
const GRID_BYTES = ROW_BYTES * 68;
const PART_BYTES = 24;
/** A unit has at most 10 blocks of at most 31 bits a coefficient: reading that runs over the end stays in memory of ours. */
const BELOW = 4096;

// T.81, figure A.6.
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** Places in the compiled code's memory: the file, the end of its bits, a scan's parts, and a grid for each of the semantics. */
interface Begun {
  readonly from: number;
  readonly top: number;
  readonly parts: number;
  readonly grids: readonly number[];
}

/** One JPEG on its way through the compiled code: its tables, and the grids that its scans add up. */
export class Coder {
  restart = 0;
  readonly #place: Workplace;
  readonly #file: Uint8Array;
  readonly #semantics: readonly PdqSemantics[];
  readonly #tables = new Map<number, number>();
  readonly #quantisers = new Map<number, Uint16Array>();
  /** For each coefficient of the luma the lowest bit that came; -1 before any did. */
  readonly #came = new Int8Array(64).fill(-1);
  #begun: Begun | null = null;
  #visits = 0;

  constructor(place: Workplace, file: Uint8Array, semantics: readonly PdqSemantics[]) {
    this.#place = place;
    this.#file = file;
    this.#semantics = semantics;
  }

  quantisers(tables: ReadonlyMap<number, Uint16Array>): void {
    for (const [number, table] of tables) this.#quantisers.set(number, table);
  }

  codes({ ac, number, counts, symbols }: CodeTable): void {
    const { kernel, room } = this.#place;
    const slot = number + (ac ? 4 : 0);
    const table = this.#tables.get(slot) ?? room.take(kernel.TABLE_BYTES.value);
    this.#tables.set(slot, table);
    const mark = room.mark();
    const given = room.take(16 + 256);
    room.bytes().set(counts, given);
    room.bytes().set(symbols, given + 16);
    const made = kernel.buildTable(table, given, given + 16, ac ? 1 : 0);
    room.back(mark);
    if (made === 0) throw new JpegRefused("damaged");
  }

  /** Reads the scan whose bytes begin at `at`. Returns where the next marker is. */
  scan(frame: Frame, scan: Scan, at: number): number {
    const [luma] = frame.components;
    if (luma === undefined) throw new JpegRefused("damaged");
    if (!scan.parts.some(({ id }) => id === luma.id)) return this.#behindScan(at);
    const begun = (this.#begun ??= this.#begin(frame, luma));
    this.#expect(frame, scan);
    const { kernel, room } = this.#place;
    const alone = scan.parts.length === 1;
    const acrossUnit = 8 * (alone ? 1 : luma.across);
    const downUnit = 8 * (alone ? 1 : luma.down);
    const [across, down] = [Math.ceil(frame.width / acrossUnit), Math.ceil(frame.height / downUnit)];
    this.#visits += across * down * ((acrossUnit * downUnit) / 64);
    if (this.#visits > limits.visitsPerBlock * (blocksAcross(frame, luma) * blocksDown(frame, luma)))
      throw new JpegRefused("too_much_work");
    const parts = new Uint32Array(room.bytes().buffer, begun.parts, (3 * PART_BYTES) / 4);
    const kind = !frame.progressive
      ? 0
      : scan.first === 0
        ? scan.high === 0
          ? 1
          : 2
        : scan.high === 0
          ? 3
          : 4;
    for (const [index, { id, dc, ac }] of scan.parts.entries()) {
      const component = frame.components.find((one) => one.id === id) ?? luma;
      parts.set(
        [
          alone ? 1 : component.across,
          alone ? 1 : component.down,
          kind <= 1 ? this.#table(dc) : 0,
          kind === 0 || kind >= 3 ? this.#table(ac + 4) : 0,
          component === luma ? 1 : 0,
          0,
        ],
        (index * PART_BYTES) / 4,
      );
    }
    const behind = kernel.scan(
      kind,
      begun.grids.length,
      begun.from + at,
      begun.from + this.#file.length,
      begun.top,
      across,
      down,
      this.restart,
      begun.parts,
      scan.parts.length,
      scan.first,
      scan.last,
      scan.low,
    );
    if (behind === -1) throw new JpegRefused("truncated");
    if (behind < 0) throw new JpegRefused("damaged");
    return behind - begun.from;
  }

  /** The hashes, when the file is at its end. */
  finished(): readonly PdqOfPicture[] {
    const { kernel, finish } = this.#place;
    if (this.#begun === null || this.#came[0] === -1) throw new JpegRefused("damaged");
    return this.#begun.grids.map((grid, index) => {
      kernel.gridOfSums(grid, finish.grid);
      const found = finish.of(this.#semantics[index] ?? "pdq/full", 0);
      if (found === null) throw new Error("without doubt there is always a hash");
      return { ...found, exact: false };
    });
  }

  #table(slot: number): number {
    const table = this.#tables.get(slot);
    if (table === undefined) throw new JpegRefused("damaged");
    return table;
  }

  /** Each bit of each coefficient comes once, and from the top (T.81, G.1.1.1). What breaks that could be read without end. */
  #expect({ progressive }: Frame, { first, last, high, low }: Scan): void {
    for (let place = first; place <= last; place++) {
      const before = this.#came[place] ?? -1;
      const fits = progressive && high > 0 ? before === high && low === high - 1 : before === -1;
      if (!fits) throw new JpegRefused("damaged");
      this.#came[place] = low;
    }
    if (first > 0 && this.#came[0] === -1) throw new JpegRefused("damaged");
  }

  #begin(frame: Frame, luma: Component): Begun {
    const { width, height, components, progressive } = frame;
    if (width * height > limits.pixels) throw new JpegRefused("too_large");
    const most = components.every(({ across, down }) => across <= luma.across && down <= luma.down);
    const units = components.reduce((sum, { across, down }) => sum + across * down, 0);
    if (!most || (components.length > 1 && units > 10)) throw new JpegRefused("unusual_sampling");
    const [columns, rows] = [blocksAcross(frame, luma), blocksDown(frame, luma)];
    const { kernel, room, tents } = this.#place;
    const grids = this.#semantics.map((semantics, index) => {
      const along = wavesOf(semantics, width, height, columns, tents);
      const down = wavesOf(semantics, height, width, rows, tents);
      if (along === null || down === null) throw new JpegRefused("too_small");
      const grid = room.take(GRID_BYTES);
      const [alongAt, downAt] = [this.#put(along, 4), this.#put(down, ROW_BYTES)];
      room.bytes().fill(0, grid, grid + GRID_BYTES);
      kernel.setGrid(index, ...alongAt, ...downAt, grid);
      return grid;
    });
    if (progressive) {
      const bytes = columns * rows * 16;
      const marks = room.take(bytes);
      room.bytes().fill(0, marks, marks + bytes);
      kernel.setMarks(marks, columns);
    }
    const quantisers = this.#quantisers.get(luma.quantisers);
    if (quantisers === undefined) throw new JpegRefused("damaged");
    const from = room.take(this.#file.length + 32);
    const parts = room.take(3 * PART_BYTES);
    const bits = room.take(BELOW + this.#file.length + 64);
    room.bytes().set(this.#file, from);
    const steps = new DataView(room.bytes().buffer, kernel.coefficientSteps.value);
    for (const [place, natural] of zigzag.entries()) {
      steps.setFloat32(place * 16, quantisers[place] ?? 0, true);
      steps.setUint32(place * 16 + 4, (natural & 7) * 16, true);
      steps.setUint32(place * 16 + 8, (natural >> 3) * ROW_BYTES, true);
    }
    return { from, parts, grids, top: bits + BELOW + this.#file.length + 32 };
  }

  /** Brings waves into the compiled code's memory; `bytes` are between a place and the next. */
  #put({ firsts, shares }: Waves, bytes: number): [number, number] {
    const { room } = this.#place;
    const [sharesAt, firstsAt] = [room.take(shares.byteLength), room.take(firsts.byteLength)];
    new Float32Array(room.bytes().buffer, sharesAt, shares.length).set(shares);
    new Uint32Array(room.bytes().buffer, firstsAt, firsts.length).set(firsts.map((first) => first * bytes));
    return [sharesAt, firstsAt];
  }

  #behindScan(at: number): number {
    for (let next = this.#file.indexOf(0xff, at); next !== -1; next = this.#file.indexOf(0xff, next + 1)) {
      const after = this.#file[next + 1] ?? 0;
      if (after !== 0 && after !== 0xff && (after < 0xd0 || after > 0xd7)) return next;
    }
    throw new JpegRefused("truncated");
  }
}

function blocksAcross({ width }: Frame, luma: Component): number {
  return Math.ceil(width / (8 * luma.across)) * luma.across;
}

function blocksDown({ height }: Frame, luma: Component): number {
  return Math.ceil(height / (8 * luma.down)) * luma.down;
}
