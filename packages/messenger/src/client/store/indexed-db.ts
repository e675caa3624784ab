import { type IDBPDatabase, openDB } from "idb";
import { MessengerError } from "../error.ts";
import { type Collection, type Collections, collections } from "./records.ts";
import type { Entry, Range, Store } from "./store.ts";

/** Raised whenever `collections` changes. */
const version = 1;

/**
 * The browser's own database. Writes are flushed to the disk before they count (`durability: "strict"`), because the hub forgets
 * a message once this device says that it has it.
 *
 * @param name of the database; one for each account on a shared device
 */
export async function openIndexedDbStore(name: string): Promise<Store> {
  const database: IDBPDatabase = await openDB(name, version, {
    upgrade(opened) {
      for (const collection of collections)
        if (!opened.objectStoreNames.contains(collection)) opened.createObjectStore(collection);
    },
    // Another tab with newer code wants to upgrade: make way, it takes over.
    blocking: () => database.close(),
  });
  let closed = false;

  function open(): IDBPDatabase {
    if (closed) throw new MessengerError("closed", "The store is closed.");
    return database;
  }

  return {
    async get<C extends Collection>(collection: C, key: string) {
      return (await open().get(collection, key)) as Collections[C] | undefined;
    },
    async list<C extends Collection>(collection: C, range: Range = {}) {
      return await listIn<Collections[C]>(open(), collection, range);
    },
    async write(changes) {
      if (changes.length === 0) return;
      const names = [...new Set(changes.map((change) => change.in))];
      const transaction = open().transaction(names, "readwrite", { durability: "strict" });
      try {
        for (const { in: collection, key, put } of changes) {
          const objects = transaction.objectStore(collection);
          // Not awaited one by one: a failed request aborts the transaction, and `done` says so.
          void (put === undefined ? objects.delete(key) : objects.put(put, key)).catch(() => undefined);
        }
      } catch (error) {
        // A value that cannot be cloned is refused at once, before its request exists.
        transaction.abort();
        await transaction.done.catch(() => undefined);
        throw error;
      }
      await transaction.done;
    },
    async clear() {
      const transaction = open().transaction([...collections], "readwrite", { durability: "strict" });
      for (const collection of collections) void transaction.objectStore(collection).clear();
      await transaction.done;
    },
    async close() {
      closed = true;
      database.close();
    },
  };
}

async function listIn<T>(
  database: IDBPDatabase,
  collection: Collection,
  { from, to, limit, backwards = false }: Range,
): Promise<readonly Entry<T>[]> {
  if (from !== undefined && to !== undefined && from > to) return [];
  const range = keyRange(from, to);
  const objects = database.transaction(collection).objectStore(collection);
  if (!backwards) {
    const [keys, values] = await Promise.all([
      objects.getAllKeys(range, limit),
      objects.getAll(range, limit) as Promise<T[]>,
    ]);
    return values.map((value, at) => ({ key: keys[at] as string, value }));
  }
  const found: Entry<T>[] = [];
  for (
    let cursor = await objects.openCursor(range, "prev");
    cursor !== null && found.length < (limit ?? Number.POSITIVE_INFINITY);
    cursor = await cursor.continue()
  )
    found.push({ key: cursor.key as string, value: cursor.value as T });
  return found;
}

function keyRange(from: string | undefined, to: string | undefined): IDBKeyRange | null {
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(from, to);
  if (from !== undefined) return IDBKeyRange.lowerBound(from);
  return to === undefined ? null : IDBKeyRange.upperBound(to);
}
