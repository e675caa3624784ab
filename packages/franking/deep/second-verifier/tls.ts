import { Refused } from "./refused.ts";

// TLS presentation language (RFC 8446, section 3) with the vectors of RFC 9420, section 2.1.2.

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Big-endian. */
function number(value: bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => Number((value >> BigInt(8 * (size - 1 - at))) & 0xffn));
}

export const u8 = (value: number): Uint8Array => number(BigInt(value), 1);
export const u16 = (value: number): Uint8Array => number(BigInt(value), 2);
export const u32 = (value: number): Uint8Array => number(BigInt(value), 4);
export const u64 = (value: bigint): Uint8Array => number(value, 8);

export function varBytes(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  if (length < 2 ** 6) return concat(u8(length), bytes);
  return length < 2 ** 14 ? concat(u16(length + 2 ** 14), bytes) : concat(u32(length + 2 ** 31), bytes);
}

export function varText(text: string): Uint8Array {
  return varBytes(new TextEncoder().encode(text));
}

export interface Cursor {
  number(size: number): bigint;
  fixed(length: number): Uint8Array;
  vector(): Uint8Array;
  text(): string;
}

/** @throws Refused for what does not fill the structure to its last byte, each length in its shortest form */
export function fromTls<T>(bytes: Uint8Array, read: (from: Cursor) => T): T {
  let rest = bytes;
  const fixed = (length: number): Uint8Array => {
    if (length > rest.length) throw new Refused("a structure is cut short");
    const taken = rest.slice(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  const integer = (size: number): bigint =>
    fixed(size).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const vector = (): Uint8Array => {
    const form = (rest[0] ?? 0xff) >> 6;
    if (form === 3) throw new Refused("a length of no known form");
    const size = 2 ** form;
    const length = Number(integer(size) & ((1n << BigInt(8 * size - 2)) - 1n));
    if ((form === 1 && length < 2 ** 6) || (form === 2 && length < 2 ** 14))
      throw new Refused("a length that could be shorter");
    return fixed(length);
  };
  const text = (): string => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(vector());
    } catch {
      throw new Refused("a text that is none");
    }
  };
  const value = read({ number: integer, fixed, vector, text });
  if (rest.length > 0) throw new Refused("bytes behind the end");
  return value;
}
