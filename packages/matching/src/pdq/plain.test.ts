import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { hexOfHash } from "./hash.ts";
import { PixelsError, type Pixels } from "./pixels.ts";
import { plainPdq } from "./plain.ts";
import { inOrderOfTheReference } from "./testing/in-order.ts";
import { expectations, pictureOf } from "./testing/reference.ts";

const pdq = plainPdq();

for (const { file, full, qualityFull, nearest, qualityNearest } of await expectations())
  test(`the plain hashes of ${file} are the reference's`, async () => {
    const picture = await pictureOf(file);
    const [whole, picked] = [pdq.hashPixels(picture, "pdq/full"), pdq.hashPixels(picture, "pdq/nn512")];
    assert.deepEqual(
      [hexOfHash(whole.hash), whole.quality, hexOfHash(picked.hash), picked.quality],
      [full, qualityFull, nearest, qualityNearest],
    );
    assert.ok(whole.exact && picked.exact);
  });

const noise = fc
  .record({
    width: fc.integer({ min: 5, max: 300 }),
    height: fc.integer({ min: 5, max: 300 }),
    seed: fc.integer({ min: 1, max: 0x7fffffff }),
  })
  .map(({ width, height, seed }): Pixels => {
    const pixels = new Uint8Array(width * height * 3);
    for (let at = 0, state = seed; at < pixels.length; at++) {
      state = Math.imul(state, 48_271) % 0x7fffffff;
      pixels[at] = state & 255;
    }
    return { pixels, width, height, channels: 3 };
  });

test("rows that flow through give the hash of two whole pictures in memory, at any size", () => {
  fc.assert(
    fc.property(noise, (picture) => {
      const { hash, quality } = pdq.hashPixels(picture, "pdq/full");
      assert.deepEqual({ hash, quality }, inOrderOfTheReference(picture));
    }),
    { numRuns: 60 },
  );
});

test("up to 512 pixels both semantics are the same", () => {
  fc.assert(
    fc.property(noise, (picture) => {
      const [full, nearest] = [pdq.hashPixels(picture, "pdq/full"), pdq.hashPixels(picture, "pdq/nn512")];
      assert.deepEqual(nearest.hash, full.hash);
      assert.deepEqual([full.semantics, nearest.semantics], ["pdq/full", "pdq/nn512"]);
    }),
    { numRuns: 20 },
  );
});

test("alpha is left out of account", () => {
  fc.assert(
    fc.property(noise, fc.nat({ max: 255 }), ({ pixels, width, height }, alpha) => {
      const covered = new Uint8Array(width * height * 4).fill(alpha);
      for (let at = 0; at < width * height; at++) covered.set(pixels.subarray(3 * at, 3 * at + 3), 4 * at);
      assert.deepEqual(
        pdq.hashPixels({ pixels: covered, width, height, channels: 4 }, "pdq/full").hash,
        pdq.hashPixels({ pixels, width, height, channels: 3 }, "pdq/full").hash,
      );
    }),
    { numRuns: 10 },
  );
});

test("a picture below five pixels a side has the hash of zeroes and no quality, as in the reference", () => {
  for (const [width, height] of [
    [4, 100],
    [100, 4],
    [1, 1],
  ] as const) {
    const pixels = new Uint8Array(width * height).fill(7);
    const { hash, quality } = pdq.hashPixels({ pixels, width, height, channels: 1 }, "pdq/full");
    assert.deepEqual([hexOfHash(hash), quality], ["0".repeat(64), 0]);
  }
});

test("a picture whose bytes do not fit its size is refused", () => {
  const pixels = new Uint8Array(300);
  for (const [width, height, channels] of [
    [10, 11, 3],
    [0, 10, 3],
    [10.5, 10, 3],
    [Number.NaN, 10, 3],
    [1e9, 1e9, 1],
    [-10, -10, 3],
    [10, 9, 3],
  ] as const)
    assert.throws(() => pdq.hashPixels({ pixels, width, height, channels }, "pdq/full"), PixelsError);
  const twoChannels = { pixels, width: 15, height: 10, channels: 2 } as unknown as Pixels;
  assert.throws(() => pdq.hashPixels(twoChannels, "pdq/full"), PixelsError);
});

test("the quality cuts each step between neighbours to whole hundredths, and their sum over 90 to a whole number", () => {
  const halves = (left: number, right: number) => {
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 32 ? left : right));
    return pdq.hashPixels({ pixels, width: 64, height: 64, channels: 1 }, "pdq/full").quality;
  };
  assert.deepEqual([halves(0, 0), halves(0, 2), halves(0, 255), halves(127, 0)], [0, 0, 71, 34]);
});
