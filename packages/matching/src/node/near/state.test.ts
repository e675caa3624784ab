import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import { loadKernels } from "../../near/kernel.ts";
import { type LiveNearIndex, liveNearIndex } from "../../near/live.ts";
import { type MergeTask, mergeParts } from "../../near/merge.ts";
import type { SegmentImage } from "../../near/image.ts";
import { plainNearIndex } from "../../near/plain.ts";
import { drawFrom, hashAt, hashNear, randomHashes } from "../../near/testing/hashes.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { writeSnapshot } from "./write-snapshot.ts";

const kernels = loadKernels(true);
assert.ok(kernels !== null);
const HASHES = randomHashes(8, drawFrom(21));
const IDS = 12;

/** What is compared with every hash, and the index under test with a merge that may be under way in another thread. */
interface World {
  index: LiveNearIndex;
  merge: { task: MergeTask; image: SegmentImage | null } | null;
}
type Model = ReturnType<typeof plainNearIndex>;

const folder = await mkdtemp(join(tmpdir(), "near-"));
test.after(() => rm(folder, { recursive: true, force: true }));

function newIndex(): LiveNearIndex {
  assert.ok(kernels !== null);
  return liveNearIndex(kernels, { seed: 5, threads: 1, whenFull: () => undefined });
}

function command(name: string, run: (model: Model, world: World) => void | Promise<void>) {
  return {
    check: () => true,
    toString: () => name,
    run: async (model: Model, world: World) => run(model, world),
  };
}

function nearOf(seed: number): Uint8Array {
  const draw = drawFrom(seed);
  return hashNear(HASHES, draw(8), draw(36), draw);
}

const commands = [
  fc.tuple(fc.nat(IDS), fc.nat()).map(([id, seed]) =>
    command(`add ${id} ${seed}`, (model, { index }) => {
      try {
        model.add(id, nearOf(seed));
      } catch {
        assert.throws(() => index.add(id, nearOf(seed)), /is in the index already/);
        return;
      }
      index.add(id, nearOf(seed));
    }),
  ),
  fc
    .nat(IDS)
    .map((id) =>
      command(`remove ${id}`, (model, { index }) => assert.equal(index.remove(id), model.remove(id))),
    ),
  fc.constant(
    command("begin a merge", (_, world) => {
      if (world.merge !== null) return;
      const task = world.index.beginMerge();
      world.merge = task === null ? null : { task, image: null };
    }),
  ),
  fc.constant(
    command("merge", (_, { merge }) => {
      if (merge !== null && kernels !== null) merge.image ??= mergeParts(kernels, merge.task);
    }),
  ),
  fc.nat(4).map((luck) =>
    command(`end the merge ${luck > 0 ? "well" : "badly"}`, (_, world) => {
      const { index, merge } = world;
      if (merge?.image == null) return;
      if (luck > 0) index.endMerge(merge.task, merge.image);
      else index.giveUpMerge(merge.task);
      world.merge = null;
    }),
  ),
  fc.constant(
    command("write a snapshot and begin again from it", async (model, world) => {
      assert.ok(kernels !== null);
      const path = join(folder, "one.near");
      await writeSnapshot(path, world.index, 7n);
      const { seed, seq, segments, latest } = readSnapshot(path, kernels, 1);
      assert.deepEqual([seed, seq], [5, 7n]);
      world.index = newIndex();
      world.merge = null;
      for (const image of segments) world.index.adopt(image);
      for (const [id, hash] of latest) world.index.addPermuted(id, hash);
      assert.equal(world.index.size, model.size);
    }),
  ),
  fc.tuple(fc.nat(), fc.nat(31), fc.integer({ min: 1, max: 6 })).map(([seed, radius, limit]) =>
    command(`ask ${seed} ${radius} ${limit}`, (model, { index }) => {
      assert.equal(index.size, model.size);
      const queries = [nearOf(seed), ...Array.from({ length: 8 }, (_, at) => hashAt(HASHES, at))];
      for (const query of queries) {
        assert.deepEqual(index.near(query, radius, limit), model.near(query, radius, limit));
        assert.deepEqual(index.near(query, 31, 100), model.near(query, 31, 100));
      }
    }),
  ),
];

test("whatever is added, removed, merged, written and read back, the index answers as the plain one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...commands, ...commands.slice(0, 5), ...commands.slice(0, 5)], {
        maxCommands: 70,
        size: "max",
      }),
      async (all) => {
        await fc.asyncModelRun(
          () => ({ model: plainNearIndex(), real: { index: newIndex(), merge: null } as World }),
          all,
        );
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});
