import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";

const door = JSON.stringify(new URL("./dispatch.ts", import.meta.url).href);

function run(t: TestContext, files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const root = mkdtempSync(join(tmpdir(), "fairlead-dispatch-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const script = `import { dispatch } from ${door};
    process.exitCode = await dispatch(${JSON.stringify(root)}, "bench", process.argv.slice(1));`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script, "--", ...args], {
    encoding: "utf8",
  });
}

const says = "console.log(JSON.stringify(process.argv.slice(2)));";
const files = {
  "packages/a/bench/fast.ts": says,
  "packages/b/bench/fast.ts": `${says} process.exitCode = 4;`,
  "packages/c/bench/fast.ts": `${says} process.exitCode = 5;`,
  "packages/c/bench/slow.ts": says,
  "packages/c/bench/slow.test.ts": "",
};

test("every package's program of that name runs with the remaining arguments, and a failure is not forgotten", (t) => {
  const { status, stdout } = run(t, files, "fast", "--json", "two words");
  assert.equal(stdout, '["--json","two words"]\n'.repeat(3));
  assert.equal(status, 4);
  assert.equal(run(t, files, "slow").status, 0);
});

test("an unknown name, or none, lists what there is and exits with 2", (t) => {
  const unknown = run(t, files, "slwo");
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /There is no bench "slwo"/);
  assert.match(unknown.stderr, /one of: fast, slow\n/);
  const none = run(t, {});
  assert.equal(none.status, 2);
  assert.match(none.stderr, /there is none/);
});

test("with --help nothing runs, and each program's own words on how it is called are printed", (t) => {
  const usage = "// npm run bench -- fast [--far]: how fast.\n//   --far  and how far\n\n// Not this.\n";
  const { status, stdout } = run(t, { "packages/a/bench/fast.ts": usage + says }, "fast", "--help");
  assert.equal(stdout, "npm run bench -- fast [--far]: how fast.\n  --far  and how far\n");
  assert.equal(status, 0);
});
