import { ipBytes } from "@fairlead/report";
import { NetworkTableError } from "./error.ts";
import { readValue, type Value } from "./mmdb-value.ts";

/** A database of networks in MaxMind's format, over bytes that the caller has read. */
export interface NetworkDatabase {
  /** What the file says about itself: type, description, when it was built (seconds since 1970). */
  readonly type: string;
  readonly builtAt: number;
  /** The record of the smallest network in the file that holds an address; `undefined` where there is none. */
  lookUp(address: string): Value | undefined;
}

/** "\xab\xcd\xefMaxMind.com": the metadata begins behind its last occurrence in the last 128 KiB (specification, Metadata). */
const MARKER = [0xab, 0xcd, 0xef, 0x4d, 0x61, 0x78, 0x4d, 0x69, 0x6e, 0x64, 0x2e, 0x63, 0x6f, 0x6d] as const;
const METADATA_WITHIN = 128 * 1024;
/** Sixteen zero bytes stand between the tree and the data (specification, Data Section Separator). */
const SEPARATOR = 16;

/**
 * Opens a database (MaxMind DB file format, version 2.0). Reading is bounded by the bytes: a damaged file is refused or gives an
 * error, and never reads what is not there.
 * @throws NetworkTableError `table.damaged` or `table.unsupported`
 */
export function openNetworkDatabase(bytes: Uint8Array): NetworkDatabase {
  return guarded(() => open(bytes));
}

/** Reading beyond the bytes, or text that is no UTF-8, is what the platform finds first: it says the same about the file. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError)
      throw new NetworkTableError("table.damaged", "it points to what is not in it");
    throw cause;
  }
}

function open(bytes: Uint8Array): NetworkDatabase {
  const start = metadataStart(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const metadata = readValue(view, start, start).value;
  const number = (name: string): number => {
    const value = metadata instanceof Map ? metadata.get(name) : undefined;
    const plain = typeof value === "bigint" ? Number(value) : value;
    if (typeof plain !== "number")
      throw new NetworkTableError("table.damaged", `its metadata has no ${name}`);
    return plain;
  };
  const [nodes, bits, version] = [number("node_count"), number("record_size"), number("ip_version")];
  if (
    number("binary_format_major_version") !== 2 ||
    ![24, 28, 32].includes(bits) ||
    ![4, 6].includes(version)
  )
    throw new NetworkTableError(
      "table.unsupported",
      `format ${number("binary_format_major_version")}, records of ${bits} bits, IP version ${version}`,
    );
  const width = bits / 4;
  const data = nodes * width + SEPARATOR;
  if (data > start) throw new NetworkTableError("table.damaged", "its tree is longer than the file");
  const child = childReader(view, bits, width);
  const type = metadata instanceof Map ? metadata.get("database_type") : undefined;

  const ipv4Root = (): number => {
    let node = 0;
    for (let bit = 0; version === 6 && bit < 96 && node < nodes; bit += 1) node = child(node, 0);
    return node;
  };
  const root4 = ipv4Root();

  return {
    type: typeof type === "string" ? type : "",
    builtAt: number("build_epoch"),
    lookUp(address) {
      const key = ipBytes(address);
      if (key === undefined || (key.length === 16 && version === 4)) return undefined;
      return guarded(() => {
        let node = key.length === 4 ? root4 : 0;
        for (let bit = 0; bit < key.length * 8 && node < nodes; bit += 1)
          node = child(node, ((key[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
        // A record that equals the number of nodes says: not in the database.
        return node <= nodes
          ? undefined
          : readValue(view, data + node - nodes - SEPARATOR, data, start).value;
      });
    },
  };
}

function metadataStart(bytes: Uint8Array): number {
  const least = Math.max(0, bytes.length - METADATA_WITHIN);
  for (let at = bytes.length - MARKER.length; at >= least; at -= 1)
    if (MARKER.every((byte, index) => bytes[at + index] === byte)) return at + MARKER.length;
  throw new NetworkTableError("table.damaged", "it has no metadata; is it an .mmdb file, read whole?");
}

/** Reads the left (0) or right (1) record of a node; of 28 bits, the four high ones share the middle byte. */
function childReader(view: DataView, bits: number, width: number): (node: number, side: number) => number {
  if (bits === 32) return (node, side) => view.getUint32(node * width + side * 4);
  if (bits === 24)
    return (node, side) => {
      const at = node * width + side * 3;
      return (view.getUint16(at) << 8) | view.getUint8(at + 2);
    };
  return (node, side) => {
    const at = node * width;
    const middle = view.getUint8(at + 3);
    return side === 0
      ? (view.getUint16(at) << 8) | view.getUint8(at + 2) | ((middle & 0xf0) << 20)
      : (view.getUint32(at + 3) & 0x0fff_ffff) >>> 0;
  };
}
