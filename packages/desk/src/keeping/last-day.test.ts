import assert from "node:assert/strict";
import { test } from "node:test";
import { dayAfter, lastDayWords, zonesFor } from "./last-day.ts";

test("days are counted by the calendar of the zone, over leap days and changes of clocks", () => {
  const late = Date.parse("2026-11-22T23:30:00Z");
  assert.equal(dayAfter(late, 90, "Europe/London"), "2027-02-20");
  assert.equal(dayAfter(late, 90, "Asia/Kolkata"), "2027-02-21");
  assert.equal(dayAfter(Date.parse("2028-02-28T12:00:00Z"), 1, "UTC"), "2028-02-29");
  assert.equal(dayAfter(Date.parse("2026-03-28T23:30:00Z"), 1, "Europe/London"), "2026-03-29");
});

test("the person's own zone comes first, and none twice", () => {
  assert.deepEqual(zonesFor("UTC"), ["UTC", "Europe/London", "America/New_York", "America/Los_Angeles"]);
  assert.equal(zonesFor("Europe/Dublin")[0], "Europe/Dublin");
});

test("a last day is read as a date, not as digits, and a text that is none stands as it is", () => {
  assert.equal(lastDayWords({ day: "2027-02-20", zone: "UTC" }), "through 20 Feb 2027 (UTC)");
  assert.equal(lastDayWords({ day: "soon", zone: "UTC" }), "through soon (UTC)");
});
