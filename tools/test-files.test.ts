import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { entryOf, findTestFiles, needsBrowser, spread } from "./test-files.ts";

test("tests are found beside the source of every package and here", async () => {
  const files = await findTestFiles([]);
  assert.ok(files.includes("packages/report/src/validate.test.ts"));
  assert.ok(files.includes("tools/test-files.test.ts"));
  assert.ok(!files.some((file) => file.includes("node_modules")));
  assert.deepEqual(files, files.toSorted());
});

test("parts of paths choose files, and none is left if no path has the part", async () => {
  assert.deepEqual(await findTestFiles(["report/src/validate"]), ["packages/report/src/validate.test.ts"]);
  assert.deepEqual(await findTestFiles(["no/such/part"]), []);
});

test("pure packages share a process each, everything else has one for every file", () => {
  const pure = [
    "packages/ledger/src/a.test.ts",
    "packages/ledger/src/b.test.ts",
    "packages/report/src/a.test.ts",
  ];
  const others = ["packages/station/src/a.test.ts", "packages/desk/e2e/a.test.ts", "tools/a.test.ts"];
  const { together, alone } = spread([...pure, ...others]);
  assert.deepEqual(
    [...together],
    [
      ["ledger", pure.slice(0, 2)],
      ["report", pure.slice(2)],
    ],
  );
  assert.deepEqual(alone, others);
});

test("the files of a shared process are counted each, and one that cannot be loaded fails without stopping the rest", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-entry-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const texts = {
    "a.mjs": 'import test from "node:test"; test("a1", () => {}); test("a2", () => {});',
    "b.mjs": 'import "./is-not-there.mjs";',
    "c.mjs": 'import test from "node:test"; test("c1", () => { throw new Error("c1 fails"); });',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const urls = Object.keys(texts).map((name) => pathToFileURL(join(folder, name)).href);
  writeFileSync(join(folder, "entry.mjs"), entryOf(urls));
  const { NODE_TEST_CONTEXT: _outer, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--test", "--test-reporter=spec", join(folder, "entry.mjs")],
    { env, encoding: "utf8" },
  );
  assert.equal(status, 1);
  for (const line of [/^ℹ tests 4$/m, /^ℹ pass 2$/m, /^ℹ fail 2$/m, /is-not-there/])
    assert.match(stdout, line);
});

test("a test that drives a browser is known by what it imports", async () => {
  assert.equal(await needsBrowser("packages/report/src/validate.test.ts"), false);
  assert.equal(await needsBrowser("packages/desk/e2e/journey.test.ts"), true);
});
