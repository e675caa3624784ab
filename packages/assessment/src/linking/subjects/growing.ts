/** The typed arrays that an index grows. */
type Numbers = Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/**
 * The array itself while it is long enough; otherwise a copy with room for half as much again, so that growing costs little for each
 * element and never doubles the memory of a large index.
 */
export function grown<A extends Numbers>(array: A, length: number): A {
  if (length <= array.length) return array;
  const room = Math.max(length, Math.ceil(array.length * 1.5), 64);
  const larger = new (array.constructor as new (length: number) => A)(room);
  larger.set(array);
  return larger;
}
