import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { BankChange, BankSettings } from "../api/shapes.ts";
import { byWords, changeLines, hashOf } from "./bank-words.ts";

const settings: BankSettings = {
  name: "Kites",
  source: "Example Kite Society",
  trust: "unvetted",
  enabled: true,
  categories: null,
  tags: null,
  members: null,
  threshold: 31,
  quality: 50,
  semantics: "unlabelled",
};
const change = (part: Partial<BankChange>): BankChange => ({
  seq: "1",
  at: "2026-11-22T12:00:00Z",
  way: "person",
  changed: [],
  is: settings,
  ...part,
});

suite("words about banks", () => {
  test("a change says what was and what is, a line for each setting", () => {
    const is = { ...settings, enabled: false, categories: ["box", "delta"], trust: "vetted" as const };
    assert.deepEqual(
      changeLines(change({ changed: ["enabled", "categories", "trust"], was: settings, is })),
      [
        "Switched off",
        "Categories: All became box, delta",
        "Taken for: Not vetted became Vetted, not graded",
      ],
    );
    assert.deepEqual(changeLines(change({})), ["The bank was made"]);
  });

  test("whoever made a change is named as what they are", () => {
    assert.equal(byWords({ way: "person", by: "Lee Example" }), "Lee Example");
    assert.equal(byWords({ way: "sender", by: "example-chat" }), "the account example-chat");
    assert.equal(byWords({ way: "operator" }), "whoever runs this station");
  });

  test("a hash is read as it was pasted, and anything else is none", () => {
    assert.equal(hashOf(` ${"AB ".repeat(16)}\n`), "ab".repeat(16));
    assert.equal(hashOf("ab".repeat(15)), undefined);
    assert.equal(hashOf("xy".repeat(16)), undefined);
  });
});
