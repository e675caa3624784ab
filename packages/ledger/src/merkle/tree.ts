import { emptyRoot, nodeHash } from "./hash.ts";
import { consistencyRanges, inclusionRanges } from "./ranges.ts";

/**
 * The Merkle Tree Hash of consecutive subtrees of equal height (leaves, for instance), RFC 6962 section 2.1. The last
 * one may be the root of a smaller, incomplete subtree.
 *
 * Hashing neighbours in pairs and carrying an odd last one up gives the same tree as the RFC's split at the largest
 * power of two, without recursion.
 */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i]!;
      const right = level[i + 1];
      above.push(right === undefined ? left : nodeHash(left, right));
    }
    level = above;
  }
  return level[0] ?? emptyRoot();
}

/**
 * The inclusion proof of one leaf in the tree of all given leaf hashes, RFC 6962 section 2.1.1, from the leaf's
 * sibling up. Takes time linear in the tree; a log reads its proofs from tiles instead.
 */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionRanges(index, leafHashes.length).map((range) =>
    rootOf(leafHashes.slice(range.start, range.end)),
  );
}

/**
 * The consistency proof from the tree of the first `from` leaf hashes to the tree of all of them, RFC 6962
 * section 2.1.2. Empty when `from` is 0 or the whole tree.
 */
export function consistencyProof(leafHashes: readonly Uint8Array[], from: number): Uint8Array[] {
  return consistencyRanges(from, leafHashes.length).map((range) =>
    rootOf(leafHashes.slice(range.start, range.end)),
  );
}
