import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { civilDate, dayNumber, daysInMonth } from "./civil.ts";

const DAY_MS = 86_400_000;
const days = fc.integer({ min: -719_528, max: 2_932_896 });

test("a day and its date are the same as in the runtime's calendar, from the year 0 to 9999", () => {
  fc.assert(
    fc.property(days, (day) => {
      const date = new Date(day * DAY_MS);
      const { year, month, day: ofMonth } = civilDate(day);
      assert.deepEqual(
        [year, month, ofMonth],
        [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()],
      );
      assert.equal(dayNumber(year, month, ofMonth), day);
    }),
    { numRuns: 1000 },
  );
});

test("the last day of each month is the one before the first of the next", () => {
  for (const year of [1900, 2000, 2023, 2024])
    for (let month = 1; month < 12; month += 1)
      assert.equal(dayNumber(year, month, 1) + daysInMonth(year, month), dayNumber(year, month + 1, 1));
});
