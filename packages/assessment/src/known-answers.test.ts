import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerTo, knownAnswers } from "./testing/known-answers.ts";

const known = await knownAnswers();

describe("a frozen slice of the simulated stream", () => {
  it("covers what a desk sees: every level above L0, and every tier", () => {
    const levels = new Set(known.map(({ answer }) => (answer as { level: string }).level));
    const tiers = new Set(known.map(({ answer }) => (answer as { tier: string }).tier));
    assert.deepEqual([...levels].toSorted(), ["L1", "L2", "L3", "L4"]);
    assert.deepEqual([...tiers].toSorted(), ["R1", "R2", "R3", "R4", "R5"]);
  });

  for (const each of known)
    it(`is still answered as it was: ${each.id}`, () => {
      // Whoever changes a rule on purpose answers anew with scripts/known-answers.ts and reads the difference.
      assert.deepEqual(JSON.parse(JSON.stringify(answerTo(each))), each.answer);
    });
});
