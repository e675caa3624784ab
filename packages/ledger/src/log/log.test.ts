import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { emptyRoot, leafHash } from "../merkle/hash.ts";
import { consistencyProof, inclusionProof, rootOf } from "../merkle/tree.ts";
import { verifyConsistency, verifyInclusion } from "../merkle/verify.ts";
import { addSignatures, signCheckpoint } from "../note/checkpoint.ts";
import { generateKey, newSigner } from "../note/keys.ts";
import { memoryTileStore } from "../tiles/memory-store.ts";
import type { TileStore } from "../tiles/store.ts";
import { createLog, openLog } from "./log.ts";
import { openLogReader } from "./reader.ts";

const signer = newSigner(generateKey("example.com/log").skey);
const leaf = (i: number): Uint8Array => new Uint8Array(Buffer.from(`leaf ${i}`));
const leaves = (from: number, to: number): Uint8Array[] =>
  Array.from({ length: to - from }, (_, i) => leaf(from + i));
const hashes = (size: number): Uint8Array[] => leaves(0, size).map(leafHash);

async function logOf(size: number): Promise<{ files: Map<string, Uint8Array>; store: TileStore }> {
  const files = new Map<string, Uint8Array>();
  const store = memoryTileStore(files);
  const log = await createLog(store, signer);
  await log.append(leaves(0, size));
  return { files, store };
}

/** A store that changes what it is given or gives back at one path. */
function lyingStore(store: TileStore, lies: Partial<TileStore>): TileStore {
  return { read: (path) => store.read(path), write: (path, bytes) => store.write(path, bytes), ...lies };
}

suite("a log", () => {
  test("starts empty, with a signed checkpoint of the empty tree", async () => {
    const files = new Map<string, Uint8Array>();
    const log = await createLog(memoryTileStore(files), signer);
    assert.equal(log.checkpoint().size, 0);
    assert.deepEqual(log.checkpoint().root, emptyRoot());
    assert.deepEqual([...files.keys()], ["checkpoint"]);
    assert.deepEqual(files.get("checkpoint"), log.checkpoint().bytes);
  });

  test("is the naive tree after any batches, opened again in between or not", async () => {
    const batches = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 250, max: 600 })), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (sizes, reopens) => {
        const store = memoryTileStore();
        let log = await createLog(store, signer);
        let size = 0;
        for (const count of sizes) {
          if (reopens) log = await openLog(store, signer);
          const appended = await log.append(leaves(size, size + count));
          assert.equal(appended.firstIndex, size);
          size += count;
          assert.equal(appended.checkpoint, log.checkpoint());
          assert.equal(log.checkpoint().size, size);
          assert.deepEqual(log.checkpoint().root, rootOf(hashes(size)));
        }
        assert.deepEqual((await openLog(store, signer)).checkpoint(), log.checkpoint());
      }),
      { numRuns: 25 },
    );
  });

  test("answers every leaf and proves it in the tree of every size it had", async () => {
    const { store } = await logOf(600);
    const log = await openLogReader(store, signer.verifier);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, at) => {
        const index = at % size;
        assert.deepEqual(await log.leaf(index), leaf(index));
        const proof = await log.inclusionProof(index, size);
        assert.deepEqual(proof, { index, size, hashes: inclusionProof(hashes(size), index) });
        verifyInclusion({
          index,
          size,
          leafHash: leafHash(leaf(index)),
          proof: proof.hashes,
          root: rootOf(hashes(size)),
        });
        const consistency = await log.consistencyProof(index, size);
        assert.deepEqual(consistency, consistencyProof(hashes(size), index));
      }),
      { numRuns: 40 },
    );
    assert.deepEqual(await log.inclusionProof(3), await log.inclusionProof(3, 600));
    verifyConsistency({
      from: 256,
      to: 600,
      fromRoot: rootOf(hashes(256)),
      toRoot: log.checkpoint().root,
      proof: await log.consistencyProof(256),
    });
  });

  test("has no leaf and no proof beyond its end", async () => {
    const { store } = await logOf(5);
    const log = await openLogReader(store, signer.verifier);
    const refused = { code: "invalid-argument" };
    for (const index of [5, -1, 0.5, Number.NaN, 2 ** 53]) {
      await assert.rejects(log.leaf(index), refused);
      await assert.rejects(log.inclusionProof(index), refused);
      await assert.rejects(log.proof(index), refused);
    }
    await assert.rejects(log.inclusionProof(0, 6), refused);
    await assert.rejects(log.inclusionProof(4, 4), refused);
    await assert.rejects(log.consistencyProof(4, 6), refused);
    await assert.rejects(log.consistencyProof(4, 3), refused);
  });

  test("takes appends one after the other, in the order they were asked for", async () => {
    const log = await createLog(memoryTileStore(), signer);
    const results = await Promise.all([0, 1, 2, 3, 4].map((i) => log.append([leaf(i)])));
    assert.deepEqual(
      results.map((r) => r.firstIndex),
      [0, 1, 2, 3, 4],
    );
    assert.deepEqual(log.checkpoint().root, rootOf(hashes(5)));
  });

  test("keeps what the leaves were when append was called", async () => {
    const log = await createLog(memoryTileStore(), signer);
    const mine = leaf(0);
    const appended = log.append([mine]);
    mine.fill(0);
    await appended;
    assert.deepEqual(await log.leaf(0), leaf(0));
  });

  test("refuses a leaf that is too long before anything is written, and goes on", async () => {
    const files = new Map<string, Uint8Array>();
    const log = await createLog(memoryTileStore(files), signer);
    await assert.rejects(log.append([leaf(0), new Uint8Array(0x10000)]), { code: "invalid-argument" });
    assert.deepEqual([...files.keys()], ["checkpoint"]);
    await log.append([leaf(0), new Uint8Array(0xffff), new Uint8Array(0)]);
    assert.equal((await log.leaf(1)).length, 0xffff);
    assert.equal((await log.leaf(2)).length, 0);
  });

  test("does not write leaves again that stand where they should", async () => {
    const { store } = await logOf(300);
    const log = await openLog(store, signer);
    const before = log.checkpoint();
    assert.equal((await log.append(leaves(250, 300), 250)).checkpoint, before);
    assert.equal((await log.append(leaves(10, 20), 10)).checkpoint, before);
    const { firstIndex, checkpoint } = await log.append(leaves(290, 310), 290);
    assert.equal(firstIndex, 290);
    assert.equal(checkpoint.size, 310);
    assert.deepEqual(checkpoint.root, rootOf(hashes(310)));
  });

  test("refuses other leaves where leaves stand, and a gap", async () => {
    const { store } = await logOf(10);
    const log = await openLog(store, signer);
    await assert.rejects(log.append([leaf(9), leaf(9)], 8), { code: "conflict", message: /Leaf 8 / });
    await assert.rejects(log.append([leaf(11)], 11), { code: "invalid-argument" });
    await assert.rejects(log.append([leaf(0)], -1), { code: "invalid-argument" });
    assert.equal((await log.append([leaf(10)])).checkpoint.size, 11);
  });
});

