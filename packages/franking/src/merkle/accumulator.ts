import type { FrankingCrypto } from "../crypto/crypto.ts";
import { emptyRoot, leafHasher, nodeHash } from "./hashes.ts";

/** Computes a root while the entries go by. */
export interface MerkleAccumulator {
  /** Calls must not overlap: await each one. */
  append(entry: Uint8Array): Promise<void>;
  /** The root over what was appended so far; more may follow. */
  root(): Promise<Uint8Array>;
  readonly size: number;
}

/**
 * RFC 6962 root in memory that grows with the logarithm of the number of entries: one hash for each bit that is set in it, the
 * largest whole subtree first.
 */
export function merkleAccumulator(crypto: FrankingCrypto): MerkleAccumulator {
  const hashLeaf = leafHasher(crypto);
  const peaks: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    async append(entry) {
      let hash = await hashLeaf(entry);
      for (let ones = size; ones % 2 === 1; ones = (ones - 1) / 2)
        hash = await nodeHash(crypto, peaks.pop() ?? hash, hash);
      peaks.push(hash);
      size += 1;
    },
    async root() {
      let whole = peaks.at(-1) ?? (await emptyRoot(crypto));
      for (const peak of peaks.slice(0, -1).reverse()) whole = await nodeHash(crypto, peak, whole);
      return whole;
    },
  };
}
