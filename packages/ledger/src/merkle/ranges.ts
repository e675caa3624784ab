import { LedgerError } from "../error.ts";
import { nodeHash } from "./hash.ts";

/** The leaves from `start` up to, but not including, `end`, where the RFC's recursion makes one subtree of them. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree of 2^height leaves: the `index`-th of its height, counted from the left. */
export interface PerfectNode {
  readonly height: number;
  readonly index: number;
}

/** Answers the hash of a complete subtree. */
export type NodeSource = (node: PerfectNode) => Promise<Uint8Array>;

/** The subtrees whose hashes are the inclusion proof `PATH(index, D[size])`, RFC 6962 section 2.1.1, in its order. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new LedgerError("invalid-argument", `A tree of ${size} leaves has no leaf ${index}.`);
  }
  const siblings: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return siblings.reverse();
}

/** The subtrees whose hashes are the consistency proof `PROOF(from, D[to])`, RFC 6962 section 2.1.2, in its order. */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) {
    throw new LedgerError(
      "invalid-argument",
      `There is no consistency proof from size ${from} to size ${to}.`,
    );
  }
  // The empty tree is a prefix of every tree: there is nothing to prove, and RFC 6962 defines no proof.
  if (from === 0) return [];
  const proof: LeafRange[] = [];
  let start = 0;
  let end = to;
  while (from < end) {
    const middle = start + splitPoint(end - start);
    if (from <= middle) {
      proof.push({ start: middle, end });
      end = middle;
    } else {
      proof.push({ start, end: middle });
      start = middle;
    }
  }
  // SUBPROOF(m, D[m], true) = {}: the verifier knows the old root already, unless it is only a part of the old tree.
  if (start > 0) proof.push({ start, end });
  return proof.reverse();
}

/** Cuts a range into the complete subtrees it consists of, from left to right, the largest first. */
export function perfectNodes(range: LeafRange): PerfectNode[] {
  const nodes: PerfectNode[] = [];
  let { start } = range;
  while (start < range.end) {
    let height = 0;
    let width = 1;
    while (width * 2 <= range.end - start) {
      height += 1;
      width *= 2;
    }
    nodes.push({ height, index: start / width });
    start += width;
  }
  return nodes;
}

/** The Merkle Tree Hash of a range, which must not be empty, from the hashes of its complete subtrees. */
export async function rangeHash(range: LeafRange, source: NodeSource): Promise<Uint8Array> {
  const hashes = await Promise.all(perfectNodes(range).map(source));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest power of two smaller than `count`, for a count of at least 2 (the RFC's k). */
function splitPoint(count: number): number {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}
