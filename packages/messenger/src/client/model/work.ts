import type { Collection, Collections } from "../store/records.ts";
import type { Change, Entry, Range, Store } from "../store/store.ts";

/** One change of the device, as it grows: reads see what it wrote, and nothing is stored before all of it is. */
export interface Work {
  get<C extends Collection>(collection: C, key: string): Promise<Collections[C] | undefined>;
  /** As `Store.list`, with what this work changed. */
  list<C extends Collection>(collection: C, range?: Range): Promise<readonly Entry<Collections[C]>[]>;
  put<C extends Collection>(collection: C, key: string, value: Collections[C]): void;
  remove(collection: Collection, key: string): void;
}

export interface OpenWork extends Work {
  /** What was put and removed, one change a key. */
  changes(): readonly Change[];
}

export function beginWork(store: Store): OpenWork {
  const changed = new Map<Collection, Map<string, Change>>();

  function of(collection: Collection): Map<string, Change> {
    const known = changed.get(collection);
    if (known !== undefined) return known;
    const made = new Map<string, Change>();
    changed.set(collection, made);
    return made;
  }

  return {
    async get<C extends Collection>(collection: C, key: string) {
      const mine = of(collection).get(key);
      return mine === undefined ? await store.get(collection, key) : (mine.put as Collections[C] | undefined);
    },
    async list<C extends Collection>(collection: C, range: Range = {}) {
      const { limit, ...rest } = range;
      const mine = [...of(collection)].filter(([key]) => isWithin(key, range));
      if (mine.length === 0) return await store.list(collection, range);
      // What was removed here makes room for what the store would otherwise have cut off.
      const stored = await store.list(
        collection,
        limit === undefined ? rest : { ...rest, limit: limit + mine.length },
      );
      const all = new Map(stored.map(({ key, value }) => [key, value]));
      for (const [key, change] of mine)
        if (change.put === undefined) all.delete(key);
        else all.set(key, change.put as Collections[C]);
      const keys = [...all.keys()].sort();
      if (range.backwards === true) keys.reverse();
      return keys.slice(0, limit).map((key) => ({ key, value: all.get(key) as Collections[C] }));
    },
    put(collection, key, value) {
      of(collection).set(key, { in: collection, key, put: value } as Change);
    },
    remove(collection, key) {
      of(collection).set(key, { in: collection, key } as Change);
    },
    changes: () => [...changed.values()].flatMap((some) => [...some.values()]),
  };
}

function isWithin(key: string, { from, to }: Range): boolean {
  return (from === undefined || key >= from) && (to === undefined || key <= to);
}
