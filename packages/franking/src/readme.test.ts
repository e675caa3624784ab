import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

/** What each example prints, in the README's order. */
const expected = [/^submitted by the device: true\nThe kite is blue\nhead covers it: true key of 202604\n$/];

test("the examples of the README run and print what they should", () => {
  assert.equal(examples.length, expected.length);
  for (const [index, code] of examples.entries()) {
    const run = spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", code], {
      cwd: folder,
    });
    assert.equal(run.status, 0, run.stderr.toString());
    assert.match(run.stdout.toString(), expected[index] ?? /never/);
  }
});

test("every code that a receiver can answer with stands in the README", () => {
  const sources = [
    "client/chain.ts",
    "client/check-frank.ts",
    "client/check-delivered.ts",
    "client/heads.ts",
  ];
  const codes = sources
    .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
    .flatMap((text) =>
      [...text.matchAll(/"((?:chain|frank|content)\.[a-z-]+)"/g)].map(([, code = ""]) => code),
    );
  assert.ok(codes.length > 15);
  for (const code of codes.filter((code) => !code.startsWith("chain.head-")))
    assert.ok(readme.includes(`\`${code}\``), `${code} is not explained`);
});
