import { HASH_BYTES } from "../pdq/hash.ts";
import {
  bindLayout,
  layoutOf,
  MOST_HITS,
  MOST_SWEEP_HITS,
  type SegmentImage,
  SWEEP_QUERIES,
  scratchLayout,
} from "./image.ts";
import type { Kernels } from "./kernel.ts";
import type { Near } from "./near-index.ts";

/**
 * What a query may cost, in signatures compared, before every hash is compared instead: as many as there are hashes, and the
 * usual cost of a small segment. A pass over all hashes costs five times as much, so nothing costs much more than two passes.
 */
const SPARE_BUDGET = 262_144;

/** The most hashes that stand behind others that one query walks through. */
const MOST_FOLLOWERS = 65_536;

/** What a sweep says a query cost that it gave up. */
const GIVEN_UP = 0xffff_ffff;

/** One thread's view of a segment: immutable but for the bits that say which slots are dead. */
export interface Segment {
  readonly image: SegmentImage;
  /** The slot of an id that lives; -1 if there is none. */
  slotOf(id: number): number;
  idAt(slot: number): number;
  isDead(slot: number): boolean;
  kill(slot: number): void;
  /** The 32 permuted bytes at a slot; they are the segment's own. */
  hashAt(slot: number): Uint8Array;
  /**
   * Adds to `into` everything that is near, or the nearest `limit + 1` of it.
   *
   * @param query permuted
   */
  search(query: Uint8Array, radius: number, limit: number, into: Near[]): void;
  /**
   * The same for many at once.
   *
   * @param queries permuted, 32 bytes each
   * @param into a list for each
   */
  searchAll(queries: Uint8Array, radius: number, limit: number, into: readonly Near[][]): void;
  /** Signatures that the last search compared, with 32 for each hash that it fetched: what its bound is in. */
  readonly lastWork: number;
  readonly budget: number;
  /** How many queries were answered by comparing every hash so far. */
  readonly scans: number;
}

/**
 * Opens a segment for one thread.
 *
 * @param thread which of the image's rooms for work this thread has: 0 to `threads - 1`, no two alike
 */
