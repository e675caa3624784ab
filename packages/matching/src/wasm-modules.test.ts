import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { buildModule, modules } from "../scripts/wasm-modules.ts";

for (const module of modules)
  test(`what is committed of ${module.entry} is what its sources give`, async () => {
    assert.ok(
      (await readFile(module.to, "utf8")) === (await buildModule(module)),
      "run: node packages/matching/scripts/build-wasm.ts",
    );
  });
