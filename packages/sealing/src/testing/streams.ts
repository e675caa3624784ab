// Streams for the tests of this package.

/** A stream that hands out bytes in portions of these sizes, over and over; an empty portion is a portion too. */
export async function* inPortions(
  bytes: Uint8Array,
  sizes: readonly number[] = [10_000],
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(sizes.length === 1 ? 1 : 0, sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** A whole stream as one array. */
export async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Uint8Array.from(Buffer.concat(parts));
}

/** What a stream gave before it failed or ended, and how it failed. */
export async function collectUntilError(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array; readonly error: unknown }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of source) parts.push(part);
    return { bytes: Uint8Array.from(Buffer.concat(parts)), error: undefined };
  } catch (error) {
    return { bytes: Uint8Array.from(Buffer.concat(parts)), error };
  }
}

/** Bytes that repeat in no short period, so that a chunk out of place is seen. The same for the same seed. */
export function patternedBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** A copy with one byte changed. */
export function withFlippedByte(bytes: Uint8Array, at: number, mask = 1): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
}