suite("opening a log", () => {
  test("is refused where there is none, and creating one where there is one", async () => {
    await assert.rejects(openLog(memoryTileStore(), signer), { code: "missing" });
    const { store } = await logOf(0);
    await assert.rejects(createLog(store, signer), { code: "conflict" });
  });

  test("is refused with another key", async () => {
    const { store } = await logOf(3);
    const other = newSigner(generateKey("example.com/log").skey);
    await assert.rejects(openLog(store, other), { code: "unverified" });
    await assert.rejects(openLogReader(store, other.verifier), { code: "unverified" });
  });

  test("does not start anew when somebody took the checkpoint away", async () => {
    for (const size of [1, 255, 256, 700]) {
      const { files, store } = await logOf(size);
      files.delete("checkpoint");
      await assert.rejects(openLog(store, signer), { code: "missing" });
      await assert.rejects(createLog(store, signer), { code: "conflict" });
    }
  });

  test("is refused when the right edge does not lead to the signed root", async () => {
    const { files, store } = await logOf(300);
    files.get("tile/1/000.p/1")![5]! ^= 1;
    await assert.rejects(openLog(store, signer), { code: "corrupt" });
  });

  test("is refused when an older checkpoint was put back over newer tiles that disagree", async () => {
    const { store } = await logOf(5);
    const forged = signCheckpoint(
      { origin: "example.com/log", size: 5, root: emptyRoot(), extensions: [] },
      signer,
    );
    await store.write("checkpoint", forged.bytes);
    await assert.rejects(openLog(store, signer), { code: "corrupt" });
  });

  test("keeps cosignatures that were put under the checkpoint", async () => {
    const { store } = await logOf(5);
    const log = await openLog(store, signer);
    const cosigned = addSignatures(log.checkpoint().bytes, [
      { name: "w1.example", keyId: 1, signature: new Uint8Array(72) },
    ]);
    await store.write("checkpoint", cosigned);
    const again = await openLog(store, signer);
    assert.deepEqual(again.checkpoint().bytes, cosigned);
    assert.equal((await again.append([leaf(5)])).checkpoint.size, 6);
  });
});

