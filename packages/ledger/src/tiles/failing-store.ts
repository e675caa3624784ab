import type { TileStore } from "./store.ts";

/** How a write fails: before anything is stored, or with everything stored and only the answer lost. */
export type WriteFailure = "not persisted" | "persisted but error";

/** What a failing store rejects with. */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
}

/**
 * A store whose `failAt`-th write (counted from 1) fails, and every call after it too, as on a machine that went down.
 * For crash tests: wrap, run, then open what lies behind it again.
 */
export function failingTileStore(store: TileStore, failAt: number, failure: WriteFailure): TileStore {
  let writes = 0;
  const assertUp = (): void => {
    if (writes >= failAt) throw new StoreFailure("The store is down.");
  };
  return {
    async read(path) {
      assertUp();
      return store.read(path);
    },
    async write(path, bytes) {
      assertUp();
      writes += 1;
      if (writes === failAt && failure === "not persisted") throw new StoreFailure(`Write ${writes} failed.`);
      await store.write(path, bytes);
      if (writes === failAt) throw new StoreFailure(`Write ${writes} was stored, but failed.`);
    },
  };
}
