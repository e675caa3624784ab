import { decode } from "cborg";
import { Refused } from "./refused.ts";
import { concat, equal, u16, u32, u64, u8 } from "./tls.ts";

const MOST_UINT64 = 2n ** 64n - 1n;

/**
 * Deterministic CBOR (RFC 8949, section 4.2.1) of null, booleans, integers, text, bytes, arrays, and maps with text and integer keys.
 * The library reads; that there was no other spelling is seen by writing it again, here without the library.
 * @param most bytes, and arrays and maps inside of each other
 * @throws Refused
 */
export function fromCbor(bytes: Uint8Array, most: { bytes: number; depth: number }): unknown {
  if (bytes.length > most.bytes) throw new Refused("too long");
  const value = parse(bytes);
  if (!equal(toCbor(value, most.depth), bytes)) throw new Refused("another form than the deterministic one");
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
    });
  } catch {
    throw new Refused("no CBOR");
  }
}

/** @throws Refused for values that the profile has not */
export function toCbor(value: unknown, depth: number): Uint8Array {
  if (value === null) return u8(0xf6);
  if (typeof value === "boolean") return u8(value ? 0xf5 : 0xf4);
  if (typeof value === "string") return ofText(value);
  if (value instanceof Uint8Array) return concat(head(2, BigInt(value.length)), value);
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return ofInteger(BigInt(value as number));
  if (depth === 0) throw new Refused("nested too deep");
  if (Array.isArray(value))
    return concat(head(4, BigInt(value.length)), ...value.map((one) => toCbor(one, depth - 1)));
  if (!(value instanceof Map)) throw new Refused("a value that the profile has not");
  const entries = Array.from(value, ([key, held]) => [ofKey(key), toCbor(held, depth - 1)] as const);
  entries.sort(([one], [other]) => Buffer.compare(one, other));
  return concat(head(5, BigInt(entries.length)), ...entries.flat());
}

function ofKey(key: unknown): Uint8Array {
  if (typeof key === "string" || Number.isSafeInteger(key)) return toCbor(key, 0);
  throw new Refused("a key that is neither text nor a small integer");
}

function ofText(text: string): Uint8Array {
  if (!text.isWellFormed() || text.startsWith("\uFEFF")) throw new Refused("a text that is none");
  const bytes = new TextEncoder().encode(text);
  return concat(head(3, BigInt(bytes.length)), bytes);
}

function ofInteger(value: bigint): Uint8Array {
  const [major, size] = value < 0n ? [1, -1n - value] : [0, value];
  if (size > MOST_UINT64) throw new Refused("an integer beyond 64 bits");
  return head(major, size);
}

function head(major: number, size: bigint): Uint8Array {
  const first = major << 5;
  if (size < 24n) return u8(first + Number(size));
  if (size < 2n ** 8n) return concat(u8(first + 24), u8(Number(size)));
  if (size < 2n ** 16n) return concat(u8(first + 25), u16(Number(size)));
  return size < 2n ** 32n ? concat(u8(first + 26), u32(Number(size))) : concat(u8(first + 27), u64(size));
}
