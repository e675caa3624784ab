import assert from "node:assert/strict";
import { hash } from "node:crypto";
import test from "node:test";
import { drawPhotograph } from "./draw-photograph.ts";

const SIZE = { width: 320, height: 240 };

test("the same seed and number give the same bytes, and each number another picture", () => {
  const of = (seed: string, number: number) => hash("sha256", drawPhotograph(seed, number, SIZE).pixels);
  assert.equal(of("kites", 1), of("kites", 1));
  assert.equal(of("kites", 1), "2113923449e4a2115578f217699ba9d920d00f41bbe7a032cd44f82130a09e33");
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  assert.equal(new Set(numbers.map((number) => of("kites", number))).size, 20);
  assert.notEqual(of("kites", 1), of("boats", 1));
});

test("a picture has all its pixels, and light and dark in all of its parts", () => {
  for (let number = 0; number < 20; number += 1) {
    const { pixels, width, height } = drawPhotograph("kites", number, SIZE);
    assert.equal(pixels.length, width * height * 3);
    for (let part = 0; part < 4; part += 1) {
      const quarter = pixels.subarray((part * pixels.length) / 4, ((part + 1) * pixels.length) / 4);
      const [least, most] = [
        quarter.reduce((a, b) => Math.min(a, b)),
        quarter.reduce((a, b) => Math.max(a, b)),
      ];
      assert.ok(most - least > 60, `picture ${number}, part ${part}: ${least} to ${most}`);
    }
  }
});
