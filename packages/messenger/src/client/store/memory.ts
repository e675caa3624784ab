import { MessengerError } from "../error.ts";
import type { Collection, Collections } from "./records.ts";
import { collections } from "./records.ts";
import type { Change, Entry, Range, Store } from "./store.ts";

/** A store that lasts as long as the program. Values go in and come out as copies, like those of a database. */
export function openMemoryStore(): Store {
  const tables = new Map<Collection, Map<string, unknown>>(collections.map((name) => [name, new Map()]));
  let closed = false;

  function table(name: Collection): Map<string, unknown> {
    if (closed) throw new MessengerError("closed", "The store is closed.");
    return tables.get(name) ?? new Map<string, unknown>();
  }

  return {
    async get<C extends Collection>(collection: C, key: string) {
      return structuredClone(table(collection).get(key)) as Collections[C] | undefined;
    },
    async list<C extends Collection>(collection: C, range: Range = {}) {
      const { from, to, limit, backwards = false } = range;
      const keys = [...table(collection).keys()]
        .filter((key) => (from === undefined || key >= from) && (to === undefined || key <= to))
        .sort();
      if (backwards) keys.reverse();
      return keys.slice(0, limit).map(
        (key): Entry<Collections[C]> => ({
          key,
          value: structuredClone(table(collection).get(key)) as Collections[C],
        }),
      );
    },
    async write(changes) {
      // Cloned before anything is changed: a value that cannot be cloned must leave no half of a batch behind.
      const ready = changes.map((change) => ({ ...change, put: cloned(change) }));
      for (const { in: name, key, put } of ready)
        if (put === undefined) table(name).delete(key);
        else table(name).set(key, put);
    },
    async clear() {
      for (const name of collections) table(name).clear();
    },
    async close() {
      closed = true;
    },
  };
}

function cloned(change: Change): unknown {
  return change.put === undefined ? undefined : structuredClone(change.put);
}
