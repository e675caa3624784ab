import {
  BOUNDS, CANDIDATE_COST, TABLES, bit, dead, distanceOf, distinct, firstTable, hashes, leads, offsets, postings,
  signatures, wordOf,
} from "./state";

/** Candidates that wait for their hashes to be fetched together. */
const QUEUE: u32 = 16384;

let queued: u32 = 0;
let hits: u32 = 0;

/**
 * Finds what is near each of many queries: table by table, all their buckets in the order in which memory holds them, so that
 * what a query alone would wait for comes as a stream.
 *
 * @param queries 32 bytes each, at most 65,536
 * @param costs out, 4 bytes a query: the signatures compared; above `budget` for a query that was given up
 * @param counts 65,537 * 4 bytes
 * @param order 17 * 4 bytes a query
 * @param words 4 bytes a query
 * @param queue 16,384 * 12 bytes
 * @param out triples of query, slot and distance; a slot that leads is given whether it is dead or not
 * @param most triples that `out` holds
 * @param each the most triples of one query, which is given up when it has more
 * @returns how many triples; -1 if they do not fit: ask with fewer queries
 */
export function sweep(
  queries: usize, count: u32, radius: u32, costs: usize, budget: u32, counts: usize, order: usize, words: usize,
  queue: usize, out: usize, most: u32, found: usize, each: u32,
): i32 {
  const two = radius >> 3;
  const probes: u32 = radius >> 4 == 0 ? 1 : 17;
  memory.fill(costs, 0, <usize>count << 2);
  memory.fill(found, 0, <usize>count << 2);
  queued = 0;
  hits = 0;
  for (let t: u32 = 0; t < TABLES; t++) {
    sortProbes(queries, count, t, probes, counts, order, words);
    const bounds = offsets + ((<usize>t * BOUNDS) << 2);
    const table = t * distinct;
    const end = order + <usize>((count * probes) << 2);
    for (let entry = order; entry < end; entry += 4) {
      const probe = load<u32>(entry);
      const word = probe >> 16;
      const begin = load<u32>(bounds + (<usize>word << 2));
      const many = load<u32>(bounds + (<usize>word << 2), 4) - begin;
      const asked = <usize>(probe & 0xffff);
      const cost = load<u32>(costs + (asked << 2)) + many;
      if (cost > budget || cost < many) {
        store<u32>(costs + (asked << 2), 0xffffffff);
        continue;
      }
      store<u32>(costs + (asked << 2), cost);
      const both = load<u32>(words + (asked << 2));
      const next = i16x8.splat(<i16>(both >> 16));
      const least = i8x16.splat(<i8>((both & 0xffff) == word ? two : two - 1));
      const from = signatures + (<usize>(table + begin) << 1);
      for (let at: u32 = 0; at < many; at += 16) {
        const source = from + (<usize>at << 1);
        const a = i8x16.popcnt(v128.xor(v128.load(source), next));
        const b = i8x16.popcnt(v128.xor(v128.load(source, 16), next));
        const sums = i8x16.narrow_i16x8_u(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b));
        let mask = i8x16.bitmask(i8x16.le_u(sums, least));
        if (mask == 0) continue;
        if (many - at < 16) mask &= (1 << (many - at)) - 1;
        for (; mask != 0; mask &= mask - 1) {
          const item = queue + <usize>queued * 12;
          store<u32>(item, table + begin + at + ctz(mask));
          store<u32>(item, <u32>asked, 4);
          if (++queued == QUEUE && !verify(queries, radius, costs, queue, out, most, found, each)) return -1;
        }
      }
    }
    if (!verify(queries, radius, costs, queue, out, most, found, each)) return -1;
  }
  return <i32>hits;
}

/** All probes of one table, as word and query, ordered by word. */
function sortProbes(
  queries: usize, count: u32, t: u32, probes: u32, counts: usize, order: usize, words: usize,
): void {
  memory.fill(counts, 0, 65537 * 4);
  for (let query: u32 = 0; query < count; query++) {
    const hash = queries + (<usize>query << 5);
    const word = wordOf(hash, t);
    store<u32>(words + (<usize>query << 2), (wordOf(hash, t + 1) << 16) | word);
    for (let probe: u32 = 0; probe < probes; probe++) {
      const at = counts + (<usize>(probe == 0 ? word : word ^ (1 << (probe - 1))) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  let sum: u32 = 0;
  for (let at = counts; at < counts + 65536 * 4; at += 4) {
    const many = load<u32>(at);
    store<u32>(at, sum);
    sum += many;
  }
  for (let query: u32 = 0; query < count; query++) {
    const word = <u32>load<u16>(words + (<usize>query << 2));
    for (let probe: u32 = 0; probe < probes; probe++) {
      const value: u32 = probe == 0 ? word : word ^ (1 << (probe - 1));
      const at = counts + (<usize>value << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u32>(order + (<usize>place << 2), (value << 16) | query);
    }
  }
}

function verify(
  queries: usize, radius: u32, costs: usize, queue: usize, out: usize, most: u32, found: usize, each: u32,
): bool {
  const own = radius >> 4;
  const two = radius >> 3;
  const end = queue + <usize>queued * 12;
  queued = 0;
  for (let item = queue; item < end; item += 12)
    store<u32>(item, load<u32>(postings + (<usize>load<u32>(item) << 2)), 8);
  for (let item = queue; item < end; item += 12) {
    const asked = <usize>load<u32>(item, 4);
    const slot = load<u32>(item, 8);
    const hash = hashes + (<usize>slot << 5);
    const query = queries + (asked << 5);
    const cost = load<u32>(costs + (asked << 2));
    store<u32>(costs + (asked << 2), cost > 0xffff0000 ? 0xffffffff : cost + CANDIDATE_COST);
    const distance = distanceOf(hash, query);
    if (distance > radius || cost == 0xffffffff) continue;
    if (firstTable(hash, query, own, two) != load<u32>(item) / distinct) continue;
    if (bit(dead, slot) && !bit(leads, slot)) continue;
    const own_ = load<u32>(found + (asked << 2)) + 1;
    if (own_ > each) {
      store<u32>(costs + (asked << 2), 0xffffffff);
      continue;
    }
    store<u32>(found + (asked << 2), own_);
    if (hits == most) return false;
    const to = out + <usize>hits * 12;
    store<u32>(to, <u32>asked);
    store<u32>(to, slot, 4);
    store<u32>(to, distance, 8);
    hits++;
  }
  return true;
}
