/** What the vault knows of stored ciphertext, measured while it was written. */
export interface StoredObject {
  name: string;
  size: number;
  /** SHA-256 of the whole object, as stored. */
  sha256: Uint8Array;
}

/**
 * Where sealed objects lie. Every driver promises (one shared suite holds them to it):
 * `write` resolves only when the bytes would survive a loss of power, and is atomic: an object is whole or absent;
 * an object is never changed, only removed or destroyed; a failed write leaves nothing that `read` could find.
 */
export interface ObjectStore {
  /** A random name that no object has: 128 bits, of which the store may choose the first eight. */
  newName(): string;
  write(name: string, source: AsyncIterable<Uint8Array>): Promise<StoredObject>;
  /** @throws StationError `vault.missing` */
  read(name: string): AsyncIterable<Uint8Array>;
  size(name: string): Promise<number | undefined>;
  remove(name: string): Promise<void>;
  /**
   * Destroys an object so that nothing brings it back, in this order, each step on disk before the next: the beginning that holds its key
   * is written over, then the object is removed, then the folder forgets it. An object that is not there is destroyed already.
   * @param keyBytes how long that beginning is at most
   */
  shred(name: string, keyBytes: number): Promise<void>;
  /** Every object with the time it was last written (epoch ms), in no order. */
  list(): AsyncIterable<{ name: string; modifiedAt: number }>;
  /**
   * Removes what writes of a dead process left half done.
   * @param before untouched since then (epoch ms)
   * @returns how many there were
   */
  removeUnfinished(before: number): Promise<number>;
}

/** Object names are our own random ids, never anything that came from outside: no name can point out of the store. */
export function assertObjectName(name: string): void {
  if (!/^[0-9a-f]{32}$/.test(name)) throw new TypeError("an object name is 32 lower-case hexadecimal digits");
}
