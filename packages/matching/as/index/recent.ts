import { TABLES, distanceOf, wordOf } from "./state";

// The latest additions: the same sixteen tables as chains, to which one hash is added in a microsecond. One thread adds, any
// number of them search; an addition is seen from the moment its chain's head is stored.

/** Entries that fit. */
const CAPACITY: u32 = 65536;

let base: usize = 0;

@inline
function headOf(t: u32, word: u32): usize {
  return base + (<usize>((t << 16) | word) << 2);
}

@inline
function nextOf(t: u32, entry: u32): usize {
  return base + (16 << 18) + (<usize>((t << 16) | entry) << 2);
}

@inline
function hashOf(entry: u32): usize {
  return base + (32 << 18) + (<usize>entry << 5);
}

/** Bytes from `base`: heads, links, hashes, and a byte for each entry that says it is removed. */
export function recentBytes(): u32 {
  return (32 << 18) + CAPACITY * 33;
}

export function bindRecent(base_: usize): void {
  base = base_;
}

/** Puts the hash at `source` in as this entry. */
export function addRecent(entry: u32, source: usize): void {
  const hash = hashOf(entry);
  memory.copy(hash, source, 32);
  for (let t: u32 = 0; t < TABLES; t++) {
    const head = headOf(t, wordOf(hash, t));
    store<u32>(nextOf(t, entry), load<u32>(head));
    atomic.store<u32>(head, entry + 1);
  }
}

export function removeRecent(entry: u32): void {
  store<u8>(base + (32 << 18) + CAPACITY * 32 + entry, 1);
}

/**
 * Pairs of entry and distance for all that is near, in no order; 65,536 fit into `out`.
 *
 * @param count entries there are: where chains are long they are compared one by one instead
 */
export function searchRecent(query: usize, radius: u32, count: u32, out: usize): u32 {
  const own = radius >> 4;
  const probes: u32 = own == 0 ? 1 : 17;
  const removed = base + (32 << 18) + CAPACITY * 32;
  let hits: u32 = 0;
  let steps: u32 = 0;
  for (let t: u32 = 0; t < TABLES; t++) {
    const word = wordOf(query, t);
    for (let probe: u32 = 0; probe < probes; probe++) {
      let entry = load<u32>(headOf(t, probe == 0 ? word : word ^ (1 << (probe - 1))));
      for (; entry != 0; entry = load<u32>(nextOf(t, entry - 1))) {
        if (++steps > count) return compareRecent(query, radius, count, out);
        const hash = hashOf(entry - 1);
        const distance = distanceOf(hash, query);
        if (distance > radius || load<u8>(removed + (entry - 1)) != 0) continue;
        if (firstWord(hash, query, own) != t) continue;
        store<u32>(out + (<usize>hits << 3), entry - 1);
        store<u32>(out + (<usize>hits << 3), distance, 4);
        hits++;
      }
    }
  }
  return hits;
}

function firstWord(a: usize, b: usize, own: u32): u32 {
  let t: u32 = 0;
  while (t < TABLES && <u32>popcnt(wordOf(a, t) ^ wordOf(b, t)) > own) t++;
  return t;
}

function compareRecent(query: usize, radius: u32, count: u32, out: usize): u32 {
  const removed = base + (32 << 18) + CAPACITY * 32;
  let hits: u32 = 0;
  for (let entry: u32 = 0; entry < count; entry++) {
    const distance = distanceOf(hashOf(entry), query);
    if (distance > radius || load<u8>(removed + entry) != 0) continue;
    store<u32>(out + (<usize>hits << 3), entry);
    store<u32>(out + (<usize>hits << 3), distance, 4);
    hits++;
  }
  return hits;
}
