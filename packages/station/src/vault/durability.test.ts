import assert from "node:assert/strict";
import { readlinkSync } from "node:fs";
import { type FileHandle, mkdir, mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { openFileStore } from "./index.ts";

const FOLDER = "01";
const nameOf = (n: number) => `${FOLDER}${n.toString(16).padStart(30, "0")}`;
/** More than is held in memory. */
const LARGE = 1024 * 1024 + 1;

/** A store whose every fsync is noted, by what it is of, and may be held up or made to fail. */
async function watched(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), "fairlead-vault-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  const store = await openFileStore(root);
  const synced: string[] = [];
  const meets: { sync: (what: string) => Promise<void> } = { sync: async () => undefined };
  await using any = await open(root);
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  const real: (this: FileHandle) => Promise<void> = Reflect.get(prototype, "sync");
  t.mock.method(prototype, "sync", async function (this: FileHandle) {
    const path = readlinkSync(`/proc/self/fd/${this.fd}`);
    const what = path === root ? "root" : dirname(path) === root ? "folder" : basename(path);
    await meets.sync(what);
    await real.call(this);
    synced.push(what);
  });
  const write = async (n: number, size = 10) =>
    await store.write(
      nameOf(n),
      (async function* () {
        yield new Uint8Array(size);
      })(),
    );
  const there = async () => {
    const names: string[] = [];
    for await (const { name } of store.list()) names.push(name);
    return names;
  };
  return { root, synced, meets, write, there };
}

for (const [kind, size] of [
  ["small", 10],
  ["large", LARGE],
] as const)
  test(`a ${kind} object is said to be stored once its folder's entry, its bytes and its own entry are on disk`, async (t) => {
    const { synced, write } = await watched(t);
    await write(1, size);
    assert.deepEqual(synced, ["root", nameOf(1), "folder"]);
    await write(2, size);
    assert.deepEqual(synced.slice(3), [nameOf(2), "folder"]);
  });

test("a folder that was there before the station started is synced all the same: nobody knows who died over it", async (t) => {
  const { root, synced, write } = await watched(t);
  await mkdir(join(root, FOLDER));
  await write(1);
  assert.deepEqual(synced, ["root", nameOf(1), "folder"]);
});

test("objects whose folder cannot be synced are not said to be stored, and are not there", async (t) => {
  const { meets, write, there } = await watched(t);
  await write(1);
  meets.sync = async (what) => {
    if (what === "folder") throw new Error("EIO");
  };
  const results = await Promise.allSettled([write(2), write(3)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.deepEqual(await there(), [nameOf(1)]);
});

test("one whose bytes cannot be synced takes no other of its moment with it", async (t) => {
  const { meets, write, there } = await watched(t);
  meets.sync = async (what) => {
    if (what === nameOf(2)) throw new Error("EIO");
  };
  const results = await Promise.allSettled([write(1), write(2), write(3)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual((await there()).toSorted(), [nameOf(1), nameOf(3)]);
});

test("all that come into a new folder at once wait until its entry is on disk, and try again where that fails", async (t) => {
  const { meets, write, synced } = await watched(t);
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  meets.sync = async (what) => {
    if (what !== "root") return;
    asked.resolve();
    await held.promise;
  };
  const stored: number[] = [];
  const writes = [1, 2, 3].map(async (n) => {
    await write(n);
    stored.push(n);
  });
  await asked.promise;
  for (let each = 0; each < 200; each += 1) await turn();
  assert.deepEqual([stored, synced], [[], []]);
  held.reject(new Error("EIO"));
  const failed = await Promise.allSettled(writes);
  assert.ok(failed.every(({ status }) => status === "rejected"));
  meets.sync = async () => undefined;
  await write(4);
  assert.deepEqual(synced, ["root", nameOf(4), "folder"]);
});

test("a write that the system ends early is gone on with: the object is whole", async (t) => {
  const { root, write } = await watched(t);
  await using any = await open(root);
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  const real: (this: FileHandle, parts: readonly Uint8Array[]) => Promise<{ bytesWritten: number }> =
    Reflect.get(prototype, "writev");
  t.mock.method(prototype, "writev", async function (this: FileHandle, parts: readonly Uint8Array[]) {
    return await real.call(this, [parts[0]?.subarray(0, 3) ?? new Uint8Array()]);
  });
  const { size } = await write(1);
  assert.equal(size, 10);
  assert.equal((await stat(join(root, FOLDER, nameOf(1)))).size, 10);
});
