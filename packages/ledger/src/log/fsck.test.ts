import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { leafHash } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { signCheckpoint } from "../note/checkpoint.ts";
import { generateKey, newSigner } from "../note/keys.ts";
import { StoreFailure } from "../tiles/failing-store.ts";
import { changedTiles, grow } from "../tiles/growth.ts";
import { memoryTileStore } from "../tiles/memory-store.ts";
import { tilePath } from "../tiles/path.ts";
import { fsck, type FsckProgress } from "./fsck.ts";

const signer = newSigner(generateKey("example.com/log").skey);
const leaves = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => new Uint8Array(Buffer.from(`leaf ${i}`)));

/** The files of a log of `size` leaves: only those that its checkpoint needs. */
function filesOf(size: number): Map<string, Uint8Array> {
  const { files } = grow({ size: 0, entries: [], levels: [] }, leaves(size));
  const root = rootOf(leaves(size).map(leafHash));
  const { bytes } = signCheckpoint({ origin: "example.com/log", size, root, extensions: [] }, signer);
  return new Map([
    ["checkpoint", bytes],
    ...files.map(({ path, bytes }): [string, Uint8Array] => [path, bytes]),
  ]);
}

const check = (files: Map<string, Uint8Array>) => fsck(memoryTileStore(files), signer.verifier);
const places = (result: Awaited<ReturnType<typeof check>>): string[] =>
  result.disagreements.map(({ problem, path, index }) =>
    [problem, path, ...(index === undefined ? [] : [index])].join(" "),
  );

const BIG = filesOf(66_000);
const copyOf = (files: Map<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...files].map(([path, bytes]) => [path, bytes.slice()]));

suite("fsck", () => {
  test("finds nothing wrong with a sound log and has looked at everything", async () => {
    for (const size of [0, 1, 255, 256, 257, 700, 66_000]) {
      const files = filesOf(size);
      const result = await check(files);
      assert.deepEqual(result.disagreements, []);
      assert.equal(result.entries, size);
      assert.equal(result.files, changedTiles(0, size).length);
      assert.equal(result.checkpoint?.size, size);
    }
  });

  test("tells how far it is, bundle by bundle", async () => {
    const seen: FsckProgress[] = [];
    await fsck(memoryTileStore(filesOf(600)), signer.verifier, (progress) => seen.push(progress));
    assert.deepEqual(seen, [
      { entries: 256, size: 600 },
      { entries: 512, size: 600 },
      { entries: 600, size: 600 },
    ]);
  });

  test("names the entry that was changed, and nothing else", async () => {
    const files = copyOf(BIG);
    const bundle = files.get("tile/entries/003")!;
    bundle[bundle.length - 1]! ^= 0x01;
    const result = await check(files);
    assert.deepEqual(places(result), ["differs tile/entries/003 1023"]);
    assert.equal(result.disagreements[0]?.against, "tile/0/003");
  });

  test("names two entries that were swapped", async () => {
    const files = copyOf(filesOf(300));
    const swapped = leaves(300).with(5, leaves(300)[6]!).with(6, leaves(300)[5]!);
    const { files: other } = grow({ size: 0, entries: [], levels: [] }, swapped);
    files.set("tile/entries/000", other.find(({ path }) => path === "tile/entries/000")!.bytes);
    assert.deepEqual(places(await check(files)), [
      "differs tile/entries/000 5",
      "differs tile/entries/000 6",
    ]);
  });

  test("shows a changed hash tile against the file below and the file above", async () => {
    const files = copyOf(BIG);
    files.get("tile/0/003")![7 * 32]! ^= 1;
    const result = await check(files);
    assert.deepEqual(places(result), ["differs tile/entries/003 775", "differs tile/1/000 3"]);
    assert.deepEqual(
      result.disagreements.map((d) => d.against),
      ["tile/0/003", "tile/0/003"],
    );
  });

  test("shows a history that was rewritten up to, but not including, the checkpoint", async () => {
    const files = copyOf(filesOf(300));
    const { files: forged } = grow(
      { size: 0, entries: [], levels: [] },
      leaves(300).with(9, Uint8Array.of(1)),
    );
    for (const { path, bytes } of forged) files.set(path, bytes);
    assert.deepEqual(places(await check(files)), ["differs checkpoint"]);
  });

  test("names files that are gone, cut or too long, and goes on", async () => {
    const files = copyOf(BIG);
    files.delete("tile/entries/010");
    files.delete("tile/0/020");
    files.set("tile/entries/030", files.get("tile/entries/030")!.subarray(1));
    files.set("tile/0/040", new Uint8Array(8191));
    files.get("tile/entries/200")![2]! ^= 1;
    assert.deepEqual(places(await check(files)), [
      "missing tile/entries/010",
      "missing tile/0/020",
      "malformed tile/entries/030",
      "malformed tile/0/040",
      "differs tile/entries/200 51200",
    ]);
  });

  test("still checks what lies below a tile that is gone", async () => {
    const files = copyOf(BIG);
    files.delete("tile/1/000");
    assert.deepEqual(places(await check(files)), ["missing tile/1/000"]);
    files.get("tile/entries/003")![2]! ^= 1;
    assert.deepEqual(places(await check(files)), ["missing tile/1/000", "differs tile/entries/003 768"]);
  });

  test("finds every flipped bit, in every file", async () => {
    const sound = filesOf(600);
    const paths = [...sound.keys()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat({ max: 7 }), async (path, at, bit) => {
        const files = copyOf(sound);
        const file = files.get(path)!;
        file[at % file.length]! ^= 1 << bit;
        const { disagreements } = await check(files);
        assert.ok(disagreements.length > 0);
        assert.ok(disagreements.some((d) => d.path === path || d.against?.includes(path)));
      }),
      { numRuns: 200 },
    );
  });

  test("finds every file that is gone", async () => {
    const sound = filesOf(600);
    for (const path of sound.keys()) {
      const files = copyOf(sound);
      files.delete(path);
      assert.deepEqual(places(await check(files)), [`missing ${path}`]);
    }
  });

  test("looks no further than a checkpoint that is not this log's", async () => {
    const files = filesOf(300);
    const other = newSigner(generateKey("example.com/log").skey);
    const result = await fsck(memoryTileStore(files), other.verifier);
    assert.deepEqual(places(result), ["unverified checkpoint"]);
    assert.equal(result.checkpoint, undefined);
    files.set("checkpoint", new Uint8Array(0));
    assert.deepEqual(places(await check(files)), ["malformed checkpoint"]);
  });

  test("does not take a store that fails for a log that disagrees", async () => {
    const store = memoryTileStore(filesOf(300));
    const failing = {
      ...store,
      read: async (path: string) => {
        if (path === tilePath({ kind: "entries", index: 1, width: 44 })) throw new StoreFailure("down");
        return store.read(path);
      },
    };
    await assert.rejects(fsck(failing, signer.verifier), StoreFailure);
  });
});
