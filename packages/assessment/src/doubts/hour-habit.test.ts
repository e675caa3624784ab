import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parseMoment, type Report } from "@fairlead/report";
import { exampleReport } from "../testing/index.ts";
import { foldHours, mergeHours, NO_HABIT, showsTwelveHours, type HourHabit } from "./hour-habit.ts";

/** A report that shows one hour of one clock. */
const showing = (hour: number): Report => {
  const occurred = parseMoment(`2026-11-14T${String(hour).padStart(2, "0")}:20:31Z`);
  assert.ok(occurred);
  return exampleReport({ persons: [], incident: { type: "abuse-material", occurred } });
};
const day = (index: number) => new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10);
const folded = (hours: readonly number[], on: (index: number) => string, habit: HourHabit = NO_HABIT) =>
  hours.reduce((before, hour, index) => foldHours(before, showing(hour), on(index)), habit);
const hours = (count: number, from: (index: number) => number) =>
  Array.from({ length: count }, (_, i) => from(i));

describe("the hours of a sender", () => {
  it("show a 12-hour clock once sixty reports in a row have none above 12 and none at 0", () => {
    const morning = (index: number) => 1 + (index % 12);
    assert.equal(
      showsTwelveHours(
        folded(hours(59, morning), () => day(0)),
        day(0),
      ),
      false,
    );
    assert.equal(
      showsTwelveHours(
        folded(hours(60, morning), () => day(0)),
        day(0),
      ),
      true,
    );
    assert.equal(
      showsTwelveHours(
        folded([...hours(200, morning), 13], () => day(0)),
        day(0),
      ),
      false,
    );
    assert.equal(
      showsTwelveHours(
        folded([...hours(200, morning), 0], () => day(0)),
        day(0),
      ),
      false,
    );
  });

  it("show a clock that was changed from the first whole day after the change", () => {
    const before = folded(
      hours(100, (i) => i % 24),
      () => day(0),
    );
    const after = folded(
      hours(80, (i) => 1 + (i % 12)),
      () => day(1),
      before,
    );
    assert.equal(showsTwelveHours(after, day(0)), false);
    assert.equal(showsTwelveHours(after, day(1)), true);
  });

  it("count once a report, however many events it lists", () => {
    const one = showing(9);
    const many = { ...one, evidence: [], persons: [] };
    assert.deepEqual(foldHours(NO_HABIT, many, day(0)), { days: { [day(0)]: { within: 1, beyond: 0 } } });
  });

  it("are the same in any order of arrival, and however they were divided among machines", () => {
    const shown = fc.array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(shown, fc.nat(60), fc.integer(), (list, cut, seed) => {
        const all = (some: typeof list) =>
          folded(
            some.map(([hour]) => hour),
            (i) => day(some[i]?.[1] ?? 0),
          );
        const shuffled = list.map((each, i) => ({ each, key: Math.imul(seed ^ i, 2_654_435_761) }));
        shuffled.sort((a, b) => a.key - b.key);
        assert.deepEqual(all(shuffled.map(({ each }) => each)), all(list));
        assert.deepEqual(mergeHours(all(list.slice(0, cut)), all(list.slice(cut))), all(list));
      }),
      { numRuns: 60 },
    );
  });

  it("of a sender that reports by day are not taken for a 12-hour clock's", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 8, max: 19 }), { minLength: 150, maxLength: 300 }), (list) => {
        assert.equal(
          showsTwelveHours(
            folded(list, () => day(0)),
            day(0),
          ),
          !list.some((hour) => hour > 12),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("are kept for ninety days with reports", () => {
    const habit = folded(
      hours(120, () => 9),
      day,
    );
    assert.equal(Object.keys(habit.days).length, 90);
    assert.equal(day(119) in habit.days && !(day(0) in habit.days), true);
  });
});
