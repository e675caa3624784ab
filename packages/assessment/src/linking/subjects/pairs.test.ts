import assert from "node:assert/strict";
import { it } from "node:test";
import { openPairs } from "./pairs.ts";

it("a pair is known from either side, and forgotten from both", () => {
  const pairs = openPairs();
  pairs.put(1, 2);
  pairs.put(1, 3);
  assert.ok(pairs.has(2, 1) && pairs.has(1, 2));
  assert.ok(pairs.anyAmong([2, 5, 1]));
  assert.ok(!pairs.anyAmong([2, 3]));
  pairs.drop(2);
  assert.ok(!pairs.has(1, 2));
  pairs.take(3, 1);
  assert.equal(pairs.of(1), undefined);
});
