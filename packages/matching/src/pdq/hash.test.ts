import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import fc from "fast-check";
import { distance, hashFromHex, hexOfHash, type PdqHash } from "./hash.ts";

const aHash = fc.uint8Array({ minLength: 32, maxLength: 32 });

async function listed(name: string): Promise<readonly PdqHash[]> {
  const text = await readFile(new URL(`../../data/pdq/${name}`, import.meta.url), "utf8");
  return text.split(/\s+/).flatMap((word) => hashFromHex(word) ?? []);
}

test("a hash is what its digits say, and its digits say it again", () => {
  fc.assert(fc.property(aHash, (hash) => assert.deepEqual(hashFromHex(hexOfHash(hash)), hash)));
  assert.equal(hashFromHex("f".repeat(63)), null);
  assert.equal(hashFromHex(`${"f".repeat(63)}g`), null);
  assert.equal(hashFromHex(`${"f".repeat(64)}\n`), null);
  assert.deepEqual(hashFromHex("AB".repeat(32)), hashFromHex("ab".repeat(32)));
});

test("the distance counts the bits that were changed", () => {
  fc.assert(
    fc.property(aHash, fc.uniqueArray(fc.integer({ min: 0, max: 255 })), (hash, bits) => {
      const other = hash.slice();
      for (const bit of bits) other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(distance(hash, other), bits.length);
      assert.equal(distance(other, hash), bits.length);
    }),
  );
  assert.throws(() => distance(new Uint8Array(32), new Uint8Array(31)), RangeError);
});

test("of the reference's needles and haystack 250 pairs lie within 31", async () => {
  const [needles, haystack] = [await listed("needles.txt"), await listed("haystack.txt")];
  assert.deepEqual([needles.length, haystack.length], [100, 1350]);
  const near = needles.flatMap((needle) => haystack.filter((straw) => distance(needle, straw) <= 31));
  assert.equal(near.length, 250);
});
