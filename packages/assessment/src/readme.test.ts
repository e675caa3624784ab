import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

it("the README's example prints what the README says", async () => {
  const home = new URL("../", import.meta.url);
  const readme = await readFile(new URL("README.md", home), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const promised = example.split("\n").flatMap((line) => (line.startsWith("// ") ? [line.slice(3)] : []));
  assert.ok(promised.length >= 4);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module-typescript", "--eval", example],
    { cwd: fileURLToPath(home) },
  );
  assert.deepEqual(stdout.trimEnd().split("\n"), promised);
});
