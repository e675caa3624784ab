import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { yearCrowd } from "./crowd.ts";
import { keyed } from "./keyed.ts";

const rates = { zipf: 2, most: 500 };

test("every report is about somebody, and the reports of somebody are those that are about them, in order", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1200 }), (seed, total) => {
      const crowd = yearCrowd(keyed(seed), total, rates);
      const about = new Map<number, number[]>();
      for (let index = 0; index < total; index += 1) {
        const { person, reports, ordinal } = crowd.whom(index);
        assert.ok(person >= 0 && person < crowd.people && ordinal < reports);
        about.set(person, [...(about.get(person) ?? []), index]);
      }
      assert.equal(about.size, crowd.people);
      for (const [person, indexes] of about) {
        assert.deepEqual(crowd.reportsOf(person), indexes);
        assert.equal(crowd.whom(indexes[0] ?? 0).reports, indexes.length);
      }
    }),
    { numRuns: 25 },
  );
});

test("reports a person fall off as the square of their number, and nobody has more than five hundred in five months", () => {
  const total = 2_000_000;
  const crowd = yearCrowd(keyed("crowd"), total, rates);
  const sizes = new Map<number, number>();
  let most = { person: 0, reports: 0 };
  for (let index = 0; index < total; index += 7) {
    const { person, reports } = crowd.whom(index);
    // Each report of a person is met, so that a person counts once for all of them.
    sizes.set(reports, (sizes.get(reports) ?? 0) + 1 / reports);
    if (reports > most.reports) most = { person, reports };
  }
  const ratio = (sizes.get(2) ?? 0) / (sizes.get(4) ?? 1);
  assert.ok(ratio > 3.5 && ratio < 4.5, `${ratio} times as many have two as have four; expected 4`);
  assert.ok(most.reports > 300 && most.reports <= 500, `${most.reports}`);
  const reports = crowd.reportsOf(most.person);
  const span = ((reports.at(-1) ?? 0) - (reports[0] ?? 0)) / total;
  assert.ok(span < 5 / 12, `${span} of a year`);
});

test("a whole year of the world takes no more than a table to open", () => {
  const crowd = yearCrowd(keyed("year"), 36_210_368, rates);
  assert.ok(crowd.people > 8_000_000 && crowd.people < 14_000_000, `${crowd.people}`);
  const { person } = crowd.whom(36_210_367);
  assert.ok(crowd.reportsOf(person).includes(36_210_367));
});
