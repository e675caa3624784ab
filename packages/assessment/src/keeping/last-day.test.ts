import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneClock } from "@fairlead/report";
import * as fc from "fast-check";
import { addMonths } from "../rules/retention.ts";
import { dayAt, endOfDay, endOfMonths } from "./last-day.ts";

const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
const year = (from: string, zone: string) => iso(endOfMonths(Date.parse(from), 12, zone));
const ZONES = ["UTC", "Europe/London", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe"];

test("a year ends at the midnight after the same day, by the clocks of the law's own country", () => {
  assert.equal(year("2026-11-22T15:00:00Z", "America/New_York"), "2027-11-23T05:00:00.000Z");
  assert.equal(year("2026-11-22T15:00:00Z", "Europe/London"), "2027-11-23T00:00:00.000Z");
  // In London it was 2 June already, and in Virginia still 1 June; both have summer time a year later.
  assert.equal(year("2026-06-01T23:30:00Z", "Europe/London"), "2027-06-02T23:00:00.000Z");
  assert.equal(year("2026-06-01T23:30:00Z", "America/New_York"), "2027-06-02T04:00:00.000Z");
});

test("a year from 29 February is 28 February, and four years are 29 February again", () => {
  assert.equal(year("2028-02-29T12:00:00Z", "Europe/London"), "2029-03-01T00:00:00.000Z");
  const from = Date.parse("2028-02-29T12:00:00Z");
  assert.equal(iso(endOfMonths(from, 48, "Europe/London")), "2032-03-01T00:00:00.000Z");
  assert.equal(year("2027-02-28T12:00:00Z", "Europe/London"), "2028-02-29T00:00:00.000Z");
  // 29 February only in Virginia: the UTC day is 1 March.
  assert.equal(year("2028-03-01T02:00:00Z", "America/New_York"), "2029-03-01T05:00:00.000Z");
});

test("in no zone is a clock shorter than its months by the clocks there, or longer than to the next midnight", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse("2024-05-07"), max: Date.parse("2040-01-01") }),
      fc.constantFrom(...ZONES.map((zone) => zoneClock(zone))),
      fc.constantFrom(3, 12, 60),
      (from, clock, months) => {
        const end = endOfMonths(from, months, clock.zone);
        const there = addMonths(clock.shownAt(from), months);
        assert.ok(clock.shownAt(end) > there, `${iso(from)} ${clock.zone} ${months} ends ${iso(end)}`);
        assert.ok(clock.shownAt(end) <= there + 86_400_000);
        assert.notEqual(dayAt(end, clock.zone), dayAt(end - 1, clock.zone));
      },
    ),
    { numRuns: 1000 },
  );
});

test("a last day counts until its midnight where it was said, also where clocks change at midnight", () => {
  assert.equal(iso(endOfDay("2027-06-30", "Europe/London")), "2027-06-30T23:00:00.000Z");
  assert.equal(iso(endOfDay("2027-06-30", "America/New_York")), "2027-07-01T04:00:00.000Z");
  // Cuba sets its clocks forward at midnight: 8 March 2026 begins at one o'clock.
  assert.equal(iso(endOfDay("2026-03-07", "America/Havana")), "2026-03-08T05:00:00.000Z");
  // Samoa had no 30 December 2011.
  assert.equal(iso(endOfDay("2011-12-29", "Pacific/Apia")), "2011-12-30T10:00:00.000Z");
  assert.equal(dayAt(endOfDay("2028-02-29", "Europe/London")! - 1, "Europe/London"), "2028-02-29");
});

test("what is no date, and a zone that nobody knows, has no end", () => {
  for (const day of ["2027-02-29", "2027-13-01", "2027-00-10", "2027-04-31", "30 June 2027", "2027-6-30"])
    assert.equal(endOfDay(day, "UTC"), undefined, day);
  assert.equal(endOfDay("2027-06-30", "Europe/Atlantis"), undefined);
});
