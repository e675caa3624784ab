import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { growingColumns } from "./columns.ts";
import { partFiles } from "./part-files.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairlead-parts-"));
});
after(() => rm(folder, { recursive: true, force: true }));

function part() {
  const columns = growingColumns();
  columns.put("receivedAt", 42);
  return columns.cut();
}

test("a part that was half written when the machine stopped is not there, and is written anew", async () => {
  const files = partFiles(folder);
  await writeFile(join(folder, "part-00007.bin.half"), "half");
  assert.deepEqual(await files.done(), new Set());
  await files.write(7, part());
  assert.deepEqual(await files.done(), new Set([7]));
  assert.deepEqual(await files.read(7), part());
});

test("a part that was damaged since is named with what to do", async () => {
  const files = partFiles(folder);
  await files.write(8, part());
  const path = join(folder, "part-00008.bin");
  await writeFile(path, (await readFile(path)).subarray(1));
  await assert.rejects(files.read(8), /part-00008\.bin\. Remove the file and start again/);
});
