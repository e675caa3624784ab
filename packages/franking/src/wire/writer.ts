import { FrankingError } from "../error.ts";

/** RFC 9000, section 16, as RFC 9420, section 2.1.2 uses it: at most 30 bits. */
const LONGEST_VECTOR = 2 ** 30 - 1;
/** Everything that is signed or hashed here for a message fits into this; what is longer grows. */
const USUAL_BYTES = 256;

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

const utf8 = new TextEncoder();

/** @throws FrankingError `wire.value` from its methods, for what does not fit into its field */
export function tlsWriter(): TlsWriter {
  let buffer = new Uint8Array(USUAL_BYTES);
  let length = 0;
  const writer: TlsWriter = {
    uint8: (value) => uint(value, 1),
    uint16: (value) => uint(value, 2),
    uint32: (value) => uint(value, 4),
    uint64(value) {
      if (value < 0n || value >= 1n << 64n) throw beyond(8);
      room(8);
      new DataView(buffer.buffer).setBigUint64(length, value);
      length += 8;
      return writer;
    },
    fixed(bytes, size) {
      if (bytes.length !== size) throw unfit(`${bytes.length} bytes for a field of ${size}`);
      return add(bytes);
    },
    vector(bytes) {
      varint(bytes.length);
      return add(bytes);
    },
    text(text) {
      if (!text.isWellFormed()) throw unfit("a text that has no UTF-8");
      return writer.vector(utf8.encode(text));
    },
    bytes: () => buffer.slice(0, length),
  };

  function room(size: number): void {
    if (length + size <= buffer.length) return;
    const larger = new Uint8Array(2 * (length + size));
    larger.set(buffer);
    buffer = larger;
  }
  function add(bytes: Uint8Array): TlsWriter {
    room(bytes.length);
    buffer.set(bytes, length);
    length += bytes.length;
    return writer;
  }
  /** Big-endian, `size` bytes. */
  function uint(value: number, size: 1 | 2 | 4): TlsWriter {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) throw beyond(size);
    room(size);
    for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      buffer[length] = value >>> shift;
      length += 1;
    }
    return writer;
  }
  /** RFC 9420, section 2.1.2: the two high bits say how long the length is, and it must be as short as it can. */
  function varint(value: number): void {
    if (value < 0x40) uint(value, 1);
    else if (value < 0x4000) uint(0x4000 | value, 2);
    else if (value <= LONGEST_VECTOR) uint(0x8000_0000 + value, 4);
    else throw unfit(`a vector of ${value} bytes`);
  }
  return writer;
}

function beyond(size: number): FrankingError {
  return unfit(`a number beyond uint${8 * size}`);
}

function unfit(what: string): FrankingError {
  return new FrankingError("wire.value", `the wire has no place for ${what}`);
}
