import { HASH_BYTES, type PdqHash } from "../pdq/hash.ts";
import type { Kernels } from "./kernel.ts";
import { permutationOf, TABLE_BYTES, tableOf } from "./permutation.ts";

/** Hashes permuted at a time. */
const ROOM = 4096;

/** Permutes hashes as an index keeps them. */
export interface Permuter {
  readonly seed: number;
  /** The kernel's table, for whoever permutes in another memory. */
  readonly table: Uint8Array;
  one(hash: PdqHash): Uint8Array;
  /** All of them, 32 bytes each. */
  all(hashes: readonly PdqHash[]): Uint8Array;
}

/** @param seed which permutation; equal for all that is searched together */
export function permuterOf(kernels: Kernels, seed: number): Permuter {
  const memory = kernels.memory(TABLE_BYTES + ROOM * HASH_BYTES);
  const kernel = kernels.over(memory);
  const bytes = new Uint8Array(memory.buffer);
  const table = tableOf(permutationOf(seed));
  bytes.set(table);
  return {
    seed,
    table,
    one(hash) {
      bytes.set(hash, TABLE_BYTES);
      kernel.permute(TABLE_BYTES, 1, 0);
      return bytes.slice(TABLE_BYTES, TABLE_BYTES + HASH_BYTES);
    },
    all(hashes) {
      const permuted = new Uint8Array(hashes.length * HASH_BYTES);
      for (let begin = 0; begin < hashes.length; begin += ROOM) {
        const some = hashes.slice(begin, begin + ROOM);
        some.forEach((hash, at) => bytes.set(hash, TABLE_BYTES + at * HASH_BYTES));
        kernel.permute(TABLE_BYTES, some.length, 0);
        permuted.set(bytes.subarray(TABLE_BYTES, TABLE_BYTES + some.length * HASH_BYTES), begin * HASH_BYTES);
      }
      return permuted;
    },
  };
}
