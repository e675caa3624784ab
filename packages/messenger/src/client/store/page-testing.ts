import { deleteDB } from "idb";
import { lastingChecks, type StoreCheck, storeChecks } from "./conformance.ts";
import { openIndexedDbStore } from "./indexed-db.ts";
import type { Store } from "./store.ts";

const checks: readonly StoreCheck[] = [...storeChecks, ...lastingChecks];

/** For a test that drives a browser: the promises of the store, and a way to try each on a fresh database. */
Object.assign(globalThis, {
  names: checks.map(({ name }) => name),
  async run(name: string): Promise<void> {
    const check = checks.find((one) => one.name === name);
    if (check === undefined) throw new Error(`There is no check "${name}".`);
    await deleteDB("conformance");
    const opened: Store[] = [];
    const open = async (): Promise<Store> => {
      const store = await openIndexedDbStore("conformance");
      opened.push(store);
      return store;
    };
    await check.run(open);
    for (const store of opened) await store.close();
  },
});
