import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { hashFromHex } from "../pdq/hash.ts";
import { createNearIndex } from "./create.ts";
import { plainNearIndex } from "./plain.ts";
import { drawFrom, hashAt, hashNear, idsUpTo, randomHashes } from "./testing/hashes.ts";
import { banks, checkRecall } from "./testing/recall.ts";

for (const kind of Object.keys(banks) as Array<keyof typeof banks>)
  test(`everything near is found at every distance in a bank of ${kind}`, () => {
    assert.ok(checkRecall(kind, 20_000, 3, 7).expected >= 32 * 3);
  });

test("of the reference's needles and haystack 250 pairs are found", async () => {
  const listed = async (name: string) =>
    (await readFile(new URL(`../../data/pdq/${name}.txt`, import.meta.url), "utf8"))
      .split(/\s+/)
      .flatMap((word) => hashFromHex(word) ?? []);
  const index = createNearIndex();
  (await listed("haystack")).forEach((hash, id) => index.add(id, hash));
  const found = index.nearAll(await listed("needles"), 31, 1000);
  assert.equal(
    found.reduce((sum, { matches }) => sum + matches.length, 0),
    250,
  );
});

test("hashes are found across merges, and removed ones are not", () => {
  const draw = drawFrom(3);
  const count = 150_000;
  const hashes = randomHashes(count, draw);
  const index = createNearIndex();
  index.addAll(idsUpTo(10_000), hashes.subarray(0, 320_000));
  for (let id = 10_000; id < count; id++) {
    index.add(id, hashAt(hashes, id));
    if (id % 10 === 0) assert.equal(index.remove(id - 5000), true);
  }
  assert.equal(index.size, count - 14_000);
  for (let turn = 0; turn < 2000; turn++) {
    const id = draw(count);
    const gone = id % 10 === 0 && id >= 5000 && id <= count - 5000 - 10 + 9 && id + 5000 < count;
    const { matches } = index.near(hashNear(hashes, id, draw(32), draw), 31, 5);
    assert.deepEqual(
      matches.map((match) => match.id),
      gone ? [] : [id],
    );
  }
});

test("a batch answers as one query after another does", () => {
  const draw = drawFrom(4);
  const hashes = randomHashes(5000, draw);
  const index = createNearIndex({ seed: 99 });
  index.addAll(idsUpTo(4000), hashes.subarray(0, 4000 * 32));
  for (let id = 4000; id < 5000; id++) index.add(id, hashAt(hashes, id));
  for (const count of [0, 1, 255, 256, 5000]) {
    const queries = Array.from({ length: count }, (_, at) => hashNear(hashes, at % 5000, at % 40, draw));
    const found = index.nearAll(queries, 31, 3);
    assert.equal(found.length, count);
    found.forEach((one, at) => assert.deepEqual(one, index.near(queries[at] ?? hashes, 31, 3)));
  }
});

test("ids come in any order and are refused twice, and then nothing was added", () => {
  const hashes = randomHashes(4, drawFrom(5));
  for (const index of [createNearIndex(), plainNearIndex()]) {
    index.addAll(Uint32Array.of(0xffff_ffff, 70_000, 3, 0), hashes);
    for (const ids of [Uint32Array.of(9, 9), Uint32Array.of(9, 3)])
      assert.throws(() => index.addAll(ids, hashes.subarray(0, 64)), /is in the index already/);
    assert.throws(() => index.addAll(Uint32Array.of(1), hashes), RangeError);
    assert.throws(() => index.add(3, hashAt(hashes, 0)), /the id 3 is in the index already/);
    assert.equal(index.size, 4);
    [0xffff_ffff, 70_000, 3, 0].forEach((id, at) =>
      assert.deepEqual(index.near(hashAt(hashes, at), 0, 9), {
        matches: [{ id, distance: 0 }],
        more: false,
      }),
    );
  }
});

test("a hash is taken from wherever it lies in memory, and what its owner does there afterwards changes nothing", () => {
  for (const index of [createNearIndex(), plainNearIndex()]) {
    const memory = Buffer.from([
      ...new Uint8Array(5),
      ...new Uint8Array(32).fill(0x5a),
      ...new Uint8Array(32).fill(0xa5),
    ]);
    index.add(1, memory.subarray(5, 37));
    index.addAll(Uint32Array.of(2), memory.subarray(37));
    memory.fill(0);
    for (const [id, byte] of [
      [1, 0x5a],
      [2, 0xa5],
    ] as const)
      assert.deepEqual(index.near(Buffer.alloc(32, byte), 0, 9).matches, [{ id, distance: 0 }]);
  }
});
