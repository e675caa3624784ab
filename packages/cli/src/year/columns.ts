/** What one part of a year came to, in columns. All arrays of one group are of one length; numbers of reports count from the part's first. */
export interface PartColumns {
  /** Of each report: milliseconds since 1970. */
  receivedAt: Float64Array<ArrayBuffer>;
  /** 0 to 4. */
  level: Uint8Array<ArrayBuffer>;
  /** 1 to 5, by the report alone. */
  tier: Uint8Array<ArrayBuffer>;
  /** 1 to 5, by its rules without what raises it. */
  baseTier: Uint8Array<ArrayBuffer>;
  /** Place of the agency in the plan's list, -1 without one. */
  agency: Int16Array<ArrayBuffer>;
  /** The same after the provider has named the installation address; -2 where there is nothing to ask. */
  resolvedAgency: Int16Array<ArrayBuffer>;
  /** A bit for each of `ROUTE_BASES`. */
  basis: Uint8Array<ArrayBuffer>;
  /** What is true, for scoring: the person, the place of the right force or -1, the tier, whether an installation address can be had. */
  person: Uint32Array<ArrayBuffer>;
  force: Int8Array<ArrayBuffer>;
  trueTier: Uint8Array<ArrayBuffer>;
  resolvable: Uint8Array<ArrayBuffer>;
  /** Of each person of a report who holds a value that may join: their report, and where their keys end. */
  nodeReport: Uint32Array<ArrayBuffer>;
  nodeEnd: Uint32Array<ArrayBuffer>;
  /** Of each key, as the compact index takes it. */
  keyLo: Int32Array<ArrayBuffer>;
  keyHi: Int32Array<ArrayBuffer>;
  keyHolder: Int32Array<ArrayBuffer>;
  keyWhat: Uint8Array<ArrayBuffer>;
  /** Of each sighting of a file: its report, the item's hash, who had it, whether the truth calls the item viral. */
  sightingReport: Uint32Array<ArrayBuffer>;
  sightingLo: Int32Array<ArrayBuffer>;
  sightingHi: Int32Array<ArrayBuffer>;
  sightingHolder: Int32Array<ArrayBuffer>;
}

type Column = PartColumns[keyof PartColumns];

/** The type of each column, in the order in which a file holds them: the widest first, so that each begins where its type may. */
const TYPES = {
  receivedAt: Float64Array,
  person: Uint32Array,
  nodeReport: Uint32Array,
  nodeEnd: Uint32Array,
  keyLo: Int32Array,
  keyHi: Int32Array,
  keyHolder: Int32Array,
  sightingReport: Uint32Array,
  sightingLo: Int32Array,
  sightingHi: Int32Array,
  sightingHolder: Int32Array,
  agency: Int16Array,
  resolvedAgency: Int16Array,
  level: Uint8Array,
  tier: Uint8Array,
  baseTier: Uint8Array,
  basis: Uint8Array,
  force: Int8Array,
  trueTier: Uint8Array,
  resolvable: Uint8Array,
  keyWhat: Uint8Array,
} as const satisfies Record<keyof PartColumns, unknown>;

const NAMES = Object.keys(TYPES) as Array<keyof PartColumns>;
const ALIGN = 8;
const HEAD_BYTES = 4;

/** Columns that can grow, and give themselves cut to what was put in. */
export interface GrowingColumns {
  put(name: keyof PartColumns, value: number): void;
  length(name: keyof PartColumns): number;
  cut(): PartColumns;
}

export function growingColumns(): GrowingColumns {
  const held = Object.fromEntries(
    NAMES.map((name) => [name, { column: new TYPES[name](1024), used: 0 }]),
  ) as Record<keyof PartColumns, { column: Column; used: number }>;
  return {
    put(name, value) {
      const one = held[name];
      if (one.used === one.column.length) {
        const wider = new TYPES[name](one.column.length * 2);
        wider.set(one.column);
        one.column = wider;
      }
      one.column[one.used] = value;
      one.used += 1;
    },
    length: (name) => held[name].used,
    cut: () =>
      Object.fromEntries(
        NAMES.map((name) => [name, held[name].column.slice(0, held[name].used)]),
      ) as unknown as PartColumns,
  };
}

/** A part as bytes: the length of a head in JSON that says how long each column is, the head, and the columns. */
export function encodeColumns(columns: PartColumns): Uint8Array {
  const lengths = Object.fromEntries(NAMES.map((name) => [name, columns[name].length]));
  const head = new TextEncoder().encode(JSON.stringify(lengths));
  const places = placesOf(lengths, HEAD_BYTES + head.length);
  const bytes = new Uint8Array(places.end);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, HEAD_BYTES);
  for (const name of NAMES) {
    const { buffer, byteOffset, byteLength } = columns[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), places.at.get(name));
  }
  return bytes;
}

/**
 * The part that these bytes hold.
 * @throws RangeError for bytes that are no part, or half of one
 */
export function decodeColumns(bytes: Uint8Array): PartColumns {
  // A copy that begins at an address where every type of number may.
  const own = bytes.slice();
  const headBytes = own.length < HEAD_BYTES ? 0 : new DataView(own.buffer).getUint32(0, true);
  const lengths = headOf(own.subarray(HEAD_BYTES, HEAD_BYTES + headBytes));
  const places = placesOf(lengths, HEAD_BYTES + headBytes);
  if (places.end !== own.length)
    throw new RangeError(`a part of a year has ${own.length} bytes and names ${places.end}`);
  return Object.fromEntries(
    NAMES.map((name) => [name, new TYPES[name](own.buffer, places.at.get(name), lengths[name])]),
  ) as unknown as PartColumns;
}

function headOf(bytes: Uint8Array): Record<string, number> {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, number>;
    if (NAMES.every((name) => Number.isSafeInteger(head[name]))) return head;
  } catch (cause) {
    throw new RangeError("these bytes are no part of a year", { cause });
  }
  throw new RangeError("these bytes are a part of a year as another version of this program wrote it");
}

function placesOf(lengths: Record<string, number>, from: number) {
  const at = new Map<keyof PartColumns, number>();
  let end = from;
  for (const name of NAMES) {
    end = Math.ceil(end / ALIGN) * ALIGN;
    at.set(name, end);
    end += (lengths[name] ?? 0) * TYPES[name].BYTES_PER_ELEMENT;
  }
  return { at, end };
}
