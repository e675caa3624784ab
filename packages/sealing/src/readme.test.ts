import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

test("the examples of the README run and print what they should", () => {
  const expected = [
    /^a picture of a circle\ntrue\n$/,
    /name: 'parts', verdict: 'pass'|name: 'parts',\s+verdict: 'pass'/,
  ];
  assert.equal(examples.length, expected.length);
  for (const [index, code] of examples.entries()) {
    const run = spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", code], {
      cwd: folder,
    });
    assert.equal(run.status, 0, run.stderr.toString());
    assert.match(run.stdout.toString(), expected[index] ?? /never/);
    if (index === 1)
      assert.match(run.stdout.toString(), /reports\/r-1\.json\.age 18\nevidence\/e-1\.age 100000\n$/);
  }
});
