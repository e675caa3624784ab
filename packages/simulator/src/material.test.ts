import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutItem, itemName, materialOf, type Item } from "./material.ts";

const photo = (number: number, looksLike?: number): Item => ({
  number,
  kind: "photo",
  viral: false,
  looksLike,
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("an item has the same bytes each time and other bytes than any other item", () => {
  const seen = new Set<string>();
  for (let number = 0; number < 60; number += 1) {
    for (const kind of ["photo", "video", "other"] as const) {
      const item = { ...photo(number), kind };
      const bytes = hex(materialOf("seed", item).bytes);
      assert.equal(hex(materialOf("seed", item).bytes), bytes);
      assert.equal(seen.has(bytes), false, itemName(item));
      seen.add(bytes);
    }
  }
});

test("another seed draws other pictures", () => {
  assert.notEqual(hex(materialOf("one", photo(9)).bytes), hex(materialOf("two", photo(9)).bytes));
});

test("a near duplicate has the size and nearly all pixels of the picture it was made from, and other bytes", () => {
  for (let number = 0; number < 20; number += 1) {
    const one = Buffer.from(materialOf("seed", photo(number)).bytes);
    const other = Buffer.from(materialOf("seed", photo(1000 + number, number)).bytes);
    assert.equal(other.length, one.length);
    const differing = one.reduce((count, byte, at) => count + (byte === other[at] ? 0 : 1), 0);
    // The palette, one pixel and the checksums.
    assert.ok(differing > 0 && differing < 40, `${differing}`);
    assert.equal(aboutItem("seed", photo(1000 + number, number)), aboutItem("seed", photo(number)));
  }
});

test("what is said about a picture is what was drawn", () => {
  for (let number = 0; number < 30; number += 1)
    assert.equal(aboutItem("seed", photo(number)), materialOf("seed", photo(number)).about);
});

test("pictures are from one to sixty kilobytes", () => {
  const sizes = Array.from({ length: 200 }, (_, number) =>
    number % 4 === 0 ? { ...photo(number), kind: "video" as const } : photo(number),
  ).map((item) => materialOf("seed", item).bytes.length);
  assert.ok(Math.min(...sizes) > 700, `${Math.min(...sizes)}`);
  assert.ok(Math.max(...sizes) < 60_000, `${Math.max(...sizes)}`);
});

test("a sentence about a picture is a sentence", () => {
  for (let number = 0; number < 100; number += 1) {
    const about = aboutItem("seed", photo(number));
    assert.match(about, /^[A-Z][a-z ]+\.$/);
    assert.doesNotMatch(about, /\ba o|\ban [^o]/);
  }
});
