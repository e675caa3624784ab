import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { agreeOn } from "../../deep/agreement/agree.ts";

test("attack 30: a second verifier, by other code, comes to the same verdict on each report by the same steps (a slice of `npm run deep -- second-verifier`)", async () => {
  const { bundles, spoilt, verdicts, disagreements } = await agreeOn(60, 3);
  assert.deepEqual(disagreements, []);
  assert.deepEqual([bundles, spoilt], [60, 30]);
  // It is about something: both said yes to some, and no to some.
  for (const verdict of ["VERIFIED", "UNVERIFIED"]) assert.ok((verdicts[verdict] ?? 0) > 10, verdict);
});

test("the second verifier shares no code with the first: of the package it knows only types", async () => {
  const folder = new URL("../../deep/second-verifier/", import.meta.url);
  const mayUse = /^(cborg|@noble\/(ciphers|curves|hashes)\/[a-z0-9]+\.js|\.\/[a-z-]+\.ts)$/;
  const names = await readdir(folder);
  assert.ok(names.length > 10);
  for (const name of names) {
    const text = await readFile(new URL(name, folder), "utf8");
    const imports = text.matchAll(/^(import|export)( type)?\b[^;]*?\bfrom "([^"]+)";/gm);
    for (const [, , type, from = ""] of imports)
      if (!mayUse.test(from)) {
        assert.equal(type, " type", `${name} loads ${from}`);
        assert.match(from, /^\.\.\/\.\.\/src\/[a-z]+\/types\.ts$/, name);
      }
    assert.doesNotMatch(text, /\bimport\s*\(|^import "|\brequire\(/m, name);
  }
});
