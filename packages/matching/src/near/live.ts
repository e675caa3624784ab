import { HASH_BYTES, type PdqHash } from "../pdq/hash.ts";
import { buildSegment, MOST_SLOTS } from "./build-segment.ts";
import { orderOf } from "./id-order.ts";
import type { SegmentImage } from "./image.ts";
import type { Kernels } from "./kernel.ts";
import { type MergeTask, mergeParts } from "./merge.ts";
import { checkAsk, checkHash, checkId, type CreatedNearIndex, refuseTwice } from "./near-index.ts";
import { permuterOf } from "./permuter.ts";
import { newRecentImage, openRecent, RECENT_CAPACITY, type Recent } from "./recent.ts";
import { type IndexParts, type IndexViews, searchAllNear, searchNear } from "./searcher.ts";
import { openSegment, type Segment } from "./segment.ts";

/** A segment is merged with what is at least a third of its size, so that each hash is built a few times and no more. */
const GROWTH = 3;

/** A near index of segments that are never written to, and of what came since. Other threads may search its parts. */
export interface LiveNearIndex extends CreatedNearIndex {
  /** Which permutation its hashes are kept in. */
  readonly seed: number;
  readonly parts: IndexParts;
  readonly views: IndexViews;
  /** Takes in a segment whole, such as one that was read from a file. Its ids must be new, and its seed the same. */
  adopt(image: SegmentImage): void;
  /** The permuted hashes of what came since the last merge. */
  latest(): Iterable<readonly [id: number, hash: Uint8Array]>;
  /** As `add`, with a hash as `latest` gives it. */
  addPermuted(id: number, hash: Uint8Array): void;
  /** What should become one segment now, or null if nothing has come. At most one merge at a time is begun and not ended. */
  beginMerge(): MergeTask | null;
  /** Swaps the merged segment in for what it was made of. */
  endMerge(task: MergeTask, image: SegmentImage): void;
  /** Leaves everything as it was, such as when the thread that merged has failed. */
  giveUpMerge(task: MergeTask): void;
}

export interface LiveOptions {
  /** Which permutation of bits: unsigned 32 bits. One that others do not know cannot be aimed at. */
  readonly seed: number;
  /** How many threads search the parts, this one among them. */
  readonly threads: number;
  /** What is done when so much has come that it should be merged: at once and here, or by whoever is told. */
  readonly whenFull: (index: LiveNearIndex) => void;
}

/** Merges at once, in this thread: additions wait for it. */
export function mergeHere(kernels: Kernels): (index: LiveNearIndex) => void {
  return (index) => {
    const task = index.beginMerge();
    if (task !== null) index.endMerge(task, mergeParts(kernels, task));
  };
}

