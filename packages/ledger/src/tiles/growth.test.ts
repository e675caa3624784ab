import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { leafHash } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { decodeBundle, decodeHashTile, encodeBundle } from "./bundle.ts";
import { changedTiles, type Edge, edgeRoot, edgeTiles, grow } from "./growth.ts";
import { memoryTileStore } from "./memory-store.ts";
import { tilePath } from "./path.ts";
import { readEdge, tileNodes } from "./read.ts";

const EMPTY: Edge = { size: 0, entries: [], levels: [] };
const leaf = (i: number): Uint8Array => new Uint8Array(Buffer.from(`leaf ${i}`));
const LEAVES = Array.from({ length: 70_000 }, (_, i) => leaf(i));
const HASHES = LEAVES.map(leafHash);

/** The n-th tile of level l, by the formula of the specification: MTH(D[(n*256+i) * 256^l : (n*256+i+1) * 256^l]). */
function naiveTile(level: number, index: number, width: number): Uint8Array {
  const unit = 256 ** level;
  const hashes = Array.from({ length: width }, (_, i) => {
    const start = (index * 256 + i) * unit;
    assert.ok(start + unit <= HASHES.length);
    return rootOf(HASHES.slice(start, start + unit));
  });
  return new Uint8Array(Buffer.concat(hashes));
}

