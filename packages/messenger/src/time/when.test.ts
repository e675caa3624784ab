import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { dayLabel, fullTime, listTime, spanWords } from "./when.ts";

const now = new Date(2026, 10, 22, 14, 3).getTime();
const daysAgo = (days: number, hour = 9) => new Date(2026, 10, 22 - days, hour, 5).getTime();

suite("times as people say them", () => {
  test("a day is today, yesterday, a weekday of this year, or a date with its year", () => {
    assert.equal(dayLabel(daysAgo(0), now), "Today");
    assert.equal(dayLabel(daysAgo(1, 23), now), "Yesterday");
    assert.equal(dayLabel(daysAgo(6), now), "Monday 16 November");
    assert.equal(dayLabel(new Date(2025, 4, 3).getTime(), now), "3 May 2025");
  });

  test("the list says the hour, then the day, then the date", () => {
    assert.equal(listTime(daysAgo(0), now), "09:05");
    assert.equal(listTime(daysAgo(1), now), "Yesterday");
    assert.equal(listTime(daysAgo(4), now), "Wednesday");
    assert.equal(listTime(daysAgo(12), now), "10 Nov");
  });

  test("the whole instant names its zone", () => {
    assert.match(fullTime(now), /^Sunday,? 22 November 2026 at 14:03:00 \S+/);
  });

  test("a span is said in its largest whole unit", () => {
    assert.equal(spanWords(30), "30 seconds");
    assert.equal(spanWords(60), "1 minute");
    assert.equal(spanWords(5_400), "90 minutes");
    assert.equal(spanWords(86_400), "1 day");
    assert.equal(spanWords(1_209_600), "2 weeks");
  });
});
