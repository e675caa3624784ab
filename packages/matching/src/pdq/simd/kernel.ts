/** What `as/pdq` exports. Pointers are places in its memory; what they mean is said there. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly freeFrom: { readonly value: number };
  readonly TABLE_BYTES: { readonly value: number };
  readonly coefficientSteps: { readonly value: number };
  readonly transform: (grid: number, cosines: number, half: number, coefficients: number) => void;
  readonly hashBits: (coefficients: number, hash: number) => number;
  readonly steps: (grid: number, margin: number) => number;
  readonly doubtfulSteps: () => number;
  readonly bandOfWholes: (
    rows: number,
    rowBytes: number,
    count: number,
    weights: number,
    scale: number,
    sums: number,
  ) => void;
  readonly bandOfFloats: (
    rows: number,
    rowBytes: number,
    count: number,
    weights: number,
    sums: number,
  ) => void;
  readonly sampleBand: (sums: number, plan: number, out: number) => void;
  readonly pickColumns: (row: number, columns: number, count: number, channels: number, out: number) => void;
  readonly exactRoom: (width: number, height: number) => number;
  readonly exactBegin: (
    width: number,
    height: number,
    channels: number,
    room: number,
    columns: number,
    lines: number,
    grid: number,
  ) => void;
  readonly exactRows: (rows: number, rowBytes: number, count: number) => void;
  readonly exactEnd: () => void;
  readonly buildTable: (table: number, counts: number, symbols: number, ac: number) => number;
  readonly setGrid: (
    second: number,
    columnWaves: number,
    columnFirsts: number,
    rowWaves: number,
    rowFirsts: number,
    grid: number,
  ) => void;
  readonly setMarks: (at: number, across: number) => void;
  readonly scan: (
    kind: number,
    grids: number,
    from: number,
    end: number,
    top: number,
    across: number,
    down: number,
    restart: number,
    parts: number,
    count: number,
    first: number,
    last: number,
    low: number,
  ) => number;
  readonly gridOfSums: (from: number, to: number) => void;
}

const PAGE = 65_536;

/** Room in the kernel's memory. What is taken is gone until everything is given back down to a mark. */
export interface Room {
  /** The place of so many new bytes, a multiple of 16. They hold whatever was there. */
  readonly take: (bytes: number) => number;
  readonly mark: () => number;
  readonly back: (mark: number) => void;
  /** The memory, as it is until the next `take`. */
  readonly bytes: () => Uint8Array;
}

export function roomIn(kernel: Kernel): Room {
  let next = (kernel.freeFrom.value + 15) & ~15;
  let view = new Uint8Array(kernel.memory.buffer);
  const bytes = () => {
    if (view.buffer !== kernel.memory.buffer) view = new Uint8Array(kernel.memory.buffer);
    return view;
  };
  return {
    take: (wanted) => {
      const at = next;
      next = at + Math.ceil(wanted / 16) * 16;
      const missing = next - kernel.memory.buffer.byteLength;
      if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
      return at;
    },
    mark: () => next,
    back: (mark) => {
      next = mark;
    },
    bytes,
  };
}
