/** A map of limited size that forgets what was longest unused: imported keys cost more to make than to keep. */
export interface KeyCache<T> {
  get(key: Uint8Array, make: () => T): T;
}

export function keyCache<T>(limit: number): KeyCache<T> {
  const kept = new Map<string, T>();
  return {
    get(key, make) {
      const name = String.fromCharCode(...key);
      const known = kept.get(name);
      const value = known ?? make();
      if (known !== undefined) kept.delete(name);
      kept.set(name, value);
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}
