import { HASH_BYTES, type PdqHash } from "../pdq/hash.ts";
import {
  checkAsk,
  checkHash,
  checkId,
  type CreatedNearIndex,
  type Near,
  type NearFound,
  nearestOf,
  refuseTwice,
} from "./near-index.ts";

/** 32-bit words of a hash. */
const WORDS = HASH_BYTES / 4;

/**
 * An index that compares the query with every hash. It runs wherever JavaScript runs and is right by inspection, so the fast
 * index is held against it; 36 bytes a hash beside the map of ids.
 */
export function plainNearIndex(): CreatedNearIndex {
  let words = new Uint32Array(WORDS * 64);
  let ids = new Uint32Array(64);
  const places = new Map<number, number>();

  function grow(): void {
    const [moreWords, moreIds] = [new Uint32Array(words.length * 2), new Uint32Array(ids.length * 2)];
    moreWords.set(words);
    moreIds.set(ids);
    [words, ids] = [moreWords, moreIds];
  }

  function near(query: PdqHash, radius: number, limit: number): NearFound {
    checkAsk(radius, limit);
    checkHash(query);
    const asked = wordsOf(query);
    const found: Near[] = [];
    for (let place = 0; place < places.size; place++) {
      const distance = wordDistance(words, place * WORDS, asked, radius);
      if (distance <= radius) found.push({ id: ids[place] ?? 0, distance });
    }
    return nearestOf(found, limit);
  }

  function add(id: number, hash: PdqHash): void {
    checkId(id);
    checkHash(hash);
    if (places.has(id)) refuseTwice(id);
    const place = places.size;
    if (place === ids.length) grow();
    words.set(wordsOf(hash), place * WORDS);
    ids[place] = id;
    places.set(id, place);
  }

  return {
    get size() {
      return places.size;
    },
    add,
    addAll(many, hashes) {
      if (hashes.length !== many.length * HASH_BYTES)
        throw new RangeError(
          `${many.length} ids need ${many.length * HASH_BYTES} bytes, not ${hashes.length}`,
        );
      const seen = new Set<number>();
      for (const id of many) {
        if (seen.has(id) || places.has(id)) refuseTwice(id);
        seen.add(id);
      }
      many.forEach((id, at) => add(id, hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)));
    },
    remove(id) {
      const place = places.get(id);
      if (place === undefined) return false;
      const last = places.size - 1;
      const lastId = ids[last] ?? 0;
      words.copyWithin(place * WORDS, last * WORDS, (last + 1) * WORDS);
      ids[place] = lastId;
      places.set(lastId, place);
      places.delete(id);
      return true;
    },
    near,
    nearAll(queries, radius, limit) {
      checkAsk(radius, limit);
      return queries.map((query) => near(query, radius, limit));
    },
  };
}

/** A copy, since a hash may lie anywhere in memory of others; a Buffer's own `slice` would be none. */
function wordsOf(hash: PdqHash): Uint32Array {
  return new Uint32Array(Uint8Array.from(hash).buffer);
}

/** The distance, or any number above `radius` if it is larger than that. */
function wordDistance(words: Uint32Array, at: number, asked: Uint32Array, radius: number): number {
  let distance = 0;
  for (let word = 0; word < WORDS && distance <= radius; word++)
    distance += onesIn((words[at + word] ?? 0) ^ (asked[word] ?? 0));
  return distance;
}

/** Ones of 32 bits, by adding neighbours in ever wider fields. */
export function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
