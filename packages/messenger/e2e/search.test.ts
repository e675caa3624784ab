import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsIn, wordsInMemory } from "./search.ts";

const WORD = "vermilion-kite-over-Ulverston";

test("a word is found in every spelling in which a program keeps words, wherever it lies", () => {
  for (const before of ["", "a", "ab", "abc"]) {
    const text = `${before}${WORD}, tomorrow`;
    for (const encoding of ["utf8", "utf16le"] as const)
      assert.deepEqual(wordsIn(Buffer.from(text, encoding), [WORD]), [WORD], encoding);
    for (const encoding of ["base64", "base64url", "hex"] as const)
      assert.deepEqual(wordsIn(Buffer.from(Buffer.from(text).toString(encoding)), [WORD]), [WORD], encoding);
  }
  assert.deepEqual(wordsIn(Buffer.from("a vermilion kite"), [WORD]), []);
});

test("a word is found in the memory of a process that has it, and not in one that has not", (t) => {
  const held = Buffer.from(["vermilion", "kite", String(process.pid)].join("-"));
  const found = wordsInMemory(process.pid, [held.toString()]);
  if (found === null) return t.skip("this system lets nobody look into a process's memory");
  assert.deepEqual(found, [held.toString()]);
});
