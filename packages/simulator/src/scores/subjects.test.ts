import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { simulate } from "../simulate.ts";
import type { Truth } from "../truth.ts";
import { scoreSubjects } from "./subjects.ts";

const truths: Truth[] = Array.from(
  simulate({
    seed: "scores",
    count: 300,
    profile: "uk-demo",
    startAt: 1_772_366_400_000,
    material: "stand-in",
  }),
  ({ truth }) => truth,
);
const [template] = truths;
assert.ok(template);
const made = (caseNumber: string, person: string, extra: Partial<Truth> = {}): Truth => ({
  ...template,
  caseNumber,
  person,
  viralItems: [],
  networks: [],
  ...extra,
});

test("the example of the measure's authors is scored as they score it", () => {
  // Bagga and Baldwin (1998), figure 1: people 1-5, 6-7 and 8-12; the second and third are joined.
  const people = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3];
  const example = people.map((person, i) => made(`c${i}`, `p${person}`));
  const assigned = new Map(people.map((person, i) => [`c${i}`, person === 1 ? "first" : "second"]));
  const score = scoreSubjects(assigned, example);
  // 5 x 1 + 2 x 2/7 + 5 x 5/7, over 12: they give 76 percent.
  assert.equal(score.precision.toFixed(4), "0.7619");
  assert.equal(score.recall, 1);
});

test("the truth itself scores full marks", () => {
  const score = scoreSubjects(new Map(truths.map(({ caseNumber, person }) => [caseNumber, person])), truths);
  assert.deepEqual([score.precision.toFixed(9), score.recall.toFixed(9)], ["1.000000000", "1.000000000"]);
  assert.equal(score.subjects, score.people);
  assert.equal(score.viralSubjects, 0);
});

test("joining nothing is precise and recalls little; joining all recalls all and is worth nothing", () => {
  const none = scoreSubjects(new Map(), truths);
  assert.equal(none.precision, 1);
  assert.equal(none.subjects, truths.length);
  assert.ok(none.recall < 0.7);
  const all = scoreSubjects(new Map(truths.map(({ caseNumber }) => [caseNumber, "everybody"])), truths);
  assert.equal(all.recall.toFixed(9), "1.000000000");
  assert.ok(all.precision < 0.2);
  assert.equal(all.largest, 1);
});

test("a subject that joins people who share a viral item or an address is counted as such", () => {
  const viral = [
    made("a", "one", { viralItems: ["video-3"] }),
    made("b", "two", { viralItems: ["video-3"] }),
  ];
  const joined = new Map([
    ["a", "s"],
    ["b", "s"],
  ]);
  assert.equal(scoreSubjects(joined, viral).viralSubjects, 1);
  assert.equal(scoreSubjects(new Map(), viral).viralSubjects, 0);
  const networks = [{ address: "198.51.100.7", country: "GB", network: "carrier-nat" as const }];
  const shared = [made("a", "one", { networks }), made("b", "two", { networks })];
  assert.equal(scoreSubjects(joined, shared).sharedAddressSubjects, 1);
  assert.equal(scoreSubjects(joined, [made("a", "one"), made("b", "two")]).sharedAddressSubjects, 0);
});

test("both measures lie between nought and one, and a subject's name does not matter", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))),
      (pairs) => {
        const list = pairs.map(([person], i) => made(`c${i}`, `p${person}`));
        const assigned = (name: (subject: number) => string) =>
          new Map(pairs.map(([, subject], i) => [`c${i}`, name(subject)]));
        const score = scoreSubjects(assigned(String), list);
        for (const value of [score.precision, score.recall]) assert.ok(value >= 0 && value <= 1 + 1e-9);
        assert.deepEqual(
          scoreSubjects(
            assigned((subject) => `alone c${subject}`),
            list,
          ),
          score,
        );
      },
    ),
  );
});

test("an empty stream is scored without a division by nought", () => {
  assert.deepEqual(scoreSubjects(new Map(), []).precision, 1);
});
