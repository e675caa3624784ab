import { HASH_BYTES } from "../pdq/hash.ts";
import { bindLayout, layoutOf, type SegmentImage } from "./image.ts";
import type { Kernels } from "./kernel.ts";

/** The most hashes of one segment: what fits, with its tables, into 32 bits of address. */
export const MOST_SLOTS = 28_000_000;

const TABLES = 16;
const PART_COUNTS_BYTES = 257 * 4;
const STAMPS_BYTES = 65_536 * 8;

/** Where the kernel's table for permuting is while a segment is built: below all that is kept. */
const TABLE_AT = 16_384;

/** Hashes with ascending ids. */
export interface SegmentSource {
  readonly count: number;
  /** The kernel's table for the permutation; null where the hashes are permuted already. */
  readonly table: Uint8Array | null;
  /** Writes all ids and all hashes, 32 bytes each. */
  write(ids: Uint32Array, hashes: Uint8Array): void;
}

/**
 * Builds a segment: three seconds for ten million on one core, and 136 bytes a hash.
 *
 * @param threads how many will search it
 * @throws RangeError if it does not fit into one memory
 */
export function buildSegment(kernels: Kernels, source: SegmentSource, threads: number): SegmentImage {
  const slots = source.count;
  if (slots > MOST_SLOTS)
    throw new RangeError(`a segment holds at most ${MOST_SLOTS} hashes, not ${slots}; divide them`);
  const full = layoutOf({ slots, distinct: slots, leaders: 0, followers: 0, threads });
  // The room of the build is that of the ids, which are written last.
  const buildEnd = full.ids + PART_COUNTS_BYTES + Math.max(STAMPS_BYTES, slots * 8);
  // Where all hashes are equal, the lists of followers take what the tables do not.
  const memory = kernels.memory(Math.max(full.end, buildEnd));
  const kernel = kernels.over(memory);
  const bytes = new Uint8Array(memory.buffer);
  const ids = new Uint32Array(slots);
  source.write(ids, bytes.subarray(full.hashes, full.hashes + slots * HASH_BYTES));
  if (source.table !== null) {
    bytes.set(source.table, TABLE_AT);
    kernel.permute(full.hashes, slots, TABLE_AT);
  }

  const bindTo = (distinct: number) => {
    const at = layoutOf({ slots, distinct, leaders: 0, followers: 0, threads });
    bindLayout(kernel, slots, distinct, at);
    return at;
  };
  bindTo(slots);
  kernel.buildTable(0, full.ids + PART_COUNTS_BYTES, full.ids);
  // The other tables are not there yet, so their room serves.
  const places = full.postings + slots * 4;
  const pairsAt = places + slots * 16;
  const count = slots === 0 ? 0 : kernel.findTwins(full.ids, places, pairsAt);
  const twins = groupTwins(new Uint32Array(memory.buffer, pairsAt, count * 2).slice());

  const distinct = slots - count;
  const at = bindTo(distinct);
  for (let table = count === 0 ? 1 : 0; table < TABLES; table++)
    kernel.buildTable(table, at.ids + PART_COUNTS_BYTES, at.ids);

  const image = { memory, slots, distinct, leaders: twins.leaders.length, followers: count, threads };
  const kept = layoutOf(image);
  new Uint32Array(memory.buffer, kept.ids, slots).set(ids);
  new Uint32Array(memory.buffer, kept.leaders, twins.leaders.length).set(twins.leaders);
  new Uint32Array(memory.buffer, kept.followerStarts, twins.starts.length).set(twins.starts);
  new Uint32Array(memory.buffer, kept.followers, count).set(twins.followers);
  return image;
}

interface Twins {
  readonly leaders: Uint32Array;
  /** Where the followers of each leader begin; one more for the end. */
  readonly starts: Uint32Array;
  readonly followers: Uint32Array;
}

/** Pairs of leader and follower as ascending leaders, each with its ascending followers. */
function groupTwins(pairs: Uint32Array): Twins {
  const keys = new Float64Array(pairs.length / 2);
  for (let at = 0; at < keys.length; at++)
    keys[at] = (pairs[at * 2] ?? 0) * 2 ** 26 + (pairs[at * 2 + 1] ?? 0);
  keys.sort();
  const followers = new Uint32Array(keys.length);
  const [leaders, starts]: [number[], number[]] = [[], []];
  keys.forEach((key, at) => {
    const leader = Math.floor(key / 2 ** 26);
    followers[at] = key % 2 ** 26;
    if (leaders.at(-1) === leader) return;
    leaders.push(leader);
    starts.push(at);
  });
  return {
    leaders: Uint32Array.from(leaders),
    starts: Uint32Array.from([...starts, keys.length]),
    followers,
  };
}
