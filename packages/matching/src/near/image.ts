import { HASH_BYTES } from "../pdq/hash.ts";
import type { Kernel, KernelMemory } from "./kernel.ts";

/** What is in a segment: enough, with its memory, to search it in any thread. */
export interface SegmentImage {
  readonly memory: KernelMemory;
  /** Hashes, dead ones among them. */
  readonly slots: number;
  /** Different hashes: only the lowest slot of equal ones is in the tables. */
  readonly distinct: number;
  /** Hashes that stand for others as well, and how many others. */
  readonly leaders: number;
  readonly followers: number;
  /** How many threads have room for their work behind it. */
  readonly threads: number;
}

/** Queries of one sweep. */
export const SWEEP_QUERIES = 4096;
/** The most hits of one query, and of one sweep, before they are looked for otherwise. */
export const MOST_HITS = 16_384;
export const MOST_SWEEP_HITS = 65_536;
export const SWEEP_QUEUE = 16_384;

const TABLES = 16;
/** Where things begin: what is below belongs to whoever builds. */
const BEGIN = 65_536;

/** Addresses of a segment's parts. Everything is in the order of slots, and slots are in the order of ids. */
export interface Layout {
  readonly hashes: number;
  readonly offsets: number;
  readonly dead: number;
  readonly leads: number;
  readonly follows: number;
  readonly signatures: number;
  readonly postings: number;
  /** Room for the build, 8 bytes a hash; then the ids are there. */
  readonly ids: number;
  readonly leaders: number;
  readonly followerStarts: number;
  readonly followers: number;
  /** The end of what is kept; from here on each thread has its own room. */
  readonly scratch: number;
  readonly end: number;
}

/** What one thread needs beside a segment. */
export const scratchLayout = layScratch();

function layScratch() {
  const sizes = {
    query: HASH_BYTES,
    counters: 32 * 4,
    single: 272 * 8 + 2 * 4 * 4096,
    hits: MOST_HITS * 8,
    queries: SWEEP_QUERIES * HASH_BYTES,
    costs: SWEEP_QUERIES * 4,
    found: SWEEP_QUERIES * 4,
    words: SWEEP_QUERIES * 4,
    counts: 65_537 * 4,
    order: SWEEP_QUERIES * 17 * 4,
    queue: SWEEP_QUEUE * 12,
    sweepHits: MOST_SWEEP_HITS * 12,
  };
  let end = 0;
  const at = (bytes: number): number => {
    const here = end;
    end = roundUp(end + bytes);
    return here;
  };
  return {
    query: at(sizes.query),
    counters: at(sizes.counters),
    single: at(sizes.single),
    hits: at(sizes.hits),
    queries: at(sizes.queries),
    costs: at(sizes.costs),
    found: at(sizes.found),
    words: at(sizes.words),
    counts: at(sizes.counts),
    order: at(sizes.order),
    queue: at(sizes.queue),
    sweepHits: at(sizes.sweepHits),
    bytes: end,
  };
}

/** Where the parts of a segment of these sizes are. */
export function layoutOf(image: Omit<SegmentImage, "memory">): Layout {
  const { slots, distinct, leaders, followers, threads } = image;
  const bits = Math.ceil(slots / 32) * 4;
  const hashes = BEGIN;
  const offsets = roundUp(hashes + slots * HASH_BYTES);
  const dead = roundUp(offsets + TABLES * 65_537 * 4);
  const leads = roundUp(dead + bits);
  const follows = roundUp(leads + bits);
  const signatures = roundUp(follows + bits);
  // A step over signatures reads sixteen, so it reads up to fifteen behind the last.
  const postings = roundUp(signatures + TABLES * distinct * 2 + 32);
  const ids = roundUp(postings + TABLES * distinct * 4);
  const leadersAt = roundUp(ids + slots * 4);
  const followerStarts = roundUp(leadersAt + leaders * 4);
  const followersAt = roundUp(followerStarts + (leaders + 1) * 4);
  const scratch = roundUp(followersAt + followers * 4);
  const end = scratch + threads * scratchLayout.bytes;
  return {
    hashes,
    offsets,
    dead,
    leads,
    follows,
    signatures,
    postings,
    ids,
    leaders: leadersAt,
    followerStarts,
    followers: followersAt,
    scratch,
    end,
  };
}

/** Tells a kernel over a segment's memory where everything lies. */
export function bindLayout(kernel: Kernel, slots: number, distinct: number, at: Layout): void {
  const { hashes, offsets, signatures, postings, dead, leads, follows } = at;
  kernel.bind(slots, distinct, hashes, offsets, signatures, postings, dead, leads, follows);
}

/** To the next line of a processor's cache. */
function roundUp(at: number): number {
  return Math.ceil(at / 64) * 64;
}
