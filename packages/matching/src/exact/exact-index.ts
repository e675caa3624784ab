/** The bits of a key that an exact index looks at: longer digests are keyed by their beginning. */
export const KEY_BYTES = 16;

/**
 * Ids by digest. What it finds agrees with the key as far as the index looks, which is less than all of it: the caller
 * compares the whole digest with the record of each id.
 */
export interface ExactIndex {
  /** Pairs of id and key in it. */
  readonly size: number;
  /**
   * From this call on the id is found under the key. An id may be under several keys, and a key have several ids.
   *
   * @param id unsigned 32 bits
   * @param key 16 bytes or more, of which the first 16 count; a digest, so its bits are even
   * @throws RangeError if one of them has the wrong form
   */
  add(id: number, key: Uint8Array): void;
  /** From this call on the id is not found under the key. False if it was not there. */
  remove(id: number, key: Uint8Array): boolean;
  /** The ids under this key, ascending; all of them, and now and then one whose key only begins alike. */
  find(key: Uint8Array): readonly number[];
}

/** @throws RangeError if the key is shorter than what an index looks at */
export function checkKey(key: Uint8Array): void {
  if (key.length < KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes or more, not ${key.length}`);
}
