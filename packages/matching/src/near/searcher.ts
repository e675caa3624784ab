import { HASH_BYTES } from "../pdq/hash.ts";
import type { SegmentImage } from "./image.ts";
import type { Kernels } from "./kernel.ts";
import { type Near, type NearFound, nearestOf } from "./near-index.ts";
import { openRecent, type Recent, type RecentImage } from "./recent.ts";
import { openSegment, type Segment } from "./segment.ts";

/** From so many queries on a sweep over the tables takes less than a search for each. */
const SWEEP_FROM = 256;

/** What an index consists of at one moment. It can be sent to another thread if the memories are shared. */
export interface IndexParts {
  readonly segments: readonly SegmentImage[];
  readonly recents: readonly RecentImage[];
}

/** The parts as one thread sees them. */
export interface IndexViews {
  readonly segments: readonly Segment[];
  readonly recents: readonly Recent[];
}

/**
 * Opens parts for one thread.
 *
 * @param known views that this thread has already: parts that stay are not opened again
 */
export function openParts(
  kernels: Kernels,
  { segments, recents }: IndexParts,
  thread: number,
  known: IndexViews = { segments: [], recents: [] },
): IndexViews {
  return {
    segments: segments.map(
      (image) =>
        known.segments.find((view) => view.image.memory === image.memory) ??
        openSegment(kernels, image, thread),
    ),
    recents: recents.map(
      (image) =>
        known.recents.find((view) => view.image.memory === image.memory) ??
        openRecent(kernels, image, thread),
    ),
  };
}

/** @param query permuted */
export function searchNear(views: IndexViews, query: Uint8Array, radius: number, limit: number): NearFound {
  const found: Near[] = [];
  for (const segment of views.segments) segment.search(query, radius, limit, found);
  for (const recent of views.recents) recent.search(query, radius, found);
  return nearestOf(found, limit);
}

/** @param queries permuted, 32 bytes each */
export function searchAllNear(
  views: IndexViews,
  queries: Uint8Array,
  radius: number,
  limit: number,
): readonly NearFound[] {
  const count = queries.length / HASH_BYTES;
  const at = (query: number) => queries.subarray(query * HASH_BYTES, (query + 1) * HASH_BYTES);
  if (count < SWEEP_FROM)
    return Array.from({ length: count }, (_, query) => searchNear(views, at(query), radius, limit));
  const found = Array.from({ length: count }, (): Near[] => []);
  for (const segment of views.segments) segment.searchAll(queries, radius, limit, found);
  for (const recent of views.recents) found.forEach((into, query) => recent.search(at(query), radius, into));
  return found.map((into) => nearestOf(into, limit));
}
