import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { openPerceptualIndex } from "./perceptual-index.ts";

const hex = (number: bigint) => number.toString(16).padStart(64, "0");
const apart = (a: bigint, b: bigint) => (a ^ b).toString(2).replaceAll("0", "").length;

/** A hash and some that differ from it in a few bits, near and beyond every limit. */
const arbitraryFamily = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    fc.array(fc.array(fc.nat(255), { maxLength: 48 }), { maxLength: 8 }),
  )
  .map(([root, changes]) => [
    root,
    ...changes.map((bits) => bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), root)),
  ]);

it("likeness is exactly the number of bits that differ, for every distance", () => {
  fc.assert(
    fc.property(arbitraryFamily, fc.constantFrom(0, 10, 15, 16, 31, 40), (family, distance) => {
      const index = openPerceptualIndex(distance);
      for (const each of family) index.add(hex(each));
      for (const each of family)
        assert.deepEqual(
          index.near(hex(each)),
          family.flatMap((other, number) => (apart(each, other) <= distance ? [number] : [])),
        );
    }),
    { numRuns: 60 },
  );
});

it("a text that is no hash, and a distance that says nothing, are refused", () => {
  assert.throws(() => openPerceptualIndex(31).add("kite"), /64 lower-case/);
  assert.throws(() => openPerceptualIndex(48), /0 to 47/);
});
