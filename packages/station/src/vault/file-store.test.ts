import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import { openFileStore } from "./index.ts";

const NAME = "0123456789abcdef0123456789abcdef";
/** The most that one portion holds. */
const PORTION = 256 * 1024;

async function open(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), "fairlead-vault-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  return { root, store: await openFileStore(root) };
}

async function* chunks(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield part;
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

test("what was written is read back, whatever portions it came in", async (t) => {
  const { store } = await open(t);
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), async (parts) => {
      const name = (n++).toString(16).padStart(32, "0");
      const stored = await store.write(name, chunks(parts));
      const whole = Buffer.concat(parts);
      assert.equal(stored.size, whole.length);
      assert.deepEqual(await collect(store.read(name)), whole);
    }),
    { numRuns: 25 },
  );
});

test("an object of any size around the largest portion is read back whole, and in portions no larger", async (t) => {
  const { store } = await open(t);
  for (const [n, size] of [0, 1, PORTION - 1, PORTION, PORTION + 1, 3 * PORTION].entries()) {
    const name = n.toString(16).padStart(32, "a");
    const whole = randomBytes(size);
    await store.write(name, chunks([whole]));
    const parts: Uint8Array[] = [];
    for await (const part of store.read(name)) parts.push(part);
    assert.ok(Buffer.concat(parts).equals(whole), `${size} bytes`);
    assert.ok(
      parts.every((part) => part.length > 0 && part.length <= PORTION),
      `${size} bytes`,
    );
  }
});

test("a reader that stops early leaves no file open", async (t) => {
  const { store } = await open(t);
  const openFiles = async () => (await readdir("/proc/self/fd")).length;
  for (const [name, size] of [
    [NAME, 100],
    ["f".repeat(32), 3 * PORTION],
  ] as const) {
    await store.write(name, chunks([randomBytes(size)]));
    const before = await openFiles();
    for (let n = 0; n < 20; n += 1) for await (const _ of store.read(name)) break;
    assert.ok((await openFiles()) < before + 20, `${size} bytes`);
  }
});

test("a source that breaks off leaves nothing behind", async (t) => {
  const { root, store } = await open(t);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("half of it");
    throw new Error("the line was cut");
  }
  await assert.rejects(store.write(NAME, broken()), /the line was cut/);
  assert.equal(await store.size(NAME), undefined);
  assert.deepEqual(await readdir(join(root, "incoming")), []);
});

test("an object is never written over", async (t) => {
  const { store } = await open(t);
  await store.write(NAME, chunks([Buffer.from("first")]));
  await assert.rejects(store.write(NAME, chunks([Buffer.from("second")])));
  assert.equal((await collect(store.read(NAME))).toString(), "first");
});

test("a name that is not an object's own never reaches the file system", async (t) => {
  const { store } = await open(t);
  for (const name of [
    "../escape",
    "",
    "ABCDEF0123456789ABCDEF0123456789",
    `${NAME}/x`,
    `${NAME.slice(0, 31)}\0`,
  ])
    await assert.rejects(async () => await store.size(name), TypeError);
});

test("an object that is missing is named as missing, for the operator only", async (t) => {
  const { store } = await open(t);
  await assert.rejects(collect(store.read(NAME)), { code: "vault.missing", audience: "operator" });
});

test("what a dead process left half written is not an object, and goes once it is old enough", async (t) => {
  const { root, store } = await open(t);
  await writeFile(join(root, "incoming", NAME), "half of it");
  const listed = [];
  for await (const object of store.list()) listed.push(object.name);
  assert.deepEqual(listed, []);
  assert.equal(await store.removeUnfinished(Date.now() - 60_000), 0);
  assert.equal(await store.removeUnfinished(Date.now() + 60_000), 1);
  assert.deepEqual(await readdir(join(root, "incoming")), []);
});

test("small and large objects that come at one moment are each whole, and one that is there already harms no other", async (t) => {
  const { root, store } = await open(t);
  await store.write(NAME, chunks([Buffer.from("first")]));
  const sizes = [0, 5, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024];
  const sent = sizes.map((size) => ({ name: store.newName(), bytes: randomBytes(size) }));
  const [again, ...stored] = await Promise.allSettled([
    store.write(NAME, chunks([Buffer.from("second")])),
    ...sent.map(({ name, bytes }) => store.write(name, chunks([bytes.subarray(0, 3), bytes.subarray(3)]))),
  ]);
  assert.equal(again.status, "rejected");
  assert.ok(stored.every(({ status }) => status === "fulfilled"));
  for (const { name, bytes } of sent) assert.ok((await collect(store.read(name))).equals(bytes), name);
  assert.deepEqual(await readdir(join(root, "incoming")), []);
});
