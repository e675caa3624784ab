import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { loadKernels } from "../../near/kernel.ts";
import { liveNearIndex } from "../../near/live.ts";
import { drawFrom, hashAt, idsUpTo, randomHashes } from "../../near/testing/hashes.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { SnapshotError } from "./snapshot-error.ts";
import { writeSnapshot } from "./write-snapshot.ts";

const folder = await mkdtemp(join(tmpdir(), "near-"));
test.after(() => rm(folder, { recursive: true, force: true }));
const kernels = loadKernels(true);
assert.ok(kernels !== null);
const index = liveNearIndex(kernels, { seed: 1, threads: 1, whenFull: () => undefined });
const hashes = randomHashes(40, drawFrom(2));
index.addAll(idsUpTo(30), hashes.subarray(0, 30 * 32));
for (let id = 30; id < 40; id++) index.add(id, hashAt(hashes, id));
const path = join(folder, "bank.near");
await writeSnapshot(path, index, 12n);
const whole = await readFile(path);

async function codeOf(bytes: Uint8Array): Promise<string> {
  const other = join(folder, "other.near");
  await writeFile(other, bytes);
  try {
    assert.ok(kernels !== null);
    readSnapshot(other, kernels, 1);
  } catch (error) {
    assert.ok(error instanceof SnapshotError, String(error));
    return error.code;
  }
  return "read";
}

test("a snapshot is there whole, and no draft beside it", async () => {
  assert.equal(await codeOf(whole), "read");
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith(".new")),
    [],
  );
});

test("a file that is cut off anywhere is refused", async () => {
  const draw = drawFrom(3);
  for (const length of [
    0,
    7,
    15,
    16,
    60,
    4095,
    whole.length - 1,
    ...Array.from({ length: 10 }, () => draw(whole.length)),
  ])
    assert.match(await codeOf(whole.subarray(0, length)), /^(torn|not-a-snapshot|altered)$/);
  assert.equal(await codeOf(Buffer.concat([whole, Buffer.of(0)])), "torn");
});

test("a file of which any byte was altered is refused, but for those that nothing is kept in", async () => {
  const draw = drawFrom(4);
  const last = whole.length;
  const places = [0, 8, 10, 20, 60, 4096, 4096 + 31, last - 40, last - 1];
  places.push(...Array.from({ length: 12 }, () => 4096 + draw(last - 8192)));
  for (const place of places) {
    const altered = Buffer.from(whole);
    altered[place] = (altered[place] ?? 0) ^ 1;
    const code = await codeOf(altered);
    // Between two parts, up to the next page, there is nothing.
    if (code === "read") assert.equal(whole[place], 0);
    else assert.match(code, /^(altered|torn|not-a-snapshot|other-version)$/);
  }
});

test("what cannot be written leaves what was there before", async () => {
  await assert.rejects(writeSnapshot(join(folder, "no", "such", "folder.near"), index, 1n), /ENOENT/);
  assert.deepEqual(await readFile(path), whole);
});
