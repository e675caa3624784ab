// Where the parts of one segment lie in memory. Each thread has an instance, and so a state, of its own over the shared memory.

/** Tables, words of a hash and positions of the ring. */
export const TABLES: u32 = 16;
/** Bounds of a table: one more than it has buckets. */
export const BOUNDS: u32 = 65537;
/** What it costs to fetch and compare a hash, in signatures compared. */
export const CANDIDATE_COST: u32 = 32;

export let slots: u32 = 0;
export let distinct: u32 = 0;
export let hashes: usize = 0;
export let offsets: usize = 0;
export let signatures: usize = 0;
export let postings: usize = 0;
/** One bit a slot: removed. */
export let dead: usize = 0;
/** One bit a slot: others with the same hash stand behind it. */
export let leads: usize = 0;
/** One bit a slot: the same hash has a lower slot, and only that is in the tables. */
export let follows: usize = 0;

export function bind(
  slots_: u32, distinct_: u32, hashes_: usize, offsets_: usize, signatures_: usize, postings_: usize,
  dead_: usize, leads_: usize, follows_: usize,
): void {
  slots = slots_;
  distinct = distinct_;
  hashes = hashes_;
  offsets = offsets_;
  signatures = signatures_;
  postings = postings_;
  dead = dead_;
  leads = leads_;
  follows = follows_;
}

@inline
export function bit(bits: usize, slot: u32): bool {
  return ((load<u32>(bits + ((<usize>slot >> 5) << 2)) >> (slot & 31)) & 1) != 0;
}

@inline
export function setBit(bits: usize, slot: u32): void {
  const at = bits + ((<usize>slot >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (slot & 31)));
}

@inline
export function wordOf(hash: usize, t: u32): u32 {
  return load<u16>(hash + ((t & 15) << 1));
}

@inline
export function distanceOf(a: usize, b: usize): u32 {
  return <u32>(
    popcnt(load<u64>(a) ^ load<u64>(b)) + popcnt(load<u64>(a, 8) ^ load<u64>(b, 8)) +
    popcnt(load<u64>(a, 16) ^ load<u64>(b, 16)) + popcnt(load<u64>(a, 24) ^ load<u64>(b, 24))
  );
}

/**
 * The first table whose bucket and signature let this pair pass: the only one that reports it. `own` and `two` are the most
 * that one word, and two neighbours on the ring together, may differ by.
 */
export function firstTable(a: usize, b: usize, own: u32, two: u32): u32 {
  let t: u32 = 0;
  for (; t < TABLES; t++) {
    const here = <u32>popcnt(wordOf(a, t) ^ wordOf(b, t));
    if (here > own) continue;
    if (here + <u32>popcnt(wordOf(a, t + 1) ^ wordOf(b, t + 1)) <= two) break;
  }
  return t;
}
