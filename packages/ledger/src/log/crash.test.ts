import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { leafHash } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { parseCheckpoint } from "../note/checkpoint.ts";
import { generateKey, newSigner, type Signer } from "../note/keys.ts";
import { failingTileStore, StoreFailure, type WriteFailure } from "../tiles/failing-store.ts";
import { changedTiles } from "../tiles/growth.ts";
import { memoryTileStore } from "../tiles/memory-store.ts";
import { fsck } from "./fsck.ts";
import { createLog, type Log, openLog } from "./log.ts";

const FAILURES: readonly WriteFailure[] = ["not persisted", "persisted but error"];
const key = newSigner(generateKey("example.com/log").skey);
const leaf = (i: number): Uint8Array => new Uint8Array(Buffer.from(`leaf ${i}`));
const leaves = (from: number, to: number): Uint8Array[] =>
  Array.from({ length: to - from }, (_, i) => leaf(from + i));
const naiveRoot = (size: number): Uint8Array => rootOf(leaves(0, size).map(leafHash));

/** Remembers every text that was ever signed, stored or not, and fails on a second one of a size. */
function witnessedSigner(): Signer {
  const signed = new Map<number, string>();
  return {
    ...key,
    sign(text) {
      const { size } = parseCheckpoint(text);
      assert.equal(signed.get(size) ?? text, text, `two different checkpoints of size ${size} were signed`);
      signed.set(size, text);
      return key.sign(text);
    },
  };
}

async function assertNaive(log: Log, files: Map<string, Uint8Array>, size: number): Promise<void> {
  assert.equal(log.checkpoint().size, size);
  assert.deepEqual(log.checkpoint().root, naiveRoot(size));
  assert.deepEqual(files.get("checkpoint"), log.checkpoint().bytes);
  const { disagreements, entries } = await fsck(memoryTileStore(files), key.verifier);
  assert.deepEqual(disagreements, []);
  assert.equal(entries, size);
}

// Growth inside a tile, up to its end, over it, and by several tiles at once.
const GROWTHS: readonly [from: number, to: number][] = [
  [0, 1],
  [0, 3],
  [1, 2],
  [200, 255],
  [255, 256],
  [255, 257],
  [256, 257],
  [250, 600],
  [0, 513],
];

