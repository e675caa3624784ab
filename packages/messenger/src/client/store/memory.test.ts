import { suite, test } from "node:test";
import { storeChecks } from "./conformance.ts";
import { openMemoryStore } from "./memory.ts";

suite("the memory store", () => {
  for (const check of storeChecks)
    test(check.name, async () => {
      const store = openMemoryStore();
      await check.run(async () => store);
    });
});
