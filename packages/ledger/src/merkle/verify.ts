import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { emptyRoot, HASH_BYTES, nodeHash } from "./hash.ts";

// Bitwise operators in JavaScript cut numbers to 32 bits, so shifting and testing are done by division.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

export interface InclusionClaim {
  /** Zero-based index of the leaf. */
  readonly index: number;
  /** Number of leaves of the tree that `root` is the root of. */
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/**
 * Verifies that a leaf stands at an index of a tree, RFC 9162 section 2.1.3.2. Safe on hostile input: work is bounded
 * by the logarithm of the size and nothing is taken from the proof unchecked.
 *
 * @throws LedgerError `proof-mismatch`
 */
export function verifyInclusion(claim: InclusionClaim): void {
  const { index, size, leafHash, proof, root } = claim;
  const what = `leaf ${index} in a tree of ${size}`;
  if (!isSize(index) || !isSize(size)) throw mismatch(what, "index and size must be whole numbers");
  // "If leaf_index is greater than or equal to tree_size, then fail the proof verification."
  if (index >= size) throw mismatch(what, "the tree has no such leaf");
  checkHashes([leafHash, root, ...limited(proof, what)], what);

  let fn = index;
  let sn = size - 1;
  let r = leafHash;
  for (const p of proof) {
    // "If sn is 0, then stop the iteration and fail the proof verification."
    if (sn === 0) throw mismatch(what, "the proof is too long");
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(p, r);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      r = nodeHash(r, p);
    }
    fn = half(fn);
    sn = half(sn);
  }
  // "Compare sn to 0. Compare r against the root_hash. If sn is equal to 0 and r and the root_hash are equal, then..."
  if (sn !== 0) throw mismatch(what, "the proof is too short");
  if (!sameBytes(r, root)) throw mismatch(what, "the proof leads to another root");
}

export interface ConsistencyClaim {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Verifies that the tree of size `from` is the beginning of the tree of size `to`: nothing was changed, removed or
 * put in between. RFC 9162 section 2.1.4.2. Safe on hostile input.
 *
 * @throws LedgerError `proof-mismatch`
 */
export function verifyConsistency(claim: ConsistencyClaim): void {
  const { from, to, fromRoot, toRoot, proof } = claim;
  const what = `the tree of ${from} as the beginning of the tree of ${to}`;
  if (!isSize(from) || !isSize(to) || from > to) throw mismatch(what, "the sizes are not in order");
  checkHashes([fromRoot, toRoot, ...limited(proof, what)], what);

  if (from === 0 || from === to) {
    if (proof.length > 0) throw mismatch(what, "the proof must be empty");
    if (!sameBytes(fromRoot, from === 0 ? emptyRoot() : toRoot)) throw mismatch(what, "the roots differ");
    // Two trees of size 0 are one tree.
    if (to === 0 && !sameBytes(toRoot, emptyRoot())) throw mismatch(what, "the roots differ");
    return;
  }
  // "If first is an exact power of 2, then prepend first_hash to the consistency_path array."
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  const [seed, ...rest] = path;
  // "If consistency_path is an empty array, stop and fail the proof verification."
  if (seed === undefined) throw mismatch(what, "the proof is empty");

  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  let fr = seed;
  let sr = seed;
  for (const c of rest) {
    if (sn === 0) throw mismatch(what, "the proof is too long");
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, c);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) throw mismatch(what, "the proof is too short");
  if (!sameBytes(fr, fromRoot)) throw mismatch(what, "the proof leads to another old root");
  if (!sameBytes(sr, toRoot)) throw mismatch(what, "the proof leads to another new root");
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}

/** A tree of up to 2^53 leaves needs at most 54 hashes; more are refused before they are looked at. */
function limited(proof: readonly Uint8Array[], what: string): readonly Uint8Array[] {
  if (!Array.isArray(proof) || proof.length > 64) throw mismatch(what, "the proof is too long");
  return proof;
}

function checkHashes(hashes: readonly Uint8Array[], what: string): void {
  for (const hash of hashes) {
    if (!(hash instanceof Uint8Array) || hash.length !== HASH_BYTES) {
      throw mismatch(what, `every hash must be ${HASH_BYTES} bytes`);
    }
  }
}

function mismatch(what: string, why: string): LedgerError {
  return new LedgerError("proof-mismatch", `The proof does not show ${what}: ${why}.`);
}
