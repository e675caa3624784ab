import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { drawFrom, randomHashes } from "../near/testing/hashes.ts";
import { createExactIndex } from "./create.ts";
import { buildKeyTable, wordsOfKey } from "./key-table.ts";
import { plainExactIndex } from "./plain.ts";

const KEYS = randomHashes(10, drawFrom(51));
const keyAt = (keys: Uint8Array, at: number) => keys.slice(at * 16, at * 16 + 16);

test("whatever is added and removed, the index finds what the map finds", () => {
  const step = fc.record({ what: fc.constantFrom("add", "all", "remove"), id: fc.nat(6), key: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [index, oracle] = [createExactIndex({ seed: 1 }), plainExactIndex()];
      for (const { what, id, key } of steps) {
        const bytes = keyAt(KEYS, key);
        if (what === "remove") assert.equal(index.remove(id, bytes), oracle.remove(id, bytes));
        else if (what === "all" && !oracle.find(bytes).includes(id)) index.addAll(Uint32Array.of(id), bytes);
        else index.add(id, bytes);
        if (what !== "remove") oracle.add(id, bytes);
        assert.equal(index.size, oracle.size);
        for (let at = 0; at < 10; at++)
          assert.deepEqual(index.find(keyAt(KEYS, at)), oracle.find(keyAt(KEYS, at)));
      }
    }),
    { numRuns: 50 },
  );
});

test("keys are found across the tables that additions become, and nothing else is", () => {
  const draw = drawFrom(52);
  const count = 140_000;
  const keys = randomHashes(count, draw);
  const index = createExactIndex();
  for (let at = 0; at < count; at++) index.add(at, keyAt(keys, at));
  assert.equal(index.size, count);
  for (let at = 0; at < count; at += 7) assert.deepEqual(index.find(keyAt(keys, at)), [at]);
  for (let at = count; at < 2 * count; at += 7) assert.deepEqual(index.find(keyAt(keys, at)), []);
  assert.equal(index.remove(5, keyAt(keys, 5)), true);
  assert.deepEqual(index.find(keyAt(keys, 5)), []);
});

test("a table takes at most 14.5 bytes a key, and its filter turns all but a few strangers away", () => {
  const keys = randomHashes(100_000, drawFrom(53)).subarray(0, 1_600_000);
  const ids = Uint32Array.from({ length: 100_000 }, (_, id) => id);
  const table = buildKeyTable({ ids, keys }, 9);
  assert.ok(table.bytes / 100_000 <= 14.5);
  ids.forEach((id) =>
    assert.ok(table.find(wordsOfKey(keyAt(keys, id), 9)).some((at) => table.idAt(at) === id)),
  );
});

test("keys that begin alike do not fall into one bucket", () => {
  const keys = new Uint8Array(16 * 20_000);
  for (let at = 0; at < 20_000; at++) new DataView(keys.buffer).setUint32(at * 16 + 12, at);
  const buckets = new Set(Array.from({ length: 20_000 }, (_, at) => wordsOfKey(keys, 3, at * 16).bucket));
  assert.ok(buckets.size > 19_900);
});

test("a key is taken from wherever it lies in memory, and what its owner does there afterwards changes nothing", () => {
  const index = createExactIndex();
  const memory = Buffer.from([...new Uint8Array(5), ...new Uint8Array(16).fill(0x5a)]);
  index.add(1, memory.subarray(5));
  memory.fill(0);
  const key = new Uint8Array(16);
  // Until what came one by one has become a table.
  for (let id = 2; index.bytes === 0; id++) {
    new DataView(key.buffer).setUint32(0, id);
    index.add(id, key);
  }
  assert.deepEqual(index.find(Buffer.alloc(16, 0x5a)), [1]);
  assert.deepEqual(index.find(Uint8Array.of(0, 0, 0, 7, ...new Uint8Array(12))), [7]);
});
