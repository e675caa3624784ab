import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { merkleAccumulator } from "./accumulator.ts";
import { leafHash, nodeHash } from "./hashes.ts";

/** The longest path that a tree can have whose size is a 64-bit number. */
const LONGEST_PATH = 64;

/** RFC 6962, section 2.1: Merkle Tree Hash over the entries, in their order. */
export async function merkleRoot(
  crypto: FrankingCrypto,
  entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const tree = merkleAccumulator(crypto);
  for await (const entry of entries) await tree.append(entry);
  return tree.root();
}

/**
 * RFC 6962, section 2.1.1: the hashes from the entry's neighbour up to the root.
 * @throws FrankingError `chain.merkle-index` for an entry that the tree does not have
 */
export async function merklePath(
  crypto: FrankingCrypto,
  entries: readonly Uint8Array[],
  index: number,
): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= entries.length)
    throw new FrankingError(
      "chain.merkle-index",
      `a tree of ${entries.length} entries has no entry ${index}`,
    );
  const leaves: Uint8Array[] = [];
  for (const entry of entries) leaves.push(await leafHash(crypto, entry));
  return merklePathOver(crypto, leaves, index);
}

/** The same from the entries' leaf hashes, for whoever does not keep the entries. */
export async function merklePathOver(
  crypto: FrankingCrypto,
  leaves: readonly Uint8Array[],
  index: number,
): Promise<readonly Uint8Array[]> {
  const path: Uint8Array[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const neighbour = level[at % 2 === 0 ? at + 1 : at - 1];
    if (neighbour !== undefined) path.push(neighbour);
    level = await parents(crypto, level);
  }
  return path;
}

/**
 * Whether an entry stands at this place of the tree with this root and size (RFC 9162, section 2.1.3.2, which is exact about every
 * path). False for anything that does not fit; never throws.
 */
export async function verifyMerklePath(
  crypto: FrankingCrypto,
  proof: {
    readonly entry: Uint8Array;
    readonly index: number | bigint;
    readonly size: number | bigint;
    readonly path: readonly Uint8Array[];
    readonly root: Uint8Array;
  },
): Promise<boolean> {
  const { path, root } = proof;
  if (!isCount(proof.index) || !isCount(proof.size) || path.length > LONGEST_PATH) return false;
  let [at, last] = [BigInt(proof.index), BigInt(proof.size) - 1n];
  if (at > last) return false;
  let hash = await leafHash(crypto, proof.entry);
  for (const sibling of path) {
    if (last === 0n || sibling.length !== 32) return false;
    if (at % 2n === 1n || at === last) {
      hash = await nodeHash(crypto, sibling, hash);
      // A last node without a neighbour rises until it is a right child.
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = await nodeHash(crypto, hash, sibling);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n && equalBytes(hash, root);
}

function isCount(value: number | bigint): boolean {
  return typeof value === "bigint"
    ? value >= 0n && value < 2n ** 64n
    : Number.isSafeInteger(value) && value >= 0;
}

/** One level up: neighbours are joined, and a last one without a neighbour goes up as it is. */
async function parents(crypto: FrankingCrypto, level: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const above: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left === undefined) break;
    above.push(right === undefined ? left : await nodeHash(crypto, left, right));
  }
  return above;
}
