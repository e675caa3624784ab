import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { createExactIndex, openExactIndex } from "../../exact/create.ts";
import { drawFrom, idsUpTo, randomHashes } from "../../near/testing/hashes.ts";
import { SnapshotError } from "../near/snapshot-error.ts";
import { readExact, writeExact } from "./snapshot.ts";

const folder = await mkdtemp(join(tmpdir(), "exact-"));
test.after(() => rm(folder, { recursive: true, force: true }));
const path = join(folder, "bank.exact");
const COUNT = 500;
const hashes = randomHashes(COUNT, drawFrom(5));
const keyAt = (at: number) => hashes.subarray(at * 32, at * 32 + 16);

/** Some in a table, of which some were removed, and some that came since. */
function newIndex() {
  const index = createExactIndex({ seed: 77 });
  const keys = new Uint8Array(300 * 16);
  for (let at = 0; at < 300; at++) keys.set(keyAt(at), at * 16);
  index.addAll(idsUpTo(300), keys);
  for (let at = 300; at < COUNT; at++) index.add(at, keyAt(at));
  for (let at = 0; at < COUNT; at += 7) index.remove(at, keyAt(at));
  return index;
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const other = join(folder, "other.exact");
  await writeFile(other, bytes);
  try {
    await readExact(other);
  } catch (error) {
    assert.ok(error instanceof SnapshotError, String(error));
    return error.code;
  }
  return "read";
}

test("what was written is found again, what was removed is not, and the index goes on from there", async () => {
  const index = newIndex();
  const image = index.image();
  // What happens while it is written is not in it.
  index.remove(1, keyAt(1));
  index.add(9000, keyAt(2));
  await writeExact(path, image);
  const read = openExactIndex(await readExact(path));
  assert.equal(read.size, newIndex().size);
  for (let at = 0; at < COUNT; at++) assert.deepEqual(read.find(keyAt(at)), at % 7 === 0 ? [] : [at]);
  read.add(0, keyAt(0));
  assert.equal(read.remove(1, keyAt(1)), true);
  assert.equal(read.remove(301, keyAt(301)), false);
  assert.deepEqual(
    [0, 1, 2].map((at) => read.find(keyAt(at))),
    [[0], [], [2]],
  );
  assert.deepEqual(await readdir(folder), ["bank.exact"]);
});

test("a file that is cut off, longer or altered anywhere is refused", async () => {
  await writeExact(path, newIndex().image());
  const whole = await readFile(path);
  assert.equal(await codeOf(whole), "read");
  const draw = drawFrom(6);
  for (const length of [
    0,
    7,
    16,
    40,
    whole.length - 1,
    ...Array.from({ length: 10 }, () => draw(whole.length)),
  ])
    assert.match(await codeOf(whole.subarray(0, length)), /^(torn|not-a-snapshot|altered)$/);
  assert.equal(await codeOf(Buffer.concat([whole, Buffer.of(0)])), "torn");
  for (const place of [
    0,
    8,
    12,
    20,
    200,
    whole.length - 1,
    ...Array.from({ length: 20 }, () => draw(whole.length)),
  ]) {
    const altered = Buffer.from(whole);
    altered[place] = (altered[place] ?? 0) ^ 1;
    assert.match(await codeOf(altered), /^(altered|torn|not-a-snapshot|other-version)$/, `byte ${place}`);
  }
});

test("what cannot be written leaves what was there before", async () => {
  await writeExact(path, newIndex().image());
  const whole = await readFile(path);
  await assert.rejects(writeExact(join(folder, "no", "folder.exact"), newIndex().image()), /ENOENT/);
  assert.deepEqual(await readFile(path), whole);
});
