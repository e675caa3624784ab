import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { epochMs, parseMoment } from "@fairlead/report";
import { DAY, HOUR, inFold, lastSwappable, stated, swapped, ukOffset } from "./time.ts";

const at = (text: string) => Date.parse(text);
const times = fc.integer({ min: at("2020-01-01T00:00:00Z") / 1000, max: at("2030-01-01T00:00:00Z") / 1000 });

test("a time is right in UTC and in local time, which names its offset", () => {
  const summer = at("2026-07-04T21:05:09Z");
  assert.equal(stated(summer, "utc").raw, "2026-07-04T21:05:09Z");
  assert.equal(stated(summer, "local").raw, "2026-07-04T22:05:09+01:00");
  assert.equal(stated(at("2026-01-04T21:05:09Z"), "local").raw, "2026-01-04T21:05:09+00:00");
  fc.assert(
    fc.property(times, fc.constantFrom("utc", "local"), (seconds, style) =>
      assert.equal(epochMs(stated(seconds * 1000, style)), seconds * 1000),
    ),
  );
});

test("a time without a zone, or of a clock of twelve hours, has no instant", () => {
  const evening = at("2026-07-04T21:05:09Z");
  assert.deepEqual(stated(evening, "no-zone"), { raw: "2026-07-04T22:05:09", zone: "none" });
  assert.deepEqual(stated(evening, "twelve-hour"), { raw: "2026-07-04T10:05:09", zone: "none" });
  assert.equal(stated(at("2026-01-04T00:30:00Z"), "twelve-hour").raw, "2026-01-04T12:30:00");
  assert.equal(stated(at("2026-01-04T12:30:00Z"), "twelve-hour").raw, "2026-01-04T12:30:00");
});

test("day and month change places where that makes another date", () => {
  assert.equal(stated(at("2026-02-01T08:00:00Z"), "day-month-swapped").raw, "2026-01-02T08:00:00Z");
  assert.equal(swapped(at("2026-02-13T08:00:00Z")), undefined);
  assert.equal(swapped(at("2026-02-02T08:00:00Z")), undefined);
});

test("a time can be found whose swapped date has passed", () => {
  fc.assert(
    fc.property(times, (seconds) => {
      const limit = seconds * 1000;
      const found = lastSwappable(limit - DAY, limit);
      const wrong = swapped(found);
      assert.ok(found < limit && wrong !== undefined && wrong < limit && wrong !== found);
      assert.ok(limit - found < 366 * DAY);
    }),
  );
});

test("the wrong year is the year before", () => {
  assert.equal(stated(at("2026-02-01T08:00:00Z"), "wrong-year").raw, "2025-02-01T08:00:00Z");
  assert.equal(epochMs(stated(at("2024-02-29T08:00:00Z"), "wrong-year")), at("2023-03-01T08:00:00Z"));
});

test("summer time begins and ends at 01:00 UTC on the last Sundays of March and October", () => {
  for (const [text, offset] of [
    ["2026-03-29T00:59:59Z", 0],
    ["2026-03-29T01:00:00Z", HOUR],
    ["2026-10-25T00:59:59Z", HOUR],
    ["2026-10-25T01:00:00Z", 0],
    ["2024-03-31T01:00:00Z", HOUR],
  ] as const)
    assert.equal(ukOffset(at(text)), offset, text);
});

test("while the fold lasts, the one of the year before is taken", () => {
  const fold = at("2026-10-25T00:00:00Z");
  assert.ok(inFold(fold + HOUR, 0.9) < fold - 300 * DAY);
  assert.equal(inFold(fold + 3 * HOUR, 0), fold);
});

test("a time in the fold is one that clocks showed twice, and it has passed", () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (seconds, part) => {
      const limit = seconds * 1000;
      const found = inFold(limit, part);
      assert.ok(found < limit && limit - found < 372 * DAY);
      const { raw } = stated(found, "no-zone");
      assert.match(raw, /-10-\d\dT01:/);
      const twin = ukOffset(found) === HOUR ? found + HOUR : found - HOUR;
      assert.equal(stated(twin, "no-zone").raw, raw);
    }),
  );
});

test("a time is written as whoever reads it back finds it", () => {
  const styles = ["utc", "local", "no-zone", "twelve-hour", "day-month-swapped", "wrong-year"] as const;
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2027, 0, 1) }),
      fc.constantFrom(...styles),
      (at, style) => {
        const moment = stated(at, style);
        assert.deepEqual(parseMoment(moment.raw), moment);
      },
    ),
  );
});
