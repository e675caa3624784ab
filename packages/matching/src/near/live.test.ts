import assert from "node:assert/strict";
import test from "node:test";
import { loadKernels } from "./kernel.ts";
import { liveNearIndex, mergeHere } from "./live.ts";
import { mergeParts } from "./merge.ts";
import { drawFrom, hashAt, idsUpTo, randomHashes } from "./testing/hashes.ts";

const kernels = loadKernels(false);
assert.ok(kernels !== null);
const HASHES = randomHashes(40, drawFrom(41));

test("what is removed from a segment while it is merged stays removed, and its id can be used meanwhile", () => {
  const index = liveNearIndex(kernels, { seed: 1, threads: 1, whenFull: () => undefined });
  index.addAll(idsUpTo(10), HASHES.subarray(0, 10 * 32));
  for (let id = 10; id < 20; id++) index.add(id, hashAt(HASHES, id));
  const task = index.beginMerge();
  assert.ok(task !== null);
  assert.equal(task.segments.length, 1);
  const image = mergeParts(kernels, task);
  assert.equal(index.remove(3), true);
  assert.equal(index.remove(13), true);
  index.add(3, hashAt(HASHES, 30));
  index.endMerge(task, image);
  assert.deepEqual([index.parts.segments.length, index.parts.recents.length, index.size], [1, 1, 19]);
  for (const [at, ids] of [
    [3, []],
    [13, []],
    [30, [3]],
    [4, [4]],
  ] as const)
    assert.deepEqual(
      index.near(hashAt(HASHES, at), 31, 5).matches.map(({ id }) => id),
      ids,
    );
});

test("only one merge is under way, and one that was given up can be begun again", () => {
  const index = liveNearIndex(kernels, { seed: 1, threads: 1, whenFull: () => undefined });
  assert.equal(index.beginMerge(), null);
  index.add(1, hashAt(HASHES, 1));
  const task = index.beginMerge();
  assert.ok(task !== null);
  assert.throws(() => index.beginMerge(), /has begun and not ended/);
  index.giveUpMerge(task);
  assert.throws(() => index.endMerge(task, mergeParts(kernels, task)), /not the merge/);
  mergeHere(kernels)(index);
  assert.deepEqual([index.parts.segments.length, index.parts.recents.length], [1, 0]);
  assert.deepEqual(index.near(hashAt(HASHES, 1), 0, 1).matches, [{ id: 1, distance: 0 }]);
});
