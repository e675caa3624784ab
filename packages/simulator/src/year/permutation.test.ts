import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { permutation } from "./permutation.ts";

test("every number below the size goes to a place of its own, and the way back leads to it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer(), (size, key) => {
      const { at, inverse } = permutation(size, key);
      const places = Array.from({ length: size }, (_, number) => at(number));
      assert.equal(new Set(places).size, size);
      assert.ok(places.every((place) => place >= 0 && place < size));
      assert.ok(places.every((place, number) => inverse(place) === number));
    }),
    { numRuns: 40 },
  );
});

test("neighbours are sent far apart, and another key sends them elsewhere", () => {
  const [one, other] = [permutation(1_000_000, 1), permutation(1_000_000, 2)];
  const numbers = Array.from({ length: 1000 }, (_, number) => number);
  const near = numbers.filter((number) => Math.abs(one.at(number) - one.at(number + 1)) < 1000);
  // Two random places lie that near in two of a thousand cases.
  assert.ok(near.length < 20, `${near.length}`);
  assert.ok(numbers.filter((number) => one.at(number) === other.at(number)).length < 5);
});
