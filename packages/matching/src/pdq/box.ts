/**
 * The running means with which PDQ smooths a picture before it samples it: two passes along the rows and two along the
 * columns make a tent. The reference keeps two whole pictures for that; here rows flow through, and a pass along the columns
 * keeps only as many rows as its window is high. Every sum is made of the same numbers in the same order, so every bit is
 * the same.
 *
 * Source: ThreatExchange, `hashing.pdf`, "Downsampling"; Jarosz, "Fast Image Convolutions" (2001).
 */

/** The places that PDQ samples of a side. */
export const SAMPLES = 64;

/** How many neighbours are averaged along a side of this length: a 128th of it, rounded up. */
export function windowOf(side: number): number {
  return Math.ceil(side / (2 * SAMPLES));
}

/** Which places of a side are sampled: the middles of 64 equal parts. */
export function samplesOf(side: number): Uint32Array {
  return Uint32Array.from({ length: SAMPLES }, (_, at) => Math.floor(((at + 0.5) * side) / SAMPLES));
}

/** How many neighbours are in the sum before the first mean can be told. */
export function leadOf(window: number): number {
  return Math.trunc((window + 2) / 2);
}

/** Writes into `out` the running mean of the first `length` numbers of `row`. */
export function boxAlongRow(row: Float32Array, out: Float32Array, length: number, window: number): void {
  const lead = leadOf(window);
  let sum = 0;
  let inside = 0;
  for (let at = 0, next = 0; at < length; at++) {
    const due = Math.min(at + lead, length);
    for (; next < due; next++) {
      sum = Math.fround(sum + (row[next] ?? 0));
      inside++;
    }
    if (at + lead > window) {
      sum = Math.fround(sum - (row[at + lead - 1 - window] ?? 0));
      inside--;
    }
    out[at] = Math.fround(sum / inside);
  }
}

/** The state of a pass along the columns, while rows come in from the top. */
export interface ColumnBox {
  readonly columns: number;
  readonly window: number;
  readonly sums: Float32Array;
  /** The rows that are in the sums; row `y` is at `y % window`. */
  readonly kept: Float32Array;
  /** How many rows came in. */
  taken: number;
  /** How many of them are in the sums. */
  inside: number;
}

export function columnBox(columns: number, window: number): ColumnBox {
  return {
    columns,
    window,
    sums: new Float32Array(columns),
    kept: new Float32Array(columns * window),
    taken: 0,
    inside: 0,
  };
}

/** Takes the next row in. Says whether a row of means came out, into `out`. */
export function pushRow(box: ColumnBox, row: Float32Array, out: Float32Array): boolean {
  const { columns, window, sums, kept } = box;
  const slot = (box.taken % window) * columns;
  const full = box.taken >= window;
  for (let x = 0; x < columns; x++) {
    const value = row[x] ?? 0;
    const sum = Math.fround((sums[x] ?? 0) + value);
    sums[x] = full ? Math.fround(sum - (kept[slot + x] ?? 0)) : sum;
    kept[slot + x] = value;
  }
  box.taken++;
  if (!full) box.inside++;
  if (box.taken < leadOf(window)) return false;
  means(box, out);
  return true;
}

/** One more row of means into `out`, when no more rows come in: there are as many as the window's lead less one. */
export function drainRow(box: ColumnBox, out: Float32Array): void {
  const { columns, window, sums, kept } = box;
  const slot = ((box.taken - box.inside) % window) * columns;
  for (let x = 0; x < columns; x++) sums[x] = Math.fround((sums[x] ?? 0) - (kept[slot + x] ?? 0));
  box.inside--;
  means(box, out);
}

function means({ columns, sums, inside }: ColumnBox, out: Float32Array): void {
  for (let x = 0; x < columns; x++) out[x] = Math.fround((sums[x] ?? 0) / inside);
}