suite("an append that is cut off at its N-th write", () => {
  for (const [from, to] of GROWTHS) {
    for (const failure of FAILURES) {
      test(`from ${from} to ${to} leaves, ${failure}: the old tree stands and the repetition makes the new one`, async () => {
        const writes = changedTiles(from, to).length + 1;
        for (let failAt = 1; failAt <= writes; failAt += 1) {
          const files = new Map<string, Uint8Array>();
          const signer = witnessedSigner();
          await (await createLog(memoryTileStore(files), signer)).append(leaves(0, from));

          const broken = await openLog(failingTileStore(memoryTileStore(files), failAt, failure), signer);
          await assert.rejects(broken.append(leaves(from, to), from), StoreFailure);
          assert.equal(broken.checkpoint().size, from);
          await assert.rejects(broken.append(leaves(from, to), from), { code: "stale" });

          const reopened = await openLog(memoryTileStore(files), signer);
          const committed = failAt === writes && failure === "persisted but error";
          await assertNaive(reopened, files, committed ? to : from);
          await reopened.append(leaves(from, to), from);
          await assertNaive(reopened, files, to);
        }
        // One more write than that there is not: the loop has seen every one.
        const files = new Map<string, Uint8Array>();
        await (await createLog(memoryTileStore(files), key)).append(leaves(0, from));
        const log = await openLog(failingTileStore(memoryTileStore(files), writes + 1, failure), key);
        await log.append(leaves(from, to), from);
      });
    }
  }

  test("leaves behind nothing but the beginning of its leaves, and other ones can follow that", async () => {
    const others = Array.from({ length: 800 }, (_, i) => leaf(1_000_000 + i));
    for (const [from, to] of GROWTHS) {
      for (let failAt = 1; failAt <= changedTiles(from, to).length; failAt += 1) {
        const files = new Map<string, Uint8Array>();
        const signer = witnessedSigner();
        await (await createLog(memoryTileStore(files), signer)).append(leaves(0, from));
        const broken = await openLog(
          failingTileStore(memoryTileStore(files), failAt, "not persisted"),
          signer,
        );
        await assert.rejects(broken.append(leaves(from, to)), StoreFailure);

        const log = await openLog(memoryTileStore(files), signer);
        const unfinished = log.unfinished();
        assert.deepEqual(
          unfinished.map((bytes) => bytes.slice()),
          leaves(from, from + unfinished.length),
        );
        const history = [...leaves(0, from + unfinished.length), ...others].slice(0, to);
        await log.append(history.slice(from), from);
        assert.deepEqual(log.checkpoint().root, rootOf(history.map(leafHash)));
      }
    }
  });

  test("any series of crashes ends in the naive tree, with one signed checkpoint a size", async () => {
    const attempt = fc.record({
      failAt: fc.integer({ min: 1, max: 8 }),
      failure: fc.constantFrom(...FAILURES),
      count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 200, max: 520 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 8 }), async (attempts) => {
        const files = new Map<string, Uint8Array>();
        const signer = witnessedSigner();
        await createLog(memoryTileStore(files), signer);
        for (const { failAt, failure, count } of attempts) {
          const log = await openLog(failingTileStore(memoryTileStore(files), failAt, failure), signer);
          const { size } = log.checkpoint();
          try {
            await log.append(leaves(size, size + count), size);
          } catch (error) {
            assert.ok(error instanceof StoreFailure);
          }
          const after = await openLog(memoryTileStore(files), signer);
          assert.deepEqual(after.checkpoint().root, naiveRoot(after.checkpoint().size));
        }
        const log = await openLog(memoryTileStore(files), signer);
        const { size } = log.checkpoint();
        await log.append(leaves(size, size + 10), size);
        await assertNaive(log, files, size + 10);
      }),
      { numRuns: 25 },
    );
  });

  test("a caller that comes back with other leaves is stopped before a second tree is signed", async () => {
    const caller = fc.record({
      failAt: fc.integer({ min: 1, max: 6 }),
      failure: fc.constantFrom(...FAILURES),
      order: fc.constantFrom("same", "other"),
      count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 250, max: 520 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(caller, { minLength: 2, maxLength: 8 }), async (calls) => {
        const files = new Map<string, Uint8Array>();
        const signer = witnessedSigner();
        const history: Uint8Array[] = [];
        await createLog(memoryTileStore(files), signer);
        for (const { failAt, failure, order, count } of calls) {
          const log = await openLog(failingTileStore(memoryTileStore(files), failAt, failure), signer);
          const { size } = log.checkpoint();
          const batch = leaves(size, size + count);
          if (order === "other") batch.reverse();
          try {
            await log.append(batch, size);
          } catch (error) {
            assert.ok(error instanceof StoreFailure || (error as { code?: unknown }).code === "conflict");
          }
          // Whatever happened, each checkpoint continues the one before.
          const after = await openLog(memoryTileStore(files), signer);
          history.push(...batch.slice(0, after.checkpoint().size - size));
          assert.deepEqual(after.checkpoint().root, rootOf(history.map(leafHash)));
        }
        // What the log answers as unfinished is always a way to go on.
        const log = await openLog(memoryTileStore(files), signer);
        await log.append([...log.unfinished()]);
        await log.append([leaf(1_000_000)]);
      }),
      { numRuns: 25 },
    );
  });

  test("a creation that is cut off can be repeated or is already there", async () => {
    for (const failure of FAILURES) {
      const files = new Map<string, Uint8Array>();
      await assert.rejects(
        createLog(failingTileStore(memoryTileStore(files), 1, failure), key),
        StoreFailure,
      );
      const log =
        failure === "not persisted"
          ? await createLog(memoryTileStore(files), key)
          : await openLog(memoryTileStore(files), key);
      await log.append([leaf(0)]);
      await assertNaive(log, files, 1);
    }
  });
});