suite("a log over a store that is wrong", () => {
  test("makes an error of damaged hashes and entries and never a wrong proof", async () => {
    const size = 600;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat({ max: size - 1 }), async (which, at, index) => {
        const { files, store } = await damageable();
        const log = await openLogReader(store, signer.verifier);
        const paths = [...files.keys()].filter((path) => path !== "checkpoint");
        const file = files.get(paths[which % paths.length]!)!;
        file[at % file.length]! ^= 1 << (at % 8);
        await rightOrError(async () => assert.deepEqual(await log.leaf(index), leaf(index)));
        await rightOrError(async () =>
          assert.deepEqual((await log.inclusionProof(index)).hashes, inclusionProof(hashes(size), index)),
        );
        await rightOrError(async () =>
          assert.deepEqual(await log.consistencyProof(index + 1), consistencyProof(hashes(size), index + 1)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("never hands out an entry that is not the one that was logged", async () => {
    const { files, store } = await damageable();
    const log = await openLogReader(store, signer.verifier);
    const bundle = files.get("tile/entries/001")!;
    for (let at = 2; at < 40; at += 1) {
      bundle[at]! ^= 1;
      await rightOrError(async () => {
        for (let i = 256; i < 260; i += 1) assert.deepEqual(await log.leaf(i), leaf(i));
      });
      bundle[at]! ^= 1;
    }
    bundle[2]! ^= 1;
    await assert.rejects(log.leaf(256), { code: "corrupt", message: /tile\/entries\/001/ });
  });

  test("does not prove a leaf in an earlier tree that only its damaged tiles know", async () => {
    const { files, store } = await damageable();
    const log = await openLogReader(store, signer.verifier);
    files.get("tile/0/000")![3 * 32]! ^= 1;
    for (const index of [2, 3, 5]) {
      await assert.rejects(log.inclusionProof(index, 8), { code: "corrupt" });
    }
    await assert.rejects(log.consistencyProof(4, 8), { code: "corrupt" });
  });

  test("signs nothing if a file does not read back as it was written", async () => {
    for (const path of ["tile/entries/000.p/2", "tile/0/000.p/2"]) {
      for (const [damage, code] of [
        [(bytes: Uint8Array) => bytes.with(3, bytes[3]! ^ 1), "corrupt"],
        [(bytes: Uint8Array) => bytes.subarray(1), "corrupt"],
        [() => undefined, "corrupt"],
      ] as const) {
        const { files, store } = await logOf(1);
        const before = files.get("checkpoint");
        const read: TileStore["read"] = async (asked) => {
          const bytes = await store.read(asked);
          return asked === path && bytes !== undefined ? damage(bytes) : bytes;
        };
        const log = await openLog(lyingStore(store, { read }), signer);
        await assert.rejects(log.append([leaf(1)]), { code });
        assert.equal(files.get("checkpoint"), before);
        await assert.rejects(log.append([leaf(1)]), { code: "stale" });
      }
    }
  });

  test("signs nothing if a tile that it did not write has changed since it was opened", async () => {
    const { files, store } = await logOf(300);
    const log = await openLog(store, signer);
    const before = files.get("checkpoint");
    files.get("tile/1/000.p/1")![0]! ^= 1;
    await assert.rejects(log.append([leaf(300)]), { code: "corrupt" });
    assert.equal(files.get("checkpoint"), before);
  });

  test("stops when another writer has moved the checkpoint", async () => {
    const { store } = await logOf(3);
    const [one, two] = [await openLog(store, signer), await openLog(store, signer)];
    await one.append([leaf(3)]);
    await assert.rejects(two.append([leaf(3)]), { code: "stale" });
    await assert.rejects(two.append([leaf(3)]), { code: "stale" });
    const again = await openLog(store, signer);
    assert.equal((await again.append([leaf(3), leaf(4)], 3)).checkpoint.size, 5);
  });

  test("stops when the checkpoint was rolled back under it", async () => {
    const { store, files } = await logOf(3);
    const old = files.get("checkpoint")!;
    const log = await openLog(store, signer);
    await log.append([leaf(3)]);
    await store.write("checkpoint", old);
    await assert.rejects(log.append([leaf(4)]), { code: "stale" });
  });

  test("will not sign another tree of a size that a rolled back log already had", async () => {
    const { store, files } = await logOf(3);
    const old = files.get("checkpoint")!;
    await (await openLog(store, signer)).append([leaf(3), leaf(4)]);
    await store.write("checkpoint", old);
    const rolledBack = await openLog(store, signer);
    assert.deepEqual(rolledBack.unfinished(), [leaf(3), leaf(4)]);
    for (const other of [[leaf(99)], [leaf(3), leaf(99)], [leaf(3), leaf(99), leaf(5)]]) {
      await assert.rejects(rolledBack.append(other), { code: "conflict" });
    }
    assert.equal((await rolledBack.append([leaf(3)])).checkpoint.size, 4);
    await assert.rejects(rolledBack.append([leaf(99)]), { code: "conflict" });
    const { checkpoint } = await rolledBack.append([leaf(4), leaf(5)]);
    assert.deepEqual(checkpoint.root, rootOf(hashes(6)));
    assert.deepEqual(rolledBack.unfinished(), []);
  });
});

let original: Map<string, Uint8Array> | undefined;
async function damageable(): Promise<{ files: Map<string, Uint8Array>; store: TileStore }> {
  original ??= (await logOf(600)).files;
  const files = new Map([...original].map(([path, bytes]) => [path, bytes.slice()]));
  return { files, store: memoryTileStore(files) };
}

async function rightOrError(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    assert.match(String((error as { code?: unknown }).code), /^(corrupt|malformed|missing)$/, String(error));
  }
}
