import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "../simulate.ts";
import { scoreErrors } from "./errors.ts";
import { scoreLevels } from "./levels.ts";
import { scoreRouting, type Route } from "./routing.ts";
import { scoreUrgency } from "./urgency.ts";

const truths = Array.from(
  simulate({
    seed: "scores",
    count: 640,
    profile: "uk-demo",
    startAt: 1_772_366_400_000,
    material: "stand-in",
  }),
  ({ truth }) => truth,
);

test("routes that follow the plan are all right, and none is missed", () => {
  const routes = new Map<string, Route>(
    truths.flatMap(({ caseNumber, plan }) =>
      plan.refer === null ? [] : [[caseNumber, { force: plan.refer.force, basis: "resolved" }] as const],
    ),
  );
  const score = scoreRouting(routes, truths);
  assert.deepEqual(score, {
    routed: routes.size,
    right: 1,
    missed: 0,
    fromGeolocationAlone: 0,
    elsewhere: 0,
  });
  assert.equal(scoreRouting(new Map(), truths).missed, 1);
});

test("wrong forces, geolocation alone and reports from elsewhere are counted", () => {
  const routes = new Map(
    truths.map(({ caseNumber }) => [caseNumber, { force: "gwent", basis: "geolocation" } as const]),
  );
  const score = scoreRouting(routes, truths);
  assert.equal(score.fromGeolocationAlone, truths.length);
  assert.equal(score.elsewhere, truths.filter(({ force }) => force === null).length);
  assert.ok(score.right < 0.1);
});

test("urgent reports that were found, and alarms that were false, are told apart", () => {
  const right = new Map(truths.map(({ caseNumber, urgency }) => [caseNumber, urgency]));
  assert.deepEqual(scoreUrgency(right, truths), {
    urgent: truths.filter(({ urgency }) => urgency === "R1" || urgency === "R2").length,
    recall: 1,
    falseAlarms: 0,
    exact: 1,
  });
  const all = scoreUrgency(new Map(truths.map(({ caseNumber }) => [caseNumber, "R1"] as const)), truths);
  assert.equal(all.recall, 1);
  assert.ok(all.falseAlarms > 0.9);
  assert.equal(scoreUrgency(new Map(), truths).recall, 0);
});

test("errors that were named are caught, and kinds that are not there are invented", () => {
  const found = new Map(
    truths.map(({ caseNumber, errors }) => [caseNumber, new Set(errors.map(({ kind }) => kind))]),
  );
  const score = scoreErrors(found, truths);
  assert.deepEqual([score.caught, score.invented], [1, 0]);
  assert.ok(score.injected > 100);
  assert.equal(scoreErrors(new Map(), truths).caught, 0);
  const guess = scoreErrors(
    new Map(truths.map(({ caseNumber }) => [caseNumber, new Set(["wrong-year"] as const)])),
    truths,
  );
  assert.ok(
    guess.byKind["wrong-year"].caught === guess.byKind["wrong-year"].injected && guess.invented > 600,
  );
});

test("levels are compared where the facts determine them, and a level too high is told from one too low", () => {
  const expected = new Map(
    truths.flatMap(({ caseNumber, expected: { atReceipt } }) =>
      atReceipt.level === null ? [] : [[caseNumber, atReceipt.level] as const],
    ),
  );
  assert.deepEqual(scoreLevels(expected, truths, "atReceipt"), {
    graded: expected.size,
    right: 1,
    tooHigh: 0,
    tooLow: 0,
  });
  const high = scoreLevels(
    new Map(truths.map(({ caseNumber }) => [caseNumber, "L4"] as const)),
    truths,
    "atReceipt",
  );
  assert.equal(high.tooHigh, 1);
  const low = scoreLevels(expected, truths, "afterEnquiries");
  assert.ok(low.tooLow > 0.3 && low.tooHigh === 0);
});
