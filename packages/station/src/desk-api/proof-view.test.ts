import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { rangesOf } from "./proof-view.ts";

test("withheld places are told as ranges that hold exactly them, in order", () => {
  assert.deepEqual(rangesOf(["7", "2", "3", "4", "9", "10"]), [
    { from: "2", to: "4" },
    { from: "7", to: "7" },
    { from: "9", to: "10" },
  ]);
  assert.deepEqual(rangesOf([]), []);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 60 })), (places) => {
      const told = rangesOf(places.map(String)).flatMap(({ from, to }) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
      );
      assert.deepEqual(
        told,
        places.toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 50 },
  );
});

test("places beyond 2^53 keep every digit", () => {
  assert.deepEqual(rangesOf(["9007199254740994", "9007199254740993"]), [
    { from: "9007199254740993", to: "9007199254740994" },
  ]);
});
