import { HASH_BYTES } from "../pdq/hash.ts";
import type { KernelMemory, Kernels } from "./kernel.ts";
import type { Near } from "./near-index.ts";

/** Additions that fit. */
export const RECENT_CAPACITY = 65_536;

const BASE = 65_536;
const LINKS_BYTES = 32 << 18;
const HASHES_AT = BASE + LINKS_BYTES;
const REMOVED_AT = HASHES_AT + RECENT_CAPACITY * HASH_BYTES;
const IDS_AT = REMOVED_AT + RECENT_CAPACITY;
const COUNT_AT = IDS_AT + RECENT_CAPACITY * 4;
const SCRATCH_AT = COUNT_AT + 64;
/** A thread's query, then a pair of entry and distance for all that can be found. */
const SCRATCH_BYTES = 64 + RECENT_CAPACITY * 8;

/** The latest additions: with its memory enough to search them in any thread. */
export interface RecentImage {
  readonly memory: KernelMemory;
  readonly threads: number;
}

export function newRecentImage(kernels: Kernels, threads: number): RecentImage {
  return { memory: kernels.memory(SCRATCH_AT + threads * SCRATCH_BYTES), threads };
}

/** One thread's view of the latest additions. One thread alone adds and removes. */
export interface Recent {
  readonly image: RecentImage;
  /** Additions so far, removed ones among them. */
  readonly count: number;
  readonly ids: Uint32Array;
  isRemoved(entry: number): boolean;
  /** The 32 permuted bytes of an entry; they are the memory's own. */
  hashAt(entry: number): Uint8Array;
  /** @returns its entry */
  add(id: number, hash: Uint8Array): number;
  remove(entry: number): void;
  /** @param query permuted */
  search(query: Uint8Array, radius: number, into: Near[]): void;
}

export function openRecent(kernels: Kernels, image: RecentImage, thread: number): Recent {
  const { buffer } = image.memory;
  const kernel = kernels.over(image.memory);
  kernel.bindRecent(BASE);
  const ids = new Uint32Array(buffer, IDS_AT, RECENT_CAPACITY);
  const count = new Int32Array(buffer, COUNT_AT, 1);
  const hashes = new Uint8Array(buffer, HASHES_AT, RECENT_CAPACITY * HASH_BYTES);
  const removed = new Uint8Array(buffer, REMOVED_AT, RECENT_CAPACITY);
  const queryAt = SCRATCH_AT + thread * SCRATCH_BYTES;
  const query = new Uint8Array(buffer, queryAt, HASH_BYTES);
  const hits = new Uint32Array(buffer, queryAt + 64, RECENT_CAPACITY * 2);
  return {
    image,
    get count() {
      return Atomics.load(count, 0);
    },
    ids,
    isRemoved: (entry) => removed[entry] === 1,
    hashAt: (entry) => hashes.subarray(entry * HASH_BYTES, (entry + 1) * HASH_BYTES),
    add(id, hash) {
      const entry = Atomics.load(count, 0);
      ids[entry] = id;
      query.set(hash);
      kernel.addRecent(entry, queryAt);
      Atomics.store(count, 0, entry + 1);
      return entry;
    },
    remove: (entry) => kernel.removeRecent(entry),
    search(asked, radius, into) {
      const many = Atomics.load(count, 0);
      if (many === 0) return;
      query.set(asked);
      const found = kernel.searchRecent(queryAt, radius, many, queryAt + 64) >>> 0;
      for (let hit = 0; hit < found; hit++)
        into.push({ id: ids[hits[hit * 2] ?? 0] ?? 0, distance: hits[hit * 2 + 1] ?? 0 });
    },
  };
}
