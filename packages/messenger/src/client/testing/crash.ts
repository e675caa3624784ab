import type { Store } from "../store/store.ts";

/** A store whose machine stops at its n-th write: that write and everything after it fails. */
export function crashingStore(store: Store, writes: number): { store: Store; crashed: () => boolean } {
  let left = writes;
  const check = (): void => {
    if (left <= 0) throw new Error("the machine has stopped");
  };
  return {
    crashed: () => left <= 0,
    store: {
      ...store,
      async get(collection, key) {
        check();
        return await store.get(collection, key);
      },
      async list(collection, range) {
        check();
        return await store.list(collection, range);
      },
      async write(changes) {
        left--;
        check();
        await store.write(changes);
      },
    },
  };
}