export function liveNearIndex(kernels: Kernels, { seed, threads, whenFull }: LiveOptions): LiveNearIndex {
  const permuter = permuterOf(kernels, seed);
  let segments: readonly Segment[] = [];
  let recents: readonly { readonly recent: Recent; readonly entries: Map<number, number> }[] = [];
  let merging: MergeTask | null = null;
  let removedSince: number[] = [];
  let size = 0;

  function has(id: number): boolean {
    return recents.some(({ entries }) => entries.has(id)) || segments.some((one) => one.slotOf(id) >= 0);
  }

  /** The youngest of the recents, to which is added: one that no merge has taken and that has room. */
  function youngest() {
    const last = recents.at(-1);
    if (last !== undefined && last.recent.count < RECENT_CAPACITY && !isMerging(last.recent)) return last;
    const recent = openRecent(kernels, newRecentImage(kernels, threads), 0);
    const next = { recent, entries: new Map<number, number>() };
    recents = [...recents, next];
    return next;
  }

  function isMerging(part: Recent | Segment): boolean {
    return [...(merging?.recents ?? []), ...(merging?.segments ?? [])].some(
      (image) => image.memory === part.image.memory,
    );
  }

  function addPermuted(id: number, hash: Uint8Array): void {
    checkId(id);
    checkHash(hash);
    if (has(id)) refuseTwice(id);
    const { recent, entries } = youngest();
    entries.set(id, recent.add(id, hash));
    size += 1;
    if (recent.count === RECENT_CAPACITY && merging === null) whenFull(index);
  }

  function remove(id: number): boolean {
    for (const { recent, entries } of recents) {
      const entry = entries.get(id);
      if (entry === undefined) continue;
      recent.remove(entry);
      entries.delete(id);
      if (isMerging(recent)) removedSince.push(id);
      size -= 1;
      return true;
    }
    for (const segment of segments) {
      const slot = segment.slotOf(id);
      if (slot < 0) continue;
      segment.kill(slot);
      if (isMerging(segment)) removedSince.push(id);
      size -= 1;
      return true;
    }
    return false;
  }

  function views(): IndexViews {
    return { segments, recents: recents.map(({ recent }) => recent) };
  }

  const index: LiveNearIndex = {
    get size() {
      return size;
    },
    seed,
    get parts() {
      return {
        segments: segments.map(({ image }) => image),
        recents: recents.map(({ recent }) => recent.image),
      };
    },
    get views() {
      return views();
    },
    add(id, hash) {
      checkHash(hash);
      addPermuted(id, permuter.one(hash));
    },
    addPermuted,
    addAll(ids, hashes) {
      if (hashes.length !== ids.length * HASH_BYTES)
        throw new RangeError(`${ids.length} ids need ${ids.length * HASH_BYTES} bytes, not ${hashes.length}`);
      const order = orderOf(ids);
      order.forEach((place, at) => {
        const id = ids[place] ?? 0;
        if (at > 0 && ids[order[at - 1] ?? 0] === id) refuseTwice(id);
        if (size > 0 && has(id)) refuseTwice(id);
      });
      for (let begin = 0; begin < order.length; begin += MOST_SLOTS) {
        const some = order.subarray(begin, begin + MOST_SLOTS);
        const write = (sorted: Uint32Array, bytes: Uint8Array) =>
          some.forEach((place, at) => {
            sorted[at] = ids[place] ?? 0;
            bytes.set(hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES), at * HASH_BYTES);
          });
        index.adopt(buildSegment(kernels, { count: some.length, table: permuter.table, write }, threads));
      }
    },
    adopt(image) {
      const segment = openSegment(kernels, image, 0);
      for (let slot = 0; slot < image.slots; slot++) if (!segment.isDead(slot)) size += 1;
      segments = [...segments, segment];
    },
    *latest() {
      for (const { recent, entries } of recents)
        for (const [id, entry] of entries) yield [id, recent.hashAt(entry)];
    },
    remove,
    near(query: PdqHash, radius: number, limit: number) {
      checkAsk(radius, limit);
      checkHash(query);
      return searchNear(views(), permuter.one(query), radius, limit);
    },
    nearAll(queries: readonly PdqHash[], radius: number, limit: number) {
      checkAsk(radius, limit);
      queries.forEach(checkHash);
      return searchAllNear(views(), permuter.all(queries), radius, limit);
    },
    beginMerge() {
      if (merging !== null) throw new Error("a merge has begun and not ended; end it, or give it up");
      const taken = recents.filter(({ recent }) => recent.count > 0);
      if (taken.length === 0) return null;
      let count = taken.reduce((sum, { entries }) => sum + entries.size, 0);
      const some: SegmentImage[] = [];
      for (const { image } of segments.toSorted((a, b) => a.image.slots - b.image.slots)) {
        if (image.slots > count * GROWTH || count + image.slots > MOST_SLOTS) break;
        some.push(image);
        count += image.slots;
      }
      merging = { segments: some, recents: taken.map(({ recent }) => recent.image), threads };
      removedSince = [];
      return merging;
    },
    endMerge(task, image) {
      if (task !== merging) throw new Error("this is not the merge that has begun");
      const merged = openSegment(kernels, image, 0);
      for (const id of removedSince) {
        const slot = merged.slotOf(id);
        if (slot >= 0) merged.kill(slot);
      }
      segments = [...segments.filter((part) => !isMerging(part)), merged];
      recents = recents.filter(({ recent }) => !isMerging(recent));
      merging = null;
    },
    giveUpMerge(task) {
      if (task === merging) merging = null;
    },
  };
  return index;
}
