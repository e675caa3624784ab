import assert from "node:assert/strict";
import { test } from "node:test";
import { keyed } from "./keyed.ts";

test("the same seed, part and number give the same draws, and any other gives others", () => {
  const [draw, same, other] = [keyed("kite"), keyed("kite"), keyed("kettle")];
  assert.equal(draw.unit("a", 7), same.unit("a", 7));
  assert.equal(draw.random("a", 7).word(), same.random("a", 7).word());
  const drawn = [draw.unit("a", 7), draw.unit("b", 7), draw.unit("a", 8), other.unit("a", 7)];
  assert.equal(new Set(drawn).size, drawn.length);
});

test("what a seed draws stays what it is", () => {
  const draw = keyed("known");
  assert.deepEqual(
    [draw.word("part", 0), draw.word("part", 5_000_000_000), draw.random("part", 1).word()],
    [3_840_687_193, 3_830_697_560, 535_025_160],
  );
});

test("numbers beyond 32 bits have draws of their own", () => {
  const draw = keyed("large");
  const words = Array.from({ length: 1000 }, (_, step) => draw.word("item", step * 4_294_967_296 + 5));
  assert.ok(new Set(words).size > 995);
});

test("draws are spread evenly, each part by itself and over numbers in a row", () => {
  const draw = keyed("even");
  for (const part of ["one", "two"]) {
    const counts = new Uint32Array(16);
    for (let number = 0; number < 64_000; number += 1) {
      const bin = Math.floor(draw.unit(part, number) * 16);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    // Chi-squared with 15 degrees of freedom is below 37.7 in 999 of 1,000 cases.
    const chi = counts.reduce((sum, count) => sum + (count - 4000) ** 2 / 4000, 0);
    assert.ok(chi < 37.7, `${chi}`);
  }
});
