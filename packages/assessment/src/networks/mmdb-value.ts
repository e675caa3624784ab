import { NetworkTableError } from "./error.ts";

/** A value of the data section. */
export type Value = string | number | bigint | boolean | Uint8Array | Value[] | Map<string, Value>;

interface Read {
  value: Value;
  /** Where the next value begins. */
  next: number;
}

/** Values inside values; a file of honest data has two or three levels, a hostile one may point in circles. */
const DEEPEST = 16;
const TEXT = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads one value (MaxMind DB file format 2.0, Data Section).
 * @param base where pointers count from
 * @param end the first byte that is no data
 * @throws NetworkTableError when the value does not end before `end`
 */
export function readValue(view: DataView, at: number, base: number, end = view.byteLength, depth = 0): Read {
  if (depth > DEEPEST) throw damaged();
  const byte = (offset: number): number => {
    if (offset < base || offset >= end) throw damaged();
    return view.getUint8(offset);
  };
  const whole = (offset: number, length: number): bigint => {
    let value = 0n;
    for (let i = 0; i < length; i += 1) value = (value << 8n) | BigInt(byte(offset + i));
    return value;
  };
  let next = at;
  const control = byte(next);
  next += 1;
  let type = control >> 5;
  if (type === 1) {
    const size = ((control >> 3) & 3) + 1;
    const high = size === 4 ? 0 : control & 7;
    const pointer =
      Number((BigInt(high) << BigInt(size * 8)) | whole(next, size)) + ([0, 2048, 526_336, 0][size - 1] ?? 0);
    return { value: readValue(view, base + pointer, base, end, depth + 1).value, next: next + size };
  }
  if (type === 0) {
    type = 7 + byte(next);
    next += 1;
  }
  let size = control & 0x1f;
  if (size > 28) {
    const more = size - 28;
    size = Number(whole(next, more)) + ([29, 285, 65_821][more - 1] ?? 0);
    next += more;
  }
  // Booleans have their value where others have their length.
  if (type === 14) return { value: size !== 0, next };
  if (type === 7 || type === 11) return readMany(view, { next, size, isMap: type === 7, base, end, depth });
  if (next + size > end) throw damaged();
  const after = next + size;
  if (type === 2 || type === 4) {
    const slice = new Uint8Array(view.buffer, view.byteOffset + next, size);
    return { value: type === 2 ? TEXT.decode(slice) : slice, next: after };
  }
  if (type === 3 && size === 8) return { value: view.getFloat64(next), next: after };
  if (type === 15 && size === 4) return { value: view.getFloat32(next), next: after };
  if (type === 8 && size <= 4) return { value: Number(BigInt.asIntN(32, whole(next, size))), next: after };
  if ((type === 5 || type === 6) && size <= 4) return { value: Number(whole(next, size)), next: after };
  if ((type === 9 && size <= 8) || (type === 10 && size <= 16))
    return { value: whole(next, size), next: after };
  throw damaged();
}

function readMany(
  view: DataView,
  many: { next: number; size: number; isMap: boolean; base: number; end: number; depth: number },
): Read {
  const { size, isMap, base, end, depth } = many;
  let { next } = many;
  const map = new Map<string, Value>();
  const list: Value[] = [];
  for (let i = 0; i < size; i += 1) {
    const first = readValue(view, next, base, end, depth + 1);
    next = first.next;
    if (!isMap) {
      list.push(first.value);
      continue;
    }
    if (typeof first.value !== "string") throw damaged();
    const second = readValue(view, next, base, end, depth + 1);
    next = second.next;
    map.set(first.value, second.value);
  }
  return { value: isMap ? map : list, next };
}

function damaged(): NetworkTableError {
  return new NetworkTableError("table.damaged", "a value in it goes beyond its end or nests without one");
}
