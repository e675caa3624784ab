import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { dihedrals } from "./dihedral.ts";
import { distance } from "./hash.ts";
import { plainPdq } from "./plain.ts";
import { pictureOf } from "./testing/reference.ts";
import { turnedPixels } from "./testing/turned-pixels.ts";

const pdq = plainPdq();

const files = {
  original: "1-original",
  rotate90: "2-rotate-90",
  rotate180: "3-rotate-180",
  rotate270: "4-rotate-270",
  flipX: "5-flipx",
  flipY: "6-flipy",
  flipPlus1: "7-flip-plus-1",
  flipMinus1: "8-flip-minus-1",
} as const;

const bridge = await pictureOf("dih-bridge-1-original.jpg");

for (const semantics of ["pdq/full", "pdq/nn512"] as const)
  test(`one picture's eight ${semantics} hashes find the reference's eight turned pictures, each its own`, async () => {
    const hashes = pdq.hashPixels(bridge, semantics).dihedral();
    for (const way of dihedrals) {
      const { hash } = pdq.hashPixels(await pictureOf(`dih-bridge-${files[way]}.jpg`), semantics);
      const near = dihedrals.filter((other) => distance(hashes[other], hash) <= 31);
      assert.deepEqual(near, [way]);
    }
  });

test("the hash of turned pixels is the turned hash, but for bits on the edge", () => {
  // 64 by 64 is its own grid: only the order of the sums differs. Bits whose value lies on the median may then go either way.
  const pixels = fc.uint8Array({ minLength: 64 * 64, maxLength: 64 * 64 });
  fc.assert(
    fc.property(pixels, fc.constantFrom(...dihedrals), (pixels, way) => {
      const picture = { pixels, width: 64, height: 64, channels: 1 } as const;
      const turned = pdq.hashPixels(turnedPixels(picture, way), "pdq/full").hash;
      assert.ok(distance(pdq.hashPixels(picture, "pdq/full").dihedral()[way], turned) <= 2);
    }),
    { numRuns: 40 },
  );
});

test("the first of the eight is the hash itself", () => {
  const { hash, dihedral } = pdq.hashPixels(bridge, "pdq/full");
  assert.deepEqual(dihedral().original, hash);
});
