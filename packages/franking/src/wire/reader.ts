import { FrankingError } from "../error.ts";

/** Reads TLS presentation language; every method throws `wire.malformed` when the bytes are not what it asks for. */
export interface TlsReader {
  uint8(): number;
  uint16(): number;
  uint32(): number;
  uint64(): bigint;
  fixed(length: number): Uint8Array;
  vector(): Uint8Array;
  /** Goes past a vector of which nobody needs the bytes. */
  skipVector(): void;
  text(): string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a whole structure: nothing may be left over. `what` names it in errors.
 * @throws FrankingError `wire.malformed`
 */
export function readTls<T>(bytes: Uint8Array, what: string, read: (reader: TlsReader) => T): T {
  let at = 0;
  const reader: TlsReader = {
    uint8: () => uint(1),
    uint16: () => uint(2),
    uint32: () => uint(4),
    uint64: () => (BigInt(uint(4)) << 32n) | BigInt(uint(4)),
    fixed: (length) => new Uint8Array(take(length)),
    vector: () => new Uint8Array(take(varint())),
    skipVector() {
      take(varint());
    },
    text() {
      try {
        return utf8.decode(take(varint()));
      } catch (cause) {
        throw cause instanceof FrankingError ? cause : bad("has a text that is not UTF-8");
      }
    },
  };

  function bad(wrong: string): FrankingError {
    return new FrankingError("wire.malformed", `${what} of ${bytes.length} bytes ${wrong}`);
  }
  function take(length: number): Uint8Array {
    if (length > bytes.length - at) throw bad("is cut short");
    at += length;
    return bytes.subarray(at - length, at);
  }
  function uint(size: 1 | 2 | 4): number {
    let value = 0;
    for (const byte of take(size)) value = value * 256 + byte;
    return value;
  }
  function varint(): number {
    const first = uint(1);
    const prefix = first >> 6;
    // RFC 9420, section 2.1.2: "The prefix 11 is invalid and MUST be rejected."
    if (prefix === 3) throw bad("has a length of no known form");
    let value = first & 0x3f;
    for (let more = (1 << prefix) - 1; more > 0; more -= 1) value = value * 256 + uint(1);
    // RFC 9420, section 2.1.2: "Vectors that start with a non-minimal length encoding MUST be rejected" in effect: the shortest form only.
    if ((prefix === 1 && value < 0x40) || (prefix === 2 && value < 0x4000))
      throw bad("has a length that is not in its shortest form");
    return value;
  }

  const value = read(reader);
  if (at !== bytes.length) throw bad(`goes on for ${bytes.length - at} bytes after its end`);
  return value;
}
