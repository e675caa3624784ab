import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { openMemoryStore } from "../store/memory.ts";
import { openModel } from "./model.ts";
import { beginWork } from "./work.ts";

const key = fc.constantFrom("a", "b", "c", "d", "e");
const change = fc.record({ key, value: fc.option(fc.constantFrom("x", "y"), { nil: undefined }) });
const range = fc.record(
  { from: key, to: key, limit: fc.integer({ min: 1, max: 4 }), backwards: fc.boolean() },
  { requiredKeys: [] },
);

suite("a change as it grows", () => {
  test("reads before it is stored what everybody reads afterwards", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change),
        fc.array(change),
        fc.array(range, { minLength: 1 }),
        async (before, after, ranges) => {
          const store = openMemoryStore();
          for (const one of before) await store.write([toChange(one)]);
          const work = beginWork(store);
          for (const { key: name, value } of after)
            if (value === undefined) work.remove("messageIds", name);
            else work.put("messageIds", name, value);
          const seen = [];
          for (const one of ranges) seen.push(await work.list("messageIds", one));
          await store.write(work.changes());
          for (const [at, one] of ranges.entries())
            assert.deepEqual(seen[at], await store.list("messageIds", one));
        },
      ),
      { numRuns: 200 },
    );
  });
});

suite("the model", () => {
  test("stores nothing of a plan that throws, and goes on with the next", async () => {
    const model = await openModel(openMemoryStore());
    await assert.rejects(
      model.change((work) => {
        work.put("messageIds", "a", "x");
        throw new RangeError("no");
      }),
      RangeError,
    );
    await model.change((work) => work.put("messageIds", "b", "y"));
    assert.deepEqual(
      (await model.store.list("messageIds")).map(({ key: name }) => name),
      ["b"],
    );
  });

  test("lets each plan see what the one before it did, however they come", async () => {
    const model = await openModel(openMemoryStore());
    await Promise.all(
      Array.from({ length: 20 }, () =>
        model.change(async (work) => {
          const count = Number((await work.get("messageIds", "count")) ?? "0");
          work.put("messageIds", "count", String(count + 1));
        }),
      ),
    );
    assert.equal(await model.store.get("messageIds", "count"), "20");
  });

  test("is closed however often it is told so, and changes nothing any more", async () => {
    const model = await openModel(openMemoryStore());
    await Promise.all([model.close(), model.close()]);
    await model.close();
    await assert.rejects(
      model.change(() => undefined),
      { code: "closed" },
    );
  });

  test("tells of a change when it is stored, and holds its small collections in the keys' order", async () => {
    const store = openMemoryStore();
    const model = await openModel(store);
    const told: string[] = [];
    model.watch((changes) => told.push(changes.map(({ key: name }) => name).join()));
    const audit = (id: string) => ({ kind: "audit", id, roomId: "r", line: "l" }) as const;
    await model.change((work) => work.put("outbox", "2", audit("two")));
    await model.change((work) => work.put("outbox", "1", audit("one")));
    await model.change(() => undefined);
    assert.deepEqual(told, ["2", "1"]);
    assert.deepEqual([...model.all("outbox").keys()], ["1", "2"]);
    assert.deepEqual([...(await openModel(store)).all("outbox").keys()], ["1", "2"]);
  });
});

function toChange({ key: name, value }: { key: string; value: string | undefined }) {
  return value === undefined
    ? ({ in: "messageIds", key: name } as const)
    : ({ in: "messageIds", key: name, put: value } as const);
}