export function openSegment(kernels: Kernels, image: SegmentImage, thread: number): Segment {
  const at = layoutOf(image);
  const kernel = kernels.over(image.memory);
  bindLayout(kernel, image.slots, image.distinct, at);
  const { buffer } = image.memory;
  const scratch = at.scratch + thread * scratchLayout.bytes;
  const own = (part: Exclude<keyof typeof scratchLayout, "bytes">) => scratch + scratchLayout[part];
  const ids = new Uint32Array(buffer, at.ids, image.slots);
  const hashes = new Uint8Array(buffer, at.hashes, image.slots * HASH_BYTES);
  const dead = new Uint32Array(buffer, at.dead, Math.ceil(image.slots / 32));
  const leads = new Uint32Array(buffer, at.leads, Math.ceil(image.slots / 32));
  const leaders = new Uint32Array(buffer, at.leaders, image.leaders);
  const followerStarts = new Uint32Array(buffer, at.followerStarts, image.leaders + 1);
  const followers = new Uint32Array(buffer, at.followers, image.followers);
  const oneQuery = new Uint8Array(buffer, own("query"), HASH_BYTES);
  const hits = new Uint32Array(buffer, own("hits"), MOST_HITS * 2);
  const counters = new Uint32Array(buffer, own("counters"), 32);
  const manyQueries = new Uint8Array(buffer, own("queries"), SWEEP_QUERIES * HASH_BYTES);
  const sweepHits = new Uint32Array(buffer, own("sweepHits"), MOST_SWEEP_HITS * 3);
  const costs = new Uint32Array(buffer, own("costs"), SWEEP_QUERIES);
  const budget = Math.min(image.slots + SPARE_BUDGET, 0xfff0_0000);
  let [lastWork, scans] = [0, 0];

  const bitOf = (bits: Uint32Array, slot: number) => (((bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;

  /** What one slot of the tables stands for: itself while it lives, and those with the same hash, the lowest ids first. */
  function take(slot: number, distance: number, limit: number, into: Near[]): void {
    if (!bitOf(dead, slot)) into.push({ id: ids[slot] ?? 0, distance });
    if (!bitOf(leads, slot)) return;
    const leader = placeIn(leaders, slot);
    const end = followerStarts[leader + 1] ?? 0;
    for (let next = followerStarts[leader] ?? 0, taken = 0; next < end && taken <= limit; next++) {
      const follower = followers[next] ?? 0;
      if (bitOf(dead, follower)) continue;
      into.push({ id: ids[follower] ?? 0, distance });
      taken++;
    }
  }

  /** False if so many stand behind these hits that a scan is cheaper. */
  function takeHits(count: number, limit: number, into: Near[]): boolean {
    let leading = 0;
    for (let hit = 0; hit < count; hit++) if (bitOf(leads, hits[hit * 2] ?? 0)) leading++;
    if (leading * limit > MOST_FOLLOWERS) return false;
    for (let hit = 0; hit < count; hit++) take(hits[hit * 2] ?? 0, hits[hit * 2 + 1] ?? 0, limit, into);
    return true;
  }

  /** Compares every hash, twice: once to know how near the nearest `limit + 1` are, once to take them. */
  function scan(radius: number, limit: number, into: Near[]): void {
    scans += 1;
    kernel.countNear(own("query"), radius, own("counters"));
    let [farthest, nearer] = [0, 0];
    while (farthest < radius && nearer + (counters[farthest] ?? 0) <= limit)
      nearer += counters[farthest++] ?? 0;
    const taken = kernel.takeNear(own("query"), farthest, limit + 1 - nearer, own("hits"));
    for (let hit = 0; hit < taken; hit++)
      into.push({ id: ids[hits[hit * 2] ?? 0] ?? 0, distance: hits[hit * 2 + 1] ?? 0 });
  }

  function search(query: Uint8Array, radius: number, limit: number, into: Near[]): void {
    if (image.slots === 0) return;
    oneQuery.set(query);
    const count = kernel.search(own("query"), radius, own("single"), own("hits"), MOST_HITS, budget);
    lastWork = kernel.workOfLast() >>> 0;
    if (count < 0 || !takeHits(count, limit, into)) scan(radius, limit, into);
  }

  function sweep(queries: Uint8Array, radius: number, limit: number, into: readonly Near[][]): void {
    const count = queries.length / HASH_BYTES;
    manyQueries.set(queries);
    const found = kernel.sweep(
      own("queries"),
      count,
      radius,
      own("costs"),
      budget,
      own("counts"),
      own("order"),
      own("words"),
      own("queue"),
      own("sweepHits"),
      MOST_SWEEP_HITS,
      own("found"),
      MOST_HITS,
    );
    if (found < 0) {
      // So many are near them all that their list is full: then half of them at a time, at last each alone.
      const half = Math.ceil(count / 2);
      if (count === 1) return search(queries, radius, limit, into[0] ?? []);
      sweep(queries.subarray(0, half * HASH_BYTES), radius, limit, into.slice(0, half));
      return sweep(queries.subarray(half * HASH_BYTES), radius, limit, into.slice(half));
    }
    const leading = new Uint32Array(count);
    for (let hit = 0; hit < found * 3; hit += 3) {
      const asked = sweepHits[hit] ?? 0;
      if (bitOf(leads, sweepHits[hit + 1] ?? 0)) leading[asked] = (leading[asked] ?? 0) + 1;
    }
    const givenUp = leading.map((many, asked) =>
      many * limit > MOST_FOLLOWERS || costs[asked] === GIVEN_UP ? 1 : 0,
    );
    for (let hit = 0; hit < found * 3; hit += 3) {
      const asked = sweepHits[hit] ?? 0;
      if (givenUp[asked] === 0)
        take(sweepHits[hit + 1] ?? 0, sweepHits[hit + 2] ?? 0, limit, into[asked] ?? []);
    }
    givenUp.forEach((is, asked) => {
      if (is === 0) return;
      oneQuery.set(queries.subarray(asked * HASH_BYTES, (asked + 1) * HASH_BYTES));
      scan(radius, limit, into[asked] ?? []);
    });
  }

  return {
    image,
    slotOf(id) {
      const slot = placeIn(ids, id);
      return slot < image.slots && ids[slot] === id && !bitOf(dead, slot) ? slot : -1;
    },
    idAt: (slot) => ids[slot] ?? 0,
    isDead: (slot) => bitOf(dead, slot),
    kill(slot) {
      dead[slot >>> 5] = (dead[slot >>> 5] ?? 0) | (1 << (slot & 31));
    },
    hashAt: (slot) => hashes.subarray(slot * HASH_BYTES, (slot + 1) * HASH_BYTES),
    search,
    searchAll(queries, radius, limit, into) {
      if (image.slots === 0) return;
      const step = SWEEP_QUERIES * HASH_BYTES;
      for (let begin = 0; begin < queries.length; begin += step) {
        const first = begin / HASH_BYTES;
        sweep(queries.subarray(begin, begin + step), radius, limit, into.slice(first, first + SWEEP_QUERIES));
      }
    },
    get lastWork() {
      return lastWork;
    },
    budget,
    get scans() {
      return scans;
    },
  };
}

/** The first place of an ascending list whose value is not less than `value`. */
export function placeIn(list: Uint32Array, value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
