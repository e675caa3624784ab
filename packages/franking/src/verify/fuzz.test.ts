import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzBundles } from "./testing/fuzz.ts";

test("no spoilt report is taken for what was said, and none brings the verifier down (a slice of `npm run deep -- fuzz`)", async () => {
  const { cases, refused, stillTrue, falseAccepts, crashes } = await fuzzBundles(1_500, 20_261_122);
  assert.deepEqual(falseAccepts, []);
  assert.deepEqual(crashes, []);
  assert.equal(refused + stillTrue, cases);
  // Most of what is spoilt is refused, yet not everything: else the verdicts would not have been compared with anything.
  assert.ok(stillTrue > cases / 100 && stillTrue < cases / 3, `${stillTrue} of ${cases}`);
});
