import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import {
  doubtsIn,
  doubtsOfCode,
  incidentAt,
  NOV,
  suspectAt,
  when,
  receivedAtNoon,
} from "../testing/doubted.ts";
import { type DoubtCode } from "./doubt.ts";
import { placeholderTime } from "./placeholder-time.ts";

describe("a time as it is written", () => {
  it("is in no doubt with a zone, a second and nothing against it", () => {
    assert.deepEqual(
      doubtsIn({ incident: incidentAt(NOV), persons: suspectAt(NOV, "2026-11-13T22:04:09+01:00") }),
      [],
    );
  });

  it("without a zone could be UTC or the clock of the country, and is not taken for either", () => {
    const [found] = doubtsOfCode(
      doubtsIn({ incident: incidentAt("2026-07-14T15:20:31") }),
      "doubt.zone-missing",
    );
    assert.equal(found?.path, "/report/incident/occurred");
    assert.equal(found?.stated, "2026-07-14T15:20:31");
    assert.deepEqual(found?.couldBe, ["2026-07-14T15:20:31Z", "2026-07-14T14:20:31Z"]);
    assert.match(found?.ask.what ?? "", /zone/);
  });

  it("in an hour that clocks showed twice names both instants", () => {
    const [found] = doubtsOfCode(
      doubtsIn({ incident: incidentAt("2026-10-25T01:30:00") }),
      "doubt.shown-twice",
    );
    assert.deepEqual(found?.couldBe, ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]);
    assert.match(found?.text ?? "", /Europe\/London/);
  });

  it("in an hour that clocks skipped is another zone's, or wrong", () => {
    const found = doubtsIn({ incident: incidentAt("2026-03-29T01:30:00") });
    assert.equal(doubtsOfCode(found, "doubt.never-shown").length, 1);
    assert.equal(doubtsOfCode(found, "doubt.shown-twice").length, 0);
  });

  it("without AM or PM may have been twelve hours later, unless its hour is above 12 or 0", () => {
    const couldBe = (raw: string) =>
      doubtsOfCode(doubtsIn({ incident: incidentAt(raw) }), "doubt.twelve-hour")[0]?.couldBe;
    assert.deepEqual(couldBe("2026-11-14T03:20:31"), ["2026-11-14T15:20:31Z"]);
    assert.deepEqual(couldBe("2026-11-14T12:20:31"), ["2026-11-14T00:20:31Z"]);
    assert.equal(couldBe("2026-11-14T13:20:31"), undefined);
    assert.equal(couldBe("2026-11-14T00:20:31"), undefined);
  });

  it("with a zone is a 12-hour clock's only where the sender's other reports show that", () => {
    const parts = { incident: incidentAt("2026-11-14T03:20:31Z") };
    assert.equal(doubtsIn(parts).length, 0);
    const known = doubtsIn(parts, { ...receivedAtNoon, senderHours: "twelve-hour" });
    assert.deepEqual(doubtsOfCode(known, "doubt.twelve-hour")[0]?.couldBe, ["2026-11-14T15:20:31Z"]);
  });

  const texts: [string, DoubtCode[]][] = [
    ["2026-11-14", ["doubt.date-only"]],
    ["14/11/2026", ["doubt.date-only"]],
    ["03/04/2026 15:20", ["doubt.day-month-order"]],
    ["14/11/2026 9:30", ["doubt.twelve-hour"]],
    ["14/11/2026 9:30 PM", ["doubt.unreadable-time"]],
    ["last Tuesday", ["doubt.unreadable-time"]],
    ["2026-11-14T00:00:00Z", ["doubt.midnight"]],
    ["1970-01-01T00:00:00Z", ["doubt.placeholder-time"]],
    ["1970-01-01T01:00:00+01:00", ["doubt.placeholder-time"]],
    ["1969-12-31T19:00:00-05:00", ["doubt.placeholder-time"]],
    ["0001-01-01T00:00:00Z", ["doubt.placeholder-time"]],
    ["1900-01-01T00:00:00", ["doubt.placeholder-time"]],
    ["2000-01-01T00:00:00Z", ["doubt.placeholder-time"]],
    ["2038-01-19T03:14:07Z", ["doubt.placeholder-time"]],
  ];
  for (const [raw, expected] of texts)
    it(`"${raw}" is named ${expected.join(", ")}`, () => {
      const found = doubtsIn({ incident: incidentAt(NOV), persons: suspectAt(raw) });
      const written = new Set(found.map(({ code }) => code));
      for (const code of expected) assert.ok(written.has(code), [...written].join());
    });

  it("that stands in a note only is named there, and so is what it leaves open", () => {
    const statements = [
      { topic: "note" as const, text: "Login 2026-10-25T01:30:00; upload 2026-11-14T15:20:31Z." },
    ];
    const found = doubtsIn({ incident: incidentAt(NOV), persons: [], statements });
    assert.deepEqual(new Set(found.map(({ path }) => path)), new Set(["/report/statements/0/text"]));
    assert.deepEqual(doubtsOfCode(found, "doubt.time-in-text")[0]?.stated, "2026-10-25T01:30:00");
    assert.equal(doubtsOfCode(found, "doubt.shown-twice").length, 1);
  });

  it("is no placeholder for being an ordinary time", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2002, 0, 1), max: Date.UTC(2037, 0, 1) }), (ms) => {
        const moment = when(new Date(ms).toISOString());
        const time = {
          path: "",
          moment,
          kind: "activity" as const,
          at: ms,
          wall: ms,
          upload: false,
          owner: "",
          event: undefined,
        };
        assert.equal(placeholderTime(time), undefined);
      }),
    );
  });
});
