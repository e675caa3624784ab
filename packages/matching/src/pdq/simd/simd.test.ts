import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { openModuleNow } from "../../web-assembly.ts";
import { hexOfHash } from "../hash.ts";
import { loadPdq, loadPdqNow } from "../load.ts";
import type { Pixels } from "../pixels.ts";
import { plainPdq } from "../plain.ts";
import { agreeOnCrops } from "../testing/crops.ts";
import { expectations, pictureOf } from "../testing/reference.ts";
import type { Kernel } from "./kernel.ts";
import { moduleBase64 } from "./module.gen.ts";
import { simdPdq } from "./simd.ts";

const simd = simdPdq(openModuleNow(moduleBase64) as Kernel);
const plain = plainPdq();

for (const { file, full, qualityFull, nearest, qualityNearest } of await expectations())
  test(`both compiled ways hash ${file} as the reference does, or the short one says that it is unsure`, async () => {
    const picture = await pictureOf(file);
    for (const [semantics, hash, quality] of [
      ["pdq/full", full, qualityFull],
      ["pdq/nn512", nearest, qualityNearest],
    ] as const) {
      const exactly = simd.exactly(picture, semantics);
      assert.deepEqual([hexOfHash(exactly.hash), exactly.quality], [hash, quality]);
      const short = simd.byTaps(picture, semantics);
      if (short !== null) assert.deepEqual([hexOfHash(short.hash), short.quality], [hash, quality]);
    }
  });

test("compiled and plain PDQ agree on random crops, to the bit", async () => {
  const { compared, different } = await agreeOnCrops(simd, plain, 250, 1, 700);
  assert.deepEqual([compared, different], [250, []]);
});

const small = fc
  .record({ width: fc.integer({ min: 1, max: 150 }), height: fc.integer({ min: 1, max: 150 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      channels: fc.constant(1 as const),
      pixels: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    }),
  );

test("the exact compiled way and plain PDQ agree on any small picture, and so do their eight turns", () => {
  fc.assert(
    fc.property(small, (picture: Pixels) => {
      const [one, other] = [simd.exactly(picture, "pdq/full"), plain.hashPixels(picture, "pdq/full")];
      assert.deepEqual([one.hash, one.quality], [other.hash, other.quality]);
      assert.deepEqual(one.dihedral(), other.dihedral());
      assert.deepEqual(simd.hashPixels(picture, "pdq/full").hash, other.hash);
    }),
    { numRuns: 150 },
  );
});

test("a flat picture is one of which the short way is unsure", () => {
  const picture = {
    pixels: new Uint8Array(300 * 200).fill(90),
    width: 300,
    height: 200,
    channels: 1,
  } as const;
  assert.equal(simd.byTaps(picture, "pdq/full"), null);
  assert.deepEqual(simd.hashPixels(picture, "pdq/full").hash, plain.hashPixels(picture, "pdq/full").hash);
});

test("a picture after a larger one finds nothing of it left", async () => {
  const [large, little] = [
    await pictureOf("bridge-mods-aaa-orig.jpg"),
    await pictureOf("misc-images-wee.jpg"),
  ];
  const before = simd.hashPixels(little, "pdq/full").hash;
  simd.hashPixels(large, "pdq/nn512");
  simd.exactly(large, "pdq/full");
  assert.deepEqual(simd.hashPixels(little, "pdq/full").hash, before);
});

test("with SIMD the compiled form is loaded, with or without waiting", async () => {
  assert.deepEqual([(await loadPdq()).engine, loadPdqNow().engine, plain.engine], ["simd", "simd", "plain"]);
  assert.equal(openModuleNow(btoa("no module")), null);
});
