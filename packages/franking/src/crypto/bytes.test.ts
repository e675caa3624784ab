import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { base64urlOf, bytesOfBase64url, bytesOfHex, concatBytes, equalBytes, hexOf } from "./bytes.ts";
import { keyCache } from "./cache.ts";

const bytes = fc.uint8Array({ maxLength: 80 });

test("hexadecimal and base64url give back the bytes that they were made of, as other programs write them", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.equal(hexOf(some), Buffer.from(some).toString("hex"));
      assert.equal(base64urlOf(some), Buffer.from(some).toString("base64url"));
      assert.deepEqual(bytesOfHex(hexOf(some)), some);
      assert.deepEqual(bytesOfBase64url(base64urlOf(some)), some);
    }),
  );
});

test("one text stands for one value: padding, other alphabets and loose bits are refused", () => {
  for (const text of ["AA==", "A", "A+", "A/", "AB", "AAB", " AA", "AA\n"])
    assert.equal(bytesOfBase64url(text), null);
  for (const text of ["0", "0g", "0x", " 00", "00\n"]) assert.equal(bytesOfHex(text), null);
});

test("bytes are equal when all of them are", () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, at, by) => {
      assert.ok(equalBytes(some, Uint8Array.from(some)));
      assert.ok(!equalBytes(some, concatBytes(some, Uint8Array.of(0))));
      if (some.length === 0) return;
      const index = at % some.length;
      assert.ok(!equalBytes(some, some.with(index, (some[index] ?? 0) ^ by)));
    }),
  );
});

test("a cache of keys holds no more than its limit and forgets what was longest unused", () => {
  const made: number[] = [];
  const cache = keyCache<number>(2);
  const ask = (key: number) => cache.get(Uint8Array.of(key), () => made.push(key));
  for (const key of [1, 2, 1, 3, 1, 2]) ask(key);
  assert.deepEqual(made, [1, 2, 3, 2]);
});
