import { MessengerError } from "../error.ts";
import type { Collection, Collections, Facts } from "../store/records.ts";
import type { Change, Store } from "../store/store.ts";
import { beginWork, type Work } from "./work.ts";

/** Collections that are small and looked at all the time; they stand in memory, as last stored. */
const held = ["device", "facts", "rooms", "outbox", "people", "receipts", "notices", "warnings"] as const;
type Held = (typeof held)[number];

/**
 * What the device knows. Every change goes through `change`, one after another: a plan reads, decides and puts, and all of it is
 * stored in one write before anybody sees it or hears of it. A plan never waits for the network, nor for another change.
 */
export interface Model {
  readonly store: Store;
  /** By key, in the keys' order. */
  all<C extends Held>(collection: C): ReadonlyMap<string, Collections[C]>;
  fact<K extends keyof Facts>(key: K): Facts[K] | undefined;
  /** Resolves with what the plan gave back, once its changes are stored. If the plan throws, nothing has changed. */
  change<T>(plan: (work: Work) => T | Promise<T>): Promise<T>;
  /** Told of each stored change, in order. */
  watch(watcher: (changes: readonly Change[]) => void): () => void;
  clear(): Promise<void>;
  /** Closing it again is no fault: every tab that takes over says so to all the others. */
  close(): Promise<void>;
}

export async function openModel(store: Store): Promise<Model> {
  const tables = new Map<Collection, Map<string, unknown>>();
  for (const name of held)
    tables.set(name, new Map((await store.list(name)).map(({ key, value }) => [key, value])));
  const watchers = new Set<(changes: readonly Change[]) => void>();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  let closing: Promise<void> | undefined;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(() => {
      if (closed) throw new MessengerError("closed", "The messenger is closed.");
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  async function write(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await store.write(changes);
    for (const change of changes) apply(tables.get(change.in), change);
    for (const watcher of watchers) watcher(changes);
  }

  async function close(): Promise<void> {
    await inTurn(async () => {
      closed = true;
    });
    await store.close();
  }

  return {
    store,
    all: <C extends Held>(collection: C) => tables.get(collection) as ReadonlyMap<string, Collections[C]>,
    fact: <K extends keyof Facts>(key: K) => tables.get("facts")?.get(key) as Facts[K] | undefined,
    change: (plan) =>
      inTurn(async () => {
        const work = beginWork(store);
        const result = await plan(work);
        await write(work.changes());
        return result;
      }),
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    clear: () =>
      inTurn(async () => {
        await store.clear();
        for (const table of tables.values()) table.clear();
        for (const watcher of watchers) watcher([]);
      }),
    close: () => (closing ??= close()),
  };
}

function apply(table: Map<string, unknown> | undefined, { key, put }: Change): void {
  if (table === undefined) return;
  if (put === undefined) table.delete(key);
  else if (table.has(key) || isLast(table, key)) table.set(key, put);
  else {
    const all = [...table, [key, put] as const].sort(([a], [b]) => (a < b ? -1 : 1));
    table.clear();
    for (const [name, value] of all) table.set(name, value);
  }
}

function isLast(table: ReadonlyMap<string, unknown>, key: string): boolean {
  for (const known of table.keys()) if (known > key) return false;
  return true;
}
