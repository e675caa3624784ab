import {
  BOUNDS, TABLES, bit, distinct, follows, hashes, leads, offsets, postings, setBit, signatures, slots, wordOf,
} from "./state";

/**
 * Builds one table: slots ordered by their word `t`, equal ones by slot, and beside each the word that follows on the ring.
 * First into 256 parts by the word's upper byte, then each part, which a cache holds, by the lower one: scattering over
 * 65,536 buckets at once would miss the cache with every write.
 *
 * @param temp 8 bytes a slot
 * @param counts 257 * 4 bytes
 */
export function buildTable(t: u32, temp: usize, counts: usize): void {
  memory.fill(counts, 0, 257 * 4);
  const first = hashes + <usize>(t << 1);
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (bit(follows, slot)) continue;
    const at = counts + (<usize>load<u8>(first + (<usize>slot << 5) + 1) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let sum: u32 = 0;
  for (let part: usize = 0; part < 257; part++) {
    const many = load<u32>(counts + (part << 2));
    store<u32>(counts + (part << 2), sum);
    sum += many;
  }
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (bit(follows, slot)) continue;
    const hash = hashes + (<usize>slot << 5);
    const word = wordOf(hash, t);
    const at = counts + (<usize>(word >> 8) << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    const entry = temp + (<usize>place << 3);
    store<u32>(entry, slot);
    store<u32>(entry, (wordOf(hash, t + 1) << 16) | word, 4);
  }
  // Each part's counter has come to the beginning of the next part.
  let begin: u32 = 0;
  for (let part: u32 = 0; part < 256; part++) {
    const end = load<u32>(counts + (<usize>part << 2));
    sortPart(t, part, begin, end, temp);
    begin = end;
  }
  store<u32>(offsets + ((<usize>t * BOUNDS + 65536) << 2), distinct);
}

function sortPart(t: u32, part: u32, begin: u32, end: u32, temp: usize): void {
  const bounds = offsets + ((<usize>t * BOUNDS + (<usize>part << 8)) << 2);
  memory.fill(bounds, 0, 256 * 4);
  for (let place = begin; place < end; place++) {
    const at = bounds + (<usize>load<u8>(temp + (<usize>place << 3), 4) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let sum = begin;
  for (let low: usize = 0; low < 256; low++) {
    const many = load<u32>(bounds + (low << 2));
    store<u32>(bounds + (low << 2), sum);
    sum += many;
  }
  const ownSignatures = signatures + ((<usize>t * distinct) << 1);
  const ownPostings = postings + ((<usize>t * distinct) << 2);
  for (let place = begin; place < end; place++) {
    const entry = temp + (<usize>place << 3);
    const words = load<u32>(entry, 4);
    const at = bounds + (<usize>(words & 255) << 2);
    const to = load<u32>(at);
    store<u32>(at, to + 1);
    store<u16>(ownSignatures + (<usize>to << 1), <u16>(words >> 16));
    store<u32>(ownPostings + (<usize>to << 2), load<u32>(entry));
  }
  // Each bound has come to the next one's place.
  for (let low: usize = 255; low > 0; low--) store<u32>(bounds + (low << 2), load<u32>(bounds + ((low - 1) << 2)));
  store<u32>(bounds, begin);
}

/**
 * Finds slots with equal hashes by table 0, marks the lowest of each as leading and the others as following, and lists the
 * others with their leaders.
 *
 * @param stamps 65,536 * 8 bytes: by signature, the bucket that has last had it, and the slot there
 * @param places 4 bytes for each of a power of two that exceeds the bank
 * @param twins out: pairs of leader and follower
 * @returns how many pairs
 */
export function findTwins(stamps: usize, places: usize, twins: usize): u32 {
  memory.fill(stamps, 0, 65536 * 8);
  let found: u32 = 0;
  for (let word: u32 = 0; word < 65536; word++) {
    const begin = load<u32>(offsets + (<usize>word << 2));
    const end = load<u32>(offsets + (<usize>word << 2), 4);
    let mask: u32 = 0;
    for (let place = begin; place < end; place++) {
      const slot = load<u32>(postings + (<usize>place << 2));
      const stamp = stamps + (<usize>load<u16>(signatures + (<usize>place << 1)) << 3);
      if (load<u32>(stamp) != word + 1) {
        store<u32>(stamp, word + 1);
        store<u32>(stamp, slot, 4);
        continue;
      }
      // Two words are equal: these few are held against each other by the whole hash.
      if (mask == 0) {
        mask = 1;
        while (mask < (end - begin) * 2) mask <<= 1;
        memory.fill(places, 0, <usize>mask << 2);
        mask -= 1;
      }
      leaderOf(load<u32>(stamp, 4), places, mask);
      const leader = leaderOf(slot, places, mask);
      if (leader == slot) continue;
      setBit(leads, leader);
      setBit(follows, slot);
      store<u32>(twins + (<usize>found << 3), leader);
      store<u32>(twins + (<usize>found << 3), slot, 4);
      found++;
    }
  }
  return found;
}

/** The first slot with the same hash that was asked for in this bucket: the slot itself if there is none. */
function leaderOf(slot: u32, places: usize, mask: u32): u32 {
  const hash = hashes + (<usize>slot << 5);
  let mix = load<u64>(hash) * 0x9e3779b97f4a7c15;
  mix = (mix ^ load<u64>(hash, 8)) * 0xbf58476d1ce4e5b9;
  mix = (mix ^ (mix >> 29) ^ load<u64>(hash, 16)) * 0x94d049bb133111eb;
  mix = (mix ^ (mix >> 31) ^ load<u64>(hash, 24)) * 0x9e3779b97f4a7c15;
  let place = <u32>(mix >> 32) & mask;
  let other = load<u32>(places + (<usize>place << 2));
  while (other != 0) {
    const against = hashes + (<usize>(other - 1) << 5);
    if (
      load<u64>(hash) == load<u64>(against) && load<u64>(hash, 8) == load<u64>(against, 8) &&
      load<u64>(hash, 16) == load<u64>(against, 16) && load<u64>(hash, 24) == load<u64>(against, 24)
    )
      return other - 1;
    place = (place + 1) & mask;
    other = load<u32>(places + (<usize>place << 2));
  }
  store<u32>(places + (<usize>place << 2), slot + 1);
  return slot;
}
