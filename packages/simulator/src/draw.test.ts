import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { digits, logNormal, pick, shuffled, uuid, weighted } from "./draw.ts";
import { randomStream } from "./random.ts";

test("a weighted draw comes as often as its weight says, and a weight of nought never comes", () => {
  const random = randomStream("seed", "weights");
  const counts = { a: 0, b: 0, never: 0 };
  for (let i = 0; i < 10_000; i += 1)
    counts[
      weighted(random, [
        ["a", 3],
        ["never", 0],
        ["b", 1],
      ] as const)
    ] += 1;
  assert.ok(Math.abs(counts.a - 7500) < 150, `${counts.a}`);
  assert.equal(counts.never, 0);
});

test("nothing can be drawn from an empty list", () => {
  const random = randomStream("seed", "empty");
  assert.throws(() => pick(random, []), RangeError);
  assert.throws(() => weighted(random, []), RangeError);
});

test("half of the log-normal draws lie below its median, and its logarithm has the asked deviation", () => {
  const random = randomStream("seed", "log-normal");
  const values = Array.from({ length: 10_000 }, () => logNormal(random, 1.18, 1.73));
  const below = values.filter((value) => value < Math.exp(1.18)).length;
  assert.ok(Math.abs(below - 5000) < 150, `${below}`);
  const logs = values.map((value) => Math.log(value) - 1.18);
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + log * log, 0) / logs.length);
  assert.ok(Math.abs(deviation - 1.73) < 0.05, `${deviation}`);
});

test("shuffling keeps every value once and takes every order", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer()), (seed, values) => {
      const order = shuffled(randomStream(seed, "shuffle"), values);
      const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);
      assert.deepEqual(sorted(order), sorted(values));
    }),
  );
  const orders = new Set(
    Array.from({ length: 200 }, (_, i) => shuffled(randomStream("seed", i), ["a", "b", "c"]).join("")),
  );
  assert.equal(orders.size, 6);
});

test("a UUID has the version and variant of RFC 9562, and all else is drawn", () => {
  const random = randomStream("seed", "uuid");
  const all = Array.from({ length: 500 }, () => uuid(random));
  for (const one of all)
    assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(all).size, all.length);
});

test("digits keep their leading noughts", () => {
  const random = randomStream("seed", "digits");
  assert.ok(Array.from({ length: 100 }, () => digits(random, 6)).some((text) => /^0\d{5}$/.test(text)));
});
