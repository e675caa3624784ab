import assert from "node:assert/strict";
import { it } from "node:test";
import { hashText, hashValue, type HashKey } from "./value-hash.ts";

const KEY: HashKey = [0x0302_0100, 0x0706_0504];

const bytes = (text: string): string => {
  const { lo, hi } = hashText(text, KEY);
  const buffer = Buffer.alloc(8);
  buffer.writeInt32LE(lo, 0);
  buffer.writeInt32LE(hi, 4);
  return buffer.toString("hex");
};

it("the hash of a text is HalfSipHash-2-4 of its UTF-16", () => {
  // Vectors of the reference implementation (vectors.h, vectors_hsip64): input bytes 00 01 02 ..., lengths 0, 2 and 4.
  assert.equal(bytes(""), "218d1f59b9b83cc8");
  assert.equal(bytes("\u0100"), "064f39ef7c50eb57");
  assert.equal(bytes("\u0100\u0302"), "d5e78a175be52ea1");
});

it("one value has another hash as another kind, and under another key", () => {
  const one = hashValue("phone", "+447700900123", KEY);
  assert.deepEqual(hashValue("phone", "+447700900123", KEY), one);
  assert.notDeepEqual(hashValue("email", "+447700900123", KEY), one);
  assert.notDeepEqual(hashValue("phone", "+447700900123", [1, 2]), one);
});
