import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { doubtsIn, doubtsOfCode, incidentAt, NOV, suspectAt, suspectWith, when } from "../testing/doubted.ts";
import { exampleEvent, exampleFile } from "../testing/index.ts";

describe("a time among others", () => {
  it("a year from all others is named with the year that fits, and none of the others is", () => {
    const found = doubtsIn({
      incident: incidentAt(NOV),
      persons: suspectAt("2025-11-12T15:20:31Z", "2026-11-11T08:01:02Z"),
    });
    assert.deepEqual(
      found.map(({ code, path, couldBe }) => [code, path, couldBe]),
      [["doubt.wrong-year", "/report/persons/0/events/0/moment", ["2026-11-12T15:20:31Z"]]],
    );
  });

  it("a year back with everything else of the report is named, each time of it", () => {
    const found = doubtsIn({
      incident: incidentAt("2025-11-14T15:20:31Z"),
      persons: suspectAt("2025-11-12T15:20:31Z"),
    });
    assert.deepEqual(
      found.map(({ code }) => code),
      ["doubt.wrong-year", "doubt.wrong-year"],
    );
    assert.deepEqual(doubtsIn({ incident: incidentAt("2025-12-14T15:20:31Z"), persons: [] }), []);
  });

  it("after the receipt is in the future, with the readings that are not", () => {
    const found = doubtsIn({ incident: incidentAt("2026-12-05T15:20:31Z"), persons: [] });
    assert.deepEqual(doubtsOfCode(found, "doubt.future")[0]?.couldBe, [
      "2026-05-12T15:20:31Z",
      "2025-12-05T15:20:31Z",
    ]);
    assert.deepEqual(doubtsIn({ incident: incidentAt("2026-11-22T12:00:59Z"), persons: [] }), []);
  });

  it("without a zone is in the future only where no clock on earth shows it yet", () => {
    const codes = (raw: string) => doubtsIn({ incident: incidentAt(raw) }).map(({ code }) => code);
    assert.ok(codes("2026-11-22T20:00:05Z").includes("doubt.future"));
    assert.ok(!codes("2026-11-23T01:59:05").includes("doubt.future"));
    assert.ok(codes("2026-11-23T02:01:05").includes("doubt.future"));
    assert.ok(codes("2026-11-23T01:59:05").includes("doubt.zone-missing"));
  });

  it("whose day and month are exchanged is named when the other reading lies among the others", () => {
    const found = doubtsIn({
      incident: incidentAt("2026-08-11T15:20:31Z"),
      persons: suspectAt("2026-11-06T15:20:31Z"),
    });
    const named = found.find(({ path }) => path === "/report/incident/occurred");
    assert.equal(named?.code, "doubt.day-month-swapped");
    assert.deepEqual(named.couldBe, ["2026-11-08T15:20:31Z"]);
    assert.deepEqual(named.against, ["/report/persons/0/events/0/moment"]);
  });

  it("whose day is above 12 is in no such doubt", () => {
    const found = doubtsIn({
      incident: incidentAt("2026-08-13T15:20:31Z"),
      persons: suspectAt("2026-11-06T15:20:31Z"),
    });
    assert.equal(found.filter(({ path }) => path === "/report/incident/occurred").length, 0);
  });

  it("and alone is compared with the day of receipt", () => {
    const lone = (raw: string) =>
      doubtsIn({ incident: incidentAt(raw), persons: [] }).map(({ code }) => code);
    assert.deepEqual(lone("2026-08-11T15:20:31Z"), ["doubt.day-month-swapped"]);
    assert.deepEqual(lone("2026-10-04T15:20:31Z"), [], "the other reading lies farther away");
    assert.deepEqual(lone("2026-11-10T15:20:31Z"), []);
    assert.deepEqual(lone("2026-08-13T15:20:31Z"), []);
  });

  it("before the account was registered, or the platform was there, is named", () => {
    const registered = { kind: "registration" as const, moment: when("2026-11-10T10:00:05Z") };
    const found = doubtsIn({
      incident: incidentAt(NOV),
      persons: suspectWith(registered, { moment: when("2026-11-08T10:00:05Z") }),
    });
    assert.deepEqual(
      found.map(({ code, path, against }) => [code, path, against]),
      [["doubt.before-account", "/report/persons/0/events/1/moment", ["/report/persons/0/events/0/moment"]]],
    );
    const early = doubtsIn({
      incident: incidentAt(NOV, { platform: "Discord" }),
      persons: suspectAt("2014-06-14T15:20:31Z"),
    });
    assert.equal(doubtsOfCode(early, "doubt.before-platform").length, 1);
  });

  it("and its file's upload event must agree, or both are in doubt", () => {
    const file = (raw: string) => ({
      incident: incidentAt(NOV),
      persons: [],
      evidence: [exampleFile({ uploadedAt: when(NOV), events: [exampleEvent({ moment: when(raw) })] })],
    });
    assert.deepEqual(doubtsIn(file("2026-11-14T15:21:31Z")), []);
    const found = doubtsIn(file("2026-11-14T03:20:31Z"));
    assert.deepEqual(
      found.map(({ code, path }) => [code, path]),
      [
        ["doubt.times-disagree", "/report/evidence/0/uploadedAt"],
        ["doubt.times-disagree", "/report/evidence/0/events/0/moment"],
      ],
    );
    assert.match(found[0]?.text ?? "", /12 hours/);
  });
});
