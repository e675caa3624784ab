import assert from "node:assert/strict";
import test from "node:test";
import { plainExactIndex } from "./plain.ts";

test("ids are found under the first sixteen bytes of their key until they are removed", () => {
  const index = plainExactIndex();
  const key = Uint8Array.from({ length: 32 }, (_, at) => at);
  const other = key.slice().fill(9, 15);
  index.add(7, key);
  index.add(3, key.subarray(0, 16));
  index.add(3, key);
  index.add(3, other);
  assert.equal(index.size, 3);
  assert.deepEqual(index.find(key), [3, 7]);
  assert.deepEqual(index.find(other), [3]);
  assert.equal(index.remove(3, key), true);
  assert.equal(index.remove(3, key), false);
  assert.deepEqual([index.find(key), index.find(other), index.size], [[7], [3], 2]);
  assert.throws(() => index.find(key.subarray(0, 15)), RangeError);
  assert.throws(() => index.add(2 ** 32, key), RangeError);
});