suite("the tiles of a growing tree", () => {
  test("a tree of 70,000 has the tiles that the specification counts", () => {
    const tiles = changedTiles(0, 70_000);
    const count = (level: number, full: boolean): number =>
      tiles.filter((t) => t.kind === "hashes" && t.level === level && (t.width === 256) === full).length;
    assert.deepEqual([count(0, true), count(0, false)], [273, 1]);
    assert.deepEqual([count(1, true), count(1, false)], [1, 1]);
    assert.deepEqual([count(2, true), count(2, false)], [0, 1]);
    assert.deepEqual(edgeTiles(70_000).map(tilePath), [
      "tile/0/273.p/112",
      "tile/1/001.p/17",
      "tile/2/000.p/1",
    ]);
    assert.equal(tiles.filter((t) => t.kind === "entries").length, 274);
  });

  test("a tree of 256 is a full tile and a partial one of width 1 above it", () => {
    assert.deepEqual(changedTiles(0, 256).map(tilePath), [
      "tile/entries/000",
      "tile/0/000",
      "tile/1/000.p/1",
    ]);
    assert.deepEqual(edgeTiles(256).map(tilePath), ["tile/1/000.p/1"]);
  });

  test("only tiles that change are written", () => {
    assert.deepEqual(changedTiles(5, 5), []);
    assert.deepEqual(changedTiles(0, 0), []);
    assert.deepEqual(changedTiles(5, 6).map(tilePath), ["tile/entries/000.p/6", "tile/0/000.p/6"]);
    assert.deepEqual(changedTiles(255, 257).map(tilePath), [
      "tile/entries/000",
      "tile/entries/001.p/1",
      "tile/0/000",
      "tile/0/001.p/1",
      "tile/1/000.p/1",
    ]);
    assert.deepEqual(changedTiles(256, 258).map(tilePath), ["tile/entries/001.p/2", "tile/0/001.p/2"]);
  });

  test("the tiles of every growth are exactly those a larger tree has and a smaller has not", () => {
    const all = (size: number): Set<string> => new Set(changedTiles(0, size).map(tilePath));
    fc.assert(
      fc.property(fc.nat({ max: 70_000 }), fc.nat({ max: 70_000 }), (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const before = all(from);
        const expected = [...all(to)].filter((path) => !before.has(path));
        assert.deepEqual(new Set(changedTiles(from, to).map(tilePath)), new Set(expected));
      }),
      { numRuns: 50 },
    );
  });

  test("each file of a tree of 70,000 holds what the formula says", () => {
    const { files, edge } = grow(EMPTY, LEAVES);
    for (const { tile, bytes } of files) {
      const expected =
        tile.kind === "entries"
          ? encodeBundle(LEAVES.slice(tile.index * 256, tile.index * 256 + tile.width))
          : naiveTile(tile.level, tile.index, tile.width);
      assert.ok(Buffer.from(bytes).equals(expected), tilePath(tile));
    }
    assert.deepEqual(edgeRoot(edge), rootOf(HASHES));
    assert.deepEqual(
      edge.levels.map((hashes) => hashes.length),
      [112, 17, 1],
    );
  });

  test("the bytes do not depend on how the leaves were batched", () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 200, max: 700 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(sizes, sizes, (first, second) => {
        const total = Math.min(sum(first), sum(second));
        const [a, b] = [inBatches(first, total), inBatches(second, total)];
        assert.deepEqual(edgeRoot(a.edge), rootOf(HASHES.slice(0, total)));
        assert.deepEqual(a.edge, b.edge);
        for (const [path, bytes] of a.files) {
          const other = b.files.get(path);
          if (other !== undefined) assert.deepEqual(bytes, other);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("the edge and every complete subtree are read back from the files", async () => {
    for (const size of [0, 1, 255, 256, 257, 512, 65_537]) {
      const files = new Map(grow(EMPTY, LEAVES.slice(0, size)).files.map((f) => [f.path, f.bytes]));
      const store = memoryTileStore(files);
      const edge = await readEdge(store, size);
      assert.deepEqual(edgeRoot(edge), rootOf(HASHES.slice(0, size)));
      const nodes = tileNodes(store, size);
      for (let height = 0; 2 ** height <= size; height += 1) {
        const last = Math.floor(size / 2 ** height) - 1;
        for (const index of new Set([last >> 1, last])) {
          const range = HASHES.slice(index * 2 ** height, (index + 1) * 2 ** height);
          assert.deepEqual(await nodes({ height, index }), rootOf(range));
        }
      }
    }
  });

  test("a full tile stands in for a partial one that was cleared away", async () => {
    const files = new Map(grow(EMPTY, LEAVES.slice(0, 256)).files.map((f) => [f.path, f.bytes]));
    const edge = await readEdge(memoryTileStore(files), 200);
    assert.deepEqual(edgeRoot(edge), rootOf(HASHES.slice(0, 200)));
  });

  test("an entry that does not hash to its leaf hash is named when the edge is read", async () => {
    const files = new Map(grow(EMPTY, LEAVES.slice(0, 300)).files.map((f) => [f.path, f.bytes]));
    const bundle = files.get("tile/entries/001.p/44")!;
    bundle[bundle.length - 1]! ^= 1;
    await assert.rejects(readEdge(memoryTileStore(files), 300), {
      code: "corrupt",
      message: /tile\/entries\/001\.p\/44: leaf 299/,
    });
  });
});

suite("an entry bundle", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 256 });

  test("is big-endian uint16 lengths and entries, empty ones too", () => {
    const bytes = encodeBundle([Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(0x0102).fill(7)]);
    assert.deepEqual(bytes.subarray(0, 9), Uint8Array.of(0, 3, 1, 2, 3, 0, 0, 1, 2));
    assert.equal(bytes.length, 9 + 0x0102);
  });

  test("reads back what was written", () => {
    fc.assert(
      fc.property(entries, (list) => {
        assert.deepEqual(
          decodeBundle(encodeBundle(list), list.length).map((e) => e.slice()),
          list,
        );
      }),
    );
  });

  test("is refused when cut, lengthened or of another width", () => {
    fc.assert(
      fc.property(entries, fc.nat(), (list, at) => {
        const bytes = encodeBundle(list);
        const refused = { code: "malformed" };
        assert.throws(() => decodeBundle(bytes.subarray(0, at % bytes.length), list.length), refused);
        assert.throws(() => decodeBundle(Uint8Array.of(...bytes, 0), list.length), refused);
        assert.throws(() => decodeBundle(bytes, list.length + 1), refused);
        if (list.length > 1) assert.throws(() => decodeBundle(bytes, list.length - 1), refused);
      }),
    );
  });

  test("takes a leaf of 65,535 bytes and refuses one more", () => {
    assert.equal(encodeBundle([new Uint8Array(0xffff)]).length, 2 + 0xffff);
    assert.throws(() => encodeBundle([new Uint8Array(0x10000)]), { code: "invalid-argument" });
    assert.throws(() => encodeBundle([]), { code: "invalid-argument" });
    assert.throws(() => encodeBundle(LEAVES.slice(0, 257)), { code: "invalid-argument" });
  });

  test("a hash tile of another length than its width is refused", () => {
    assert.equal(decodeHashTile(new Uint8Array(64), 2).length, 2);
    for (const length of [0, 63, 65, 96]) {
      assert.throws(() => decodeHashTile(new Uint8Array(length), 2), { code: "malformed" });
    }
  });
});

function sum(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a + b, 0);
}

function inBatches(sizes: readonly number[], total: number): { edge: Edge; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  let edge = EMPTY;
  for (const size of sizes) {
    const grown = grow(edge, LEAVES.slice(edge.size, Math.min(edge.size + size, total)));
    for (const { path, bytes } of grown.files) files.set(path, bytes);
    edge = grown.edge;
  }
  return { edge, files };
}
