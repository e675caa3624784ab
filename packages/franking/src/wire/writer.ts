import { concatBytes } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";

/** RFC 9000, section 16, as RFC 9420, section 2.1.2 uses it: at most 30 bits. */
const LONGEST_VECTOR = 2 ** 30 - 1;

/** TLS presentation language (RFC 8446, section 3) with MLS's variable-size vectors (RFC 9420, section 2.1). */
export interface TlsWriter {
  uint8(value: number): TlsWriter;
  uint16(value: number): TlsWriter;
  uint32(value: number): TlsWriter;
  uint64(value: bigint): TlsWriter;
  /** `opaque name[length]` */
  fixed(bytes: Uint8Array, length: number): TlsWriter;
  /** `opaque name<V>` */
  vector(bytes: Uint8Array): TlsWriter;
  /** `opaque uri<V>` in UTF-8 */
  text(text: string): TlsWriter;
  bytes(): Uint8Array;
}

/** @throws FrankingError `wire.value` from its methods, for what does not fit into its field */
export function tlsWriter(): TlsWriter {
  const parts: Uint8Array[] = [];
  const writer: TlsWriter = {
    uint8: (value) => add(uint(BigInt(value), 1)),
    uint16: (value) => add(uint(BigInt(value), 2)),
    uint32: (value) => add(uint(BigInt(value), 4)),
    uint64: (value) => add(uint(value, 8)),
    fixed(bytes, length) {
      if (bytes.length !== length) throw unfit(`${bytes.length} bytes for a field of ${length}`);
      return add(bytes);
    },
    vector(bytes) {
      add(varint(bytes.length));
      return add(bytes);
    },
    text(text) {
      if (!text.isWellFormed()) throw unfit("a text that has no UTF-8");
      return writer.vector(new TextEncoder().encode(text));
    },
    bytes: () => concatBytes(...parts),
  };
  function add(bytes: Uint8Array): TlsWriter {
    parts.push(bytes);
    return writer;
  }
  return writer;
}

/** Big-endian, `size` bytes. */
function uint(value: bigint, size: number): Uint8Array {
  if (value < 0n || value >= 1n << BigInt(8 * size)) throw unfit(`a number beyond uint${8 * size}`);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes.subarray(8 - size);
}

/** RFC 9420, section 2.1.2: the two high bits say how long the length is, and it must be as short as it can. */
function varint(length: number): Uint8Array {
  if (length < 0x40) return Uint8Array.of(length);
  if (length < 0x4000) return uint(BigInt(0x4000 | length), 2);
  if (length <= LONGEST_VECTOR) return uint(0x8000_0000n | BigInt(length), 4);
  throw unfit(`a vector of ${length} bytes`);
}

function unfit(what: string): FrankingError {
  return new FrankingError("wire.value", `the wire has no place for ${what}`);
}
