import {
  BOUNDS, CANDIDATE_COST, TABLES, bit, dead, distanceOf, distinct, firstTable, hashes, leads, offsets, postings,
  signatures, wordOf,
} from "./state";

/** Candidates that wait for their hashes to be fetched together. */
const QUEUE: u32 = 4096;

let queued: u32 = 0;
let hits: u32 = 0;

/** What the last query cost, in signatures compared. */
export let work: u32 = 0;

/**
 * Finds what is within `radius` of a query, by 17 buckets of each table (one where the radius lets a word be equal).
 *
 * Ring: if the 16 distances of the words sum up to r, then there is a word from which on every chain of l neighbours sums up to
 * at most l * r / 16 (Qin and Xiao, "Pigeonring", VLDB 2018). Chains of one choose the buckets, chains of two are what a
 * signature says without a look at the hash.
 *
 * @param scratch 272 * 16 + 2 * 4 * 4096 bytes of this thread
 * @param out pairs of slot and distance; a slot that leads is given whether it is dead or not
 * @param most pairs that `out` holds
 * @param budget the most signatures to compare
 * @returns how many pairs; -1 if there are more, or if it would cost more: then a scan is cheaper
 */
export function search(query: usize, radius: u32, scratch: usize, out: usize, most: u32, budget: u32): i32 {
  const own = radius >> 4;
  const two = radius >> 3;
  const probes: u32 = own == 0 ? 1 : 17;
  let entry = scratch;
  let total: u32 = 0;
  for (let t: u32 = 0; t < TABLES; t++) {
    const word = wordOf(query, t);
    const bounds = offsets + ((<usize>t * BOUNDS) << 2);
    for (let probe: u32 = 0; probe < probes; probe++) {
      const at = bounds + (<usize>(probe == 0 ? word : word ^ (1 << (probe - 1))) << 2);
      const begin = load<u32>(at);
      const many = load<u32>(at, 4) - begin;
      store<u32>(entry, begin);
      store<u32>(entry, many, 4);
      total += many;
      entry += 8;
    }
  }
  work = 272;
  if (total > budget) return -1;
  work = total;
  const queue = scratch + 272 * 8;
  queued = 0;
  hits = 0;
  entry = scratch;
  for (let t: u32 = 0; t < TABLES; t++) {
    const next = i16x8.splat(<i16>wordOf(query, t + 1));
    const table = t * distinct;
    for (let probe: u32 = 0; probe < probes; probe++, entry += 8) {
      const many = load<u32>(entry, 4);
      if (many == 0) continue;
      const begin = table + load<u32>(entry);
      const least = i8x16.splat(<i8>(two - (probe == 0 ? 0 : 1)));
      const from = signatures + (<usize>begin << 1);
      for (let at: u32 = 0; at < many; at += 16) {
        const source = from + (<usize>at << 1);
        const a = i8x16.popcnt(v128.xor(v128.load(source), next));
        const b = i8x16.popcnt(v128.xor(v128.load(source, 16), next));
        const sums = i8x16.narrow_i16x8_u(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b));
        let mask = i8x16.bitmask(i8x16.le_u(sums, least));
        if (mask == 0) continue;
        if (many - at < 16) mask &= (1 << (many - at)) - 1;
        for (; mask != 0; mask &= mask - 1) {
          store<u32>(queue + (<usize>queued << 2), begin + at + ctz(mask));
          if (++queued == QUEUE) {
            work += QUEUE * CANDIDATE_COST;
            if (work > budget || !verify(query, radius, queue, out, most)) return -1;
          }
        }
      }
    }
  }
  work += queued * CANDIDATE_COST;
  return verify(query, radius, queue, out, most) ? <i32>hits : -1;
}

/** Fetches the slots, then the hashes, of all that are queued: loads that do not wait for one another. */
function verify(query: usize, radius: u32, queue: usize, out: usize, most: u32): bool {
  const own = radius >> 4;
  const two = radius >> 3;
  const slotsOf = queue + <usize>(QUEUE << 2);
  for (let at: usize = 0; at < <usize>queued << 2; at += 4)
    store<u32>(slotsOf + at, load<u32>(postings + (<usize>load<u32>(queue + at) << 2)));
  for (let at: usize = 0; at < <usize>queued << 2; at += 4) {
    const slot = load<u32>(slotsOf + at);
    const hash = hashes + (<usize>slot << 5);
    const distance = distanceOf(hash, query);
    if (distance > radius) continue;
    if (firstTable(hash, query, own, two) != load<u32>(queue + at) / distinct) continue;
    if (bit(dead, slot) && !bit(leads, slot)) continue;
    if (hits == most) return false;
    store<u32>(out + (<usize>hits << 3), slot);
    store<u32>(out + (<usize>hits << 3), distance, 4);
    hits++;
  }
  queued = 0;
  return true;
}

export function workOfLast(): u32 {
  return work;
}
