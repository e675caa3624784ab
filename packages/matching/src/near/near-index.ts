import { HASH_BYTES, type PdqHash } from "../pdq/hash.ts";

/** The largest distance that an index finds with full recall: 31 = 16 * 2 - 1, so one of sixteen words differs by at most a bit. */
export const MAX_RADIUS = 31;

/** The most matches that one query may ask for. */
export const MAX_LIMIT = 1000;

/** A hash of the index that is near the one asked for. */
export interface Near {
  /** Unsigned 32 bits, chosen by the caller. */
  readonly id: number;
  /** In how many bits the two hashes differ: 0 to 31. */
  readonly distance: number;
}

/** What was found for one query. */
export interface NearFound {
  /** The nearest of all that lie within the radius: nearest first, equally near ones by ascending id, at most `limit`. */
  readonly matches: readonly Near[];
  /** Whether more lie within the radius than `matches` holds. */
  readonly more: boolean;
}

/** Hashes by id, found by nearness. Every implementation answers every question alike; they differ in speed alone. */
export interface NearIndex {
  /** How many hashes are in it. */
  readonly size: number;
  /**
   * From this call on the hash is found.
   *
   * @param id unsigned 32 bits, unique among those that are in the index; it may be used again after `remove`
   * @param hash copied
   * @throws RangeError if the id or the hash has the wrong form, or if the id is in the index already
   */
  add(id: number, hash: PdqHash): void;
  /** From this call on the hash of this id is not found. False if there was none. */
  remove(id: number): boolean;
  /**
   * Everything within `radius` bits, with full recall.
   *
   * @param radius 0 to 31
   * @param limit 1 to 1000 matches
   * @throws RangeError if an argument has the wrong form
   */
  near(query: PdqHash, radius: number, limit: number): NearFound;
  /** The same for each of the queries, in their order; faster than one by one from some hundred on. */
  nearAll(queries: readonly PdqHash[], radius: number, limit: number): readonly NearFound[];
}

/** A near index that many can be put into at once. */
export interface CreatedNearIndex extends NearIndex {
  /**
   * Many at once: as `add` for each, and much faster from some ten thousand on.
   *
   * @param hashes 32 bytes for each id
   * @throws RangeError as `add`, and then nothing was added
   */
  addAll(ids: Uint32Array, hashes: Uint8Array): void;
}

/** @throws RangeError if this is no id: an unsigned integer of 32 bits */
export function checkId(id: number): void {
  if (!Number.isInteger(id) || id < 0 || id > 0xffff_ffff)
    throw new RangeError(`an id is an unsigned integer of 32 bits, not ${id}`);
}

/** @throws RangeError if this is no PDQ hash */
export function checkHash(hash: PdqHash): void {
  if (hash.length !== HASH_BYTES)
    throw new RangeError(`a PDQ hash has ${HASH_BYTES} bytes, not ${hash.length}`);
}

/** @throws RangeError if a query may not ask for this */
export function checkAsk(radius: number, limit: number): void {
  if (!Number.isInteger(radius) || radius < 0 || radius > MAX_RADIUS)
    throw new RangeError(`the radius is 0 to ${MAX_RADIUS} bits, not ${radius}`);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new RangeError(`the limit is 1 to ${MAX_LIMIT} matches, not ${limit}`);
}

/** @throws RangeError because an id names one hash only */
export function refuseTwice(id: number): never {
  throw new RangeError(`the id ${id} is in the index already; remove it first, or take another`);
}

/** Of all matches the nearest `limit`, in the order that `NearFound` promises. */
export function nearestOf(all: Near[], limit: number): NearFound {
  all.sort((a, b) => a.distance - b.distance || a.id - b.id);
  return { matches: all.slice(0, limit), more: all.length > limit };
}
