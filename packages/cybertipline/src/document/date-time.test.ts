import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { earliestMoment, readDate, readDateTime } from "./date-time.ts";
import { parseReportNumber } from "./scalars.ts";

const MIDNIGHT = Date.UTC(2026, 2, 1);

describe("a date and time", () => {
  it("is read with its zone", () => {
    assert.deepEqual(readDateTime("2026-03-01T00:00:00Z"), { epochMilliseconds: MIDNIGHT, offsetMinutes: 0 });
    assert.deepEqual(readDateTime("2026-03-01T05:30:00+05:30"), {
      epochMilliseconds: MIDNIGHT,
      offsetMinutes: 330,
    });
    assert.deepEqual(readDateTime("2026-02-28T10:00:00-14:00"), {
      epochMilliseconds: MIDNIGHT,
      offsetMinutes: -840,
    });
    assert.equal(Object.is(readDateTime("2026-03-01T00:00:00-00:00")?.offsetMinutes, 0), true);
  });

  it("is told apart from one that names no zone", () => {
    assert.equal(readDateTime("2026-03-01T00:00:00")?.offsetMinutes, undefined);
  });

  it("loses what is below a millisecond, without rounding up", () => {
    assert.equal(readDateTime("2026-03-01T00:00:00.0019999Z")?.epochMilliseconds, MIDNIGHT + 1);
    assert.equal(readDateTime("2026-03-01T00:00:00.5Z")?.epochMilliseconds, MIDNIGHT + 500);
  });

  it("may be the end of a day, and years may have more or fewer than the usual digits' worth", () => {
    assert.equal(readDateTime("2026-02-28T24:00:00Z")?.epochMilliseconds, MIDNIGHT);
    assert.equal(readDateTime("0050-01-01T00:00:00Z")?.epochMilliseconds, new Date("0050-01-01").getTime());
    assert.notEqual(readDateTime("-2026-03-01T00:00:00Z"), undefined);
    assert.notEqual(readDateTime("12026-03-01T00:00:00Z"), undefined);
  });

  const impossible = [
    "",
    "2026-03-01",
    "2026-03-01 00:00:00Z",
    "2026-03-01T00:00Z",
    "2026-03-01T00:00:00z",
    "2026-03-01T00:00:00.Z",
    "2026-03-01T00:00:00+0100",
    "2026-03-01T00:00:00+14:01",
    "2026-03-01T00:00:00+00:60",
    "2026-03-01T24:00:01Z",
    "2026-03-01T24:00:00.1Z",
    "2026-03-01T25:00:00Z",
    "2026-03-01T23:60:00Z",
    "2026-03-01T23:59:60Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "02026-01-01T00:00:00Z",
    "+2026-01-01T00:00:00Z",
    "26-01-01T00:00:00Z",
  ];
  for (const text of impossible) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      assert.equal(readDateTime(text), undefined);
    });
  }

  it("is the moment that JavaScript's own reading gives, for every moment and zone", () => {
    const moment = fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9999-12-30T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.constantFrom("Z", "+01:00", "-09:30", "+13:45"), (date, zone) => {
        const text = `${date.toISOString().slice(0, -1)}${zone}`;
        assert.equal(readDateTime(text)?.epochMilliseconds, Date.parse(text));
      }),
    );
  });
});

describe("a date", () => {
  it("is read with its zone, if it has one", () => {
    assert.deepEqual(readDate("2010-05-31"), { year: 2010, month: 5, day: 31, offsetMinutes: undefined });
    assert.equal(readDate("2010-05-31-05:00")?.offsetMinutes, -300);
    assert.equal(readDate("2010-05-32"), undefined);
    assert.equal(readDate("2010-05-31T00:00:00Z"), undefined);
  });

  it("begins first where days begin first, unless it names its zone", () => {
    const earliest = (text: string): number => {
      const date = readDate(text);
      assert.ok(date);
      return earliestMoment(date);
    };
    assert.equal(earliest("2026-03-01"), MIDNIGHT - 14 * 3_600_000);
    assert.equal(earliest("2026-03-01Z"), MIDNIGHT);
    assert.equal(earliest("2026-03-01-05:00"), MIDNIGHT + 5 * 3_600_000);
  });
});

describe("a report number", () => {
  it("is digits in their one canonical form", () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ["250799407", "250799407"],
      ["0", "0"],
      ["-0", "0"],
      ["+007", "7"],
      ["9223372036854775807", "9223372036854775807"],
      ["9223372036854775808", undefined],
      ["-1", undefined],
      ["", undefined],
      ["+", undefined],
      [" 1", undefined],
      ["1.0", undefined],
      ["1e3", undefined],
      ["٣", undefined],
    ];
    for (const [text, number] of cases) assert.equal(parseReportNumber(text), number, text);
  });

  it("is not read from a flood of digits", () => {
    assert.equal(parseReportNumber("9".repeat(1_000_000)), undefined);
    assert.equal(parseReportNumber(`${"0".repeat(1_000_000)}9`), "9");
  });
});
