import assert from "node:assert/strict";
import { test } from "node:test";
import { ERROR_KINDS } from "../profile.ts";
import { errorBits, errorKinds } from "../year/compact.ts";
import { simulateYear } from "../year/simulate-year.ts";
import { addJudged, caughtShare, emptyTally, mergeTallies, shareOf, type Judged } from "./judgement-tally.ts";

const truths = Array.from(
  simulateYear({ year: 2023, seed: "tally", total: 2_000, to: 1_500 }),
  (one) => one.compact,
);
const tallyOf = (judge: (truth: (typeof truths)[number]) => Judged) => {
  const tally = emptyTally();
  for (const truth of truths) addJudged(tally, truth, judge(truth));
  return tally;
};
const time = ["twelve-hour", "wrong-year", "day-month-swapped", "no-zone", "ip-digits-transposed"] as const;

test("a station that judges as the truth does has full marks", () => {
  const tally = tallyOf(({ tier, force, errors }) => ({
    tier,
    force,
    basis: "resolved",
    caught: errors,
    named: errors,
  }));
  assert.equal(tally.reports, truths.length);
  assert.ok(tally.made.some((count) => count > 0));
  assert.deepEqual(
    [tally.urgentFound, tally.falseAlarms, tally.right, tally.fromGeolocationAlone, caughtShare(tally, time)],
    [tally.urgent, 0, tally.resolved, 0, 1],
  );
});

test("one that cries every time, sees no error and trusts geolocation is seen through", () => {
  const tally = tallyOf(() => ({ tier: 1, force: 3, basis: "geolocation", caught: 0, named: 0 }));
  assert.equal(tally.falseAlarms, truths.filter(({ tier }) => tier !== 1).length);
  assert.equal(tally.fromGeolocationAlone, truths.length);
  assert.equal(caughtShare(tally, time), 0);
  const bits = errorBits(["wrong-year"]);
  const invents = tallyOf(() => ({ tier: 5, force: -1, basis: "none", caught: bits, named: bits }));
  const place = ERROR_KINDS.indexOf("wrong-year");
  assert.equal(invents.invented[place], truths.length - (invents.made[place] ?? 0));
  const catches = tallyOf(() => ({ tier: 5, force: -1, basis: "none", caught: bits, named: 0 }));
  assert.deepEqual([catches.invented[place], catches.caught[place]], [0, invents.caught[place]]);
});

test("what nothing speaks against is not asked of anybody, and is counted", () => {
  const [one] = truths;
  assert.ok(one);
  const tally = emptyTally();
  const bits = errorBits(["wrong-year"]);
  addJudged(
    tally,
    { ...one, errors: bits, silent: bits },
    { tier: 5, force: -1, basis: "none", caught: 0, named: 0 },
  );
  assert.equal(caughtShare(tally, ["wrong-year"]), 1);
  assert.equal(
    tally.silent.reduce((sum, count) => sum + count, 0),
    1,
  );
  assert.deepEqual(errorKinds(bits), ["wrong-year"]);
});

test("tallies of parts add up to that of the whole", () => {
  const judge = ({ tier, force }: (typeof truths)[number]): Judged => ({
    tier,
    force,
    basis: "none",
    caught: 1,
    named: 1,
  });
  const [first, second] = [emptyTally(), emptyTally()];
  truths.forEach((truth, row) => addJudged(row < 700 ? first : second, truth, judge(truth)));
  assert.deepEqual(mergeTallies(first, second), tallyOf(judge));
  assert.equal(shareOf(0, 0), 1);
});
