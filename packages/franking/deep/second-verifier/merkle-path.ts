import { nodeHash } from "./primitives.ts";

/**
 * The root that a path leads to (RFC 6962, section 2.1.1), taken from the definition of the tree: a tree is split at the largest power of
 * two below its size. Null where the place is not in the tree, or the path is longer or shorter than the place's.
 */
export function rootFrom(
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (index < 0n || index >= size) return null;
  if (size === 1n) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (sibling === undefined) return null;
  const left = largestBelow(size);
  const rest = path.slice(0, -1);
  if (index < left) {
    const inner = rootFrom(leaf, index, left, rest);
    return inner === null ? null : nodeHash(inner, sibling);
  }
  const inner = rootFrom(leaf, index - left, size - left, rest);
  return inner === null ? null : nodeHash(sibling, inner);
}

function largestBelow(size: bigint): bigint {
  return 1n << BigInt((size - 1n).toString(2).length - 1);
}
