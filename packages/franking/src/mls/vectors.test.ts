import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { vectorFiles } from "./conformance/vectors/run.ts";

// A slice of each official file; `npm run deep -- mls-vectors` runs all 785.

test("every official file of test vectors is known, 785 in all", () => {
  assert.equal(vectorFiles.length, 16);
  assert.equal(
    vectorFiles.reduce((sum, { cases }) => sum + cases, 0),
    785,
  );
});

for (const { name, run } of vectorFiles)
  test(`RFC 9420's vectors hold: ${name}`, async () => {
    const text = await readFile(new URL(`vectors/data/${name}.json`, import.meta.url), "utf8");
    const vectors = JSON.parse(text) as readonly unknown[];
    assert.ok(vectors.length > 0);
    for (const vector of vectors) await run(vector);
  });
