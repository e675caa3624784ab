import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { boxAlongRow, samplesOf, windowOf } from "./box.ts";
import { tentOf } from "./tent.ts";

test("a tent is what two box passes make of a side, at every place that is sampled", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 3000 }), fc.integer(), (side, seed) => {
      const row = Float32Array.from({ length: side }, (_, at) => Math.abs(Math.imul(at + 1, seed | 1)) % 256);
      const [once, twice] = [new Float32Array(side), new Float32Array(side)];
      boxAlongRow(row, once, side, windowOf(side));
      boxAlongRow(once, twice, side, windowOf(side));
      const { starts, weights } = tentOf(side);
      for (const [place, sample] of samplesOf(side).entries()) {
        const start = starts[place] ?? 0;
        let sum = 0;
        for (const [at, weight] of (weights[place] ?? new Float64Array()).entries())
          sum += weight * (row[start + at] ?? 0);
        assert.ok(Math.abs(sum - (twice[sample] ?? 0)) < 0.01);
      }
    }),
  );
});

test("where windows are whole, so are the weights times what the tent says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 9000 }), (side) => {
      const { wholes, weights } = tentOf(side);
      for (const [place, whole] of wholes.entries())
        if (whole > 0)
          for (const weight of weights[place] ?? [])
            assert.ok(
              Math.abs(weight * whole - Math.round(weight * whole)) < 1e-6 &&
                weight * whole <= windowOf(side),
            );
      assert.ok(wholes.filter((whole) => whole > 0).length >= 60);
    }),
  );
});
