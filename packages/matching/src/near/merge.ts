import { HASH_BYTES } from "../pdq/hash.ts";
import { buildSegment } from "./build-segment.ts";
import type { SegmentImage } from "./image.ts";
import type { Kernels } from "./kernel.ts";
import { openRecent, type RecentImage } from "./recent.ts";
import { openSegment } from "./segment.ts";

/** What is to become one segment: nothing is added to it any more, though hashes may still be removed. */
export interface MergeTask {
  readonly segments: readonly SegmentImage[];
  readonly recents: readonly RecentImage[];
  readonly threads: number;
}

/** Living hashes of one part in the order of their ids. */
interface Run {
  readonly ids: Uint32Array;
  /** Whose id stands at each place. */
  readonly hashOf: (place: number) => Uint8Array;
}

/**
 * Makes one segment of everything that lives in these parts. What is removed while it works may or may not be in it: the
 * index that swaps it in removes it once more.
 */
export function mergeParts(kernels: Kernels, task: MergeTask): SegmentImage {
  const runs = [
    ...task.segments.map((image) => runOfSegment(kernels, image)),
    ...task.recents.map((image) => runOfRecent(kernels, image)),
  ].filter(({ ids }) => ids.length > 0);
  const source = {
    count: runs.reduce((sum, { ids }) => sum + ids.length, 0),
    table: null,
    write: (ids: Uint32Array, hashes: Uint8Array) => writeMerged(runs, ids, hashes),
  };
  return buildSegment(kernels, source, task.threads);
}

function runOfSegment(kernels: Kernels, image: SegmentImage): Run {
  const segment = openSegment(kernels, image, 0);
  const living = new Uint32Array(image.slots);
  let count = 0;
  for (let slot = 0; slot < image.slots; slot++) if (!segment.isDead(slot)) living[count++] = slot;
  const slots = living.subarray(0, count);
  return {
    ids: slots.map((slot) => segment.idAt(slot)),
    hashOf: (place) => segment.hashAt(slots[place] ?? 0),
  };
}

function runOfRecent(kernels: Kernels, image: RecentImage): Run {
  const recent = openRecent(kernels, image, 0);
  const entries = Array.from({ length: recent.count }, (_, entry) => entry)
    .filter((entry) => !recent.isRemoved(entry))
    .sort((a, b) => (recent.ids[a] ?? 0) - (recent.ids[b] ?? 0));
  return {
    ids: Uint32Array.from(entries, (entry) => recent.ids[entry] ?? 0),
    hashOf: (place) => recent.hashAt(entries[place] ?? 0),
  };
}

function writeMerged(runs: readonly Run[], ids: Uint32Array, hashes: Uint8Array): void {
  const heads = runs.map(() => 0);
  for (let to = 0; to < ids.length; to++) {
    let [least, from] = [Number.POSITIVE_INFINITY, 0];
    for (let run = 0; run < runs.length; run++) {
      const id = runs[run]?.ids[heads[run] ?? 0];
      if (id !== undefined && id < least) [least, from] = [id, run];
    }
    ids[to] = least;
    const place = heads[from] ?? 0;
    hashes.set(runs[from]?.hashOf(place) ?? new Uint8Array(HASH_BYTES), to * HASH_BYTES);
    heads[from] = place + 1;
  }
}
