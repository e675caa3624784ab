import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = new URL(".", import.meta.url);

/** Every file of this package that is loaded with this one, and every package besides. Types are not loaded. */
function loadedWith(entry: string): { files: ReadonlySet<string>; packages: ReadonlySet<string> } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const open = [new URL(entry, source)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (files.has(next.href)) continue;
    files.add(next.href);
    const text = readFileSync(next, "utf8");
    for (const [, specifier = ""] of text.matchAll(
      /^(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ))
      if (specifier.startsWith(".")) open.push(new URL(specifier, next));
      else packages.add(specifier);
  }
  return { files, packages };
}

for (const entry of ["index.ts", "crypto/web.ts", "mls/index.ts"])
  test(`what ${entry} loads runs in a browser`, () => {
    const { files, packages } = loadedWith(entry);
    assert.deepEqual(
      [...packages].filter((name) => name.startsWith("node:")),
      [],
    );
    for (const file of files) {
      const code = readFileSync(new URL(file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      assert.doesNotMatch(code, /\bBuffer\b|\bprocess\./, file);
    }
    assert.ok(files.size > 1);
  });

test("the walk would see what a browser does not have", () => {
  assert.ok(loadedWith("crypto/node.ts").packages.has("node:crypto"));
});
