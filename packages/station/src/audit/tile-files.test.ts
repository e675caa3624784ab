import assert from "node:assert/strict";
import { readlinkSync } from "node:fs";
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  realpath,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test, type TestContext } from "node:test";
import { tileStoreConformance } from "@fairlead/ledger/conformance";
import { openTileFiles, removeUnfinishedTiles } from "./tile-files.ts";

tileStoreConformance("files", async () => {
  const root = await mkdtemp(join(tmpdir(), "fairlead-tiles-"));
  return {
    store: await openTileFiles(root),
    reopen: () => openTileFiles(root),
    close: () => rm(root, { recursive: true, force: true }),
  };
});

async function folder(t: TestContext): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "fairlead-tiles-")));
  t.after(() => rm(root, { recursive: true, force: true }));
  return root;
}

test("what a process left unnamed when it died goes once it is old, and nothing else does", async (t) => {
  const root = await folder(t);
  const store = await openTileFiles(root);
  await store.write("checkpoint", Buffer.from("a checkpoint"));
  const old = ".01234567-89ab-4cde-8f01-23456789abcd.tmp";
  const young = ".01234567-89ab-4cde-8f01-23456789abce.tmp";
  for (const name of [old, young, "notes.tmp"]) await writeFile(join(root, name), "half of it");
  const longAgo = new Date(Date.now() - 7_200_000);
  for (const name of [old, "notes.tmp", "checkpoint"]) await utimes(join(root, name), longAgo, longAgo);
  assert.equal(await removeUnfinishedTiles(root, Date.now() - 3_600_000), 1);
  assert.deepEqual((await readdir(root)).toSorted(), [young, "checkpoint", "notes.tmp"]);
});

test("a tile's folders are synced up to the root once by each process, also those that it found there", async (t) => {
  const root = await folder(t);
  // As a process leaves them that dies before their entries are on disk.
  await mkdir(join(root, "tile", "0", "000.p"), { recursive: true });
  const store = await openTileFiles(root);
  const synced: string[] = [];
  await using any = await open(root);
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  const real: (this: FileHandle) => Promise<void> = Reflect.get(prototype, "sync");
  t.mock.method(prototype, "sync", async function (this: FileHandle) {
    const path = relative(root, readlinkSync(`/proc/self/fd/${this.fd}`));
    if (!path.endsWith(".tmp")) synced.push(path);
    await real.call(this);
  });
  await store.write("tile/0/000.p/1", Buffer.alloc(32));
  assert.deepEqual(synced, ["tile/0/000.p", "tile/0", "tile", ""]);
  await store.write("tile/0/000.p/2", Buffer.alloc(64));
  assert.deepEqual(synced.slice(4), ["tile/0/000.p"]);
});
