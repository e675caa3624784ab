import { bit, dead, hashes, slots } from "./state";

@inline
function within(hash: usize, a: u64, b: u64, c: u64, d: u64, radius: u32): u32 {
  const half = <u32>(popcnt(load<u64>(hash) ^ a) + popcnt(load<u64>(hash, 8) ^ b));
  return half > radius ? half : half + <u32>(popcnt(load<u64>(hash, 16) ^ c) + popcnt(load<u64>(hash, 24) ^ d));
}

/** Counts what lives at each distance up to `radius`, by comparing the query with every slot: 32 counters of 4 bytes. */
export function countNear(query: usize, radius: u32, counters: usize): void {
  memory.fill(counters, 0, 32 * 4);
  const a = load<u64>(query), b = load<u64>(query, 8), c = load<u64>(query, 16), d = load<u64>(query, 24);
  const end = slots;
  for (let slot: u32 = 0; slot < end; slot++) {
    const distance = within(hashes + (<usize>slot << 5), a, b, c, d, radius);
    if (distance > radius || bit(dead, slot)) continue;
    const at = counters + (<usize>distance << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** Takes, in the order of slots, all that live nearer than `farthest`, and the first `many` at just that distance. */
export function takeNear(query: usize, farthest: u32, many: u32, out: usize): u32 {
  const a = load<u64>(query), b = load<u64>(query, 8), c = load<u64>(query, 16), d = load<u64>(query, 24);
  const end = slots;
  let taken: u32 = 0;
  for (let slot: u32 = 0; slot < end; slot++) {
    const distance = within(hashes + (<usize>slot << 5), a, b, c, d, farthest);
    if (distance > farthest || bit(dead, slot)) continue;
    if (distance == farthest) {
      if (many == 0) continue;
      many--;
    }
    store<u32>(out + (<usize>taken << 3), slot);
    store<u32>(out + (<usize>taken << 3), distance, 4);
    taken++;
  }
  return taken;
}
