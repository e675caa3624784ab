import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parseMoment, type Event, type Moment, type Report } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import type { AssessmentContext } from "../input/context.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import {
  aboutAddress,
  aboutFile,
  aFlag,
  arbitraryInput,
  assessed,
  attributableInput,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  TEST_NOW,
} from "../testing/index.ts";
import { DOUBTS, type Doubt, type DoubtCode } from "./doubt.ts";
import { listed } from "./doubts-of.ts";
import { placeholderTime } from "./placeholder-time.ts";
import { areTransposed } from "./addresses.ts";

const rules = defaultRuleSet();
const when = (raw: string): Moment => parseMoment(raw) ?? { raw, zone: "none" };
/** Received on 22 November 2026 at noon. */
const context = exampleContext({
  receivedAt: new Date(TEST_NOW).toISOString(),
  firstReportedAt: new Date(TEST_NOW).toISOString(),
});
const doubtsIn = (parts: Partial<Report>, about: AssessmentContext = context): readonly Doubt[] =>
  caseOf(exampleReport(parts), [], about, rules, TEST_NOW).doubts.all;
const events = (...list: Partial<Event>[]) => [
  exampleSuspect({ events: list.map((each) => exampleEvent(each)) }),
];
const at = (...raws: string[]) => events(...raws.map((raw) => ({ moment: when(raw) })));
const incident = (raw: string, parts: Partial<Report["incident"]> = {}) => ({
  ...exampleReport().incident,
  occurred: when(raw),
  ...parts,
});
const of = (doubts: readonly Doubt[], code: DoubtCode) => doubts.filter((each) => each.code === code);
const NOV = "2026-11-14T15:20:31Z";

describe("a time as it is written", () => {
  it("is in no doubt with a zone, a second and nothing against it", () => {
    assert.deepEqual(
      doubtsIn({ incident: incident(NOV), persons: at(NOV, "2026-11-13T22:04:09+01:00") }),
      [],
    );
  });

  it("without a zone could be UTC or the clock of the country, and is not taken for either", () => {
    const [found] = of(doubtsIn({ incident: incident("2026-07-14T15:20:31") }), "doubt.zone-missing");
    assert.equal(found?.path, "/report/incident/occurred");
    assert.equal(found?.stated, "2026-07-14T15:20:31");
    assert.deepEqual(found?.couldBe, ["2026-07-14T15:20:31Z", "2026-07-14T14:20:31Z"]);
    assert.match(found?.ask.what ?? "", /zone/);
  });

  it("in an hour that clocks showed twice names both instants", () => {
    const [found] = of(doubtsIn({ incident: incident("2026-10-25T01:30:00") }), "doubt.shown-twice");
    assert.deepEqual(found?.couldBe, ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]);
    assert.match(found?.text ?? "", /Europe\/London/);
  });

  it("in an hour that clocks skipped is another zone's, or wrong", () => {
    const found = doubtsIn({ incident: incident("2026-03-29T01:30:00") });
    assert.equal(of(found, "doubt.never-shown").length, 1);
    assert.equal(of(found, "doubt.shown-twice").length, 0);
  });

  it("without AM or PM may have been twelve hours later, unless its hour is above 12 or 0", () => {
    const couldBe = (raw: string) =>
      of(doubtsIn({ incident: incident(raw) }), "doubt.twelve-hour")[0]?.couldBe;
    assert.deepEqual(couldBe("2026-11-14T03:20:31"), ["2026-11-14T15:20:31Z"]);
    assert.deepEqual(couldBe("2026-11-14T12:20:31"), ["2026-11-14T00:20:31Z"]);
    assert.equal(couldBe("2026-11-14T13:20:31"), undefined);
    assert.equal(couldBe("2026-11-14T00:20:31"), undefined);
  });

  it("with a zone is a 12-hour clock's only where the sender's other reports show that", () => {
    const parts = { incident: incident("2026-11-14T03:20:31Z") };
    assert.equal(doubtsIn(parts).length, 0);
    const known = doubtsIn(parts, { ...context, senderHours: "twelve-hour" });
    assert.deepEqual(of(known, "doubt.twelve-hour")[0]?.couldBe, ["2026-11-14T15:20:31Z"]);
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
      const found = doubtsIn({ incident: incident(NOV), persons: at(raw) });
      const written = new Set(found.map(({ code }) => code));
      for (const code of expected) assert.ok(written.has(code), [...written].join());
    });

  it("that stands in a note only is named there, and so is what it leaves open", () => {
    const statements = [
      { topic: "note" as const, text: "Login 2026-10-25T01:30:00; upload 2026-11-14T15:20:31Z." },
    ];
    const found = doubtsIn({ incident: incident(NOV), persons: [], statements });
    assert.deepEqual(new Set(found.map(({ path }) => path)), new Set(["/report/statements/0/text"]));
    assert.deepEqual(of(found, "doubt.time-in-text")[0]?.stated, "2026-10-25T01:30:00");
    assert.equal(of(found, "doubt.shown-twice").length, 1);
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

describe("a time among others", () => {
  it("a year from all others is named with the year that fits, and none of the others is", () => {
    const found = doubtsIn({
      incident: incident(NOV),
      persons: at("2025-11-12T15:20:31Z", "2026-11-11T08:01:02Z"),
    });
    assert.deepEqual(
      found.map(({ code, path, couldBe }) => [code, path, couldBe]),
      [["doubt.wrong-year", "/report/persons/0/events/0/moment", ["2026-11-12T15:20:31Z"]]],
    );
  });

  it("a year back with everything else of the report is named, each time of it", () => {
    const found = doubtsIn({
      incident: incident("2025-11-14T15:20:31Z"),
      persons: at("2025-11-12T15:20:31Z"),
    });
    assert.deepEqual(
      found.map(({ code }) => code),
      ["doubt.wrong-year", "doubt.wrong-year"],
    );
    assert.deepEqual(doubtsIn({ incident: incident("2025-12-14T15:20:31Z"), persons: [] }), []);
  });

  it("after the receipt is in the future, with the readings that are not", () => {
    const found = doubtsIn({ incident: incident("2026-12-05T15:20:31Z"), persons: [] });
    assert.deepEqual(of(found, "doubt.future")[0]?.couldBe, ["2026-05-12T15:20:31Z", "2025-12-05T15:20:31Z"]);
    assert.deepEqual(doubtsIn({ incident: incident("2026-11-22T12:00:59Z"), persons: [] }), []);
  });

  it("whose day and month are exchanged is named when the other reading lies among the others", () => {
    const found = doubtsIn({
      incident: incident("2026-08-11T15:20:31Z"),
      persons: at("2026-11-06T15:20:31Z"),
    });
    const named = found.find(({ path }) => path === "/report/incident/occurred");
    assert.equal(named?.code, "doubt.day-month-swapped");
    assert.deepEqual(named.couldBe, ["2026-11-08T15:20:31Z"]);
    assert.deepEqual(named.against, ["/report/persons/0/events/0/moment"]);
  });

  it("whose day is above 12 is in no such doubt", () => {
    const found = doubtsIn({
      incident: incident("2026-08-13T15:20:31Z"),
      persons: at("2026-11-06T15:20:31Z"),
    });
    assert.equal(found.filter(({ path }) => path === "/report/incident/occurred").length, 0);
  });

  it("and alone is compared with the day of receipt", () => {
    const lone = (raw: string) => doubtsIn({ incident: incident(raw), persons: [] }).map(({ code }) => code);
    assert.deepEqual(lone("2026-08-11T15:20:31Z"), ["doubt.day-month-swapped"]);
    assert.deepEqual(lone("2026-10-04T15:20:31Z"), ["doubt.day-month-order"]);
    assert.deepEqual(lone("2026-11-10T15:20:31Z"), []);
    assert.deepEqual(lone("2026-08-13T15:20:31Z"), []);
  });

  it("before the account was registered, or the platform was there, is named", () => {
    const registered = { kind: "registration" as const, moment: when("2026-11-10T10:00:05Z") };
    const found = doubtsIn({
      incident: incident(NOV),
      persons: events(registered, { moment: when("2026-11-08T10:00:05Z") }),
    });
    assert.deepEqual(
      found.map(({ code, path, against }) => [code, path, against]),
      [["doubt.before-account", "/report/persons/0/events/1/moment", ["/report/persons/0/events/0/moment"]]],
    );
    const early = doubtsIn({
      incident: incident(NOV, { platform: "Discord" }),
      persons: at("2014-06-14T15:20:31Z"),
    });
    assert.equal(of(early, "doubt.before-platform").length, 1);
  });

  it("and its file's upload event must agree, or both are in doubt", () => {
    const file = (raw: string) => ({
      incident: incident(NOV),
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

describe("an address among others", () => {
  const from = (...addresses: string[]) =>
    events(...addresses.map((address) => ({ moment: when(NOV), ip: { raw: address, address } })));

  it("with two neighbouring digits exchanged puts both in doubt", () => {
    const found = doubtsIn({
      incident: incident(NOV),
      persons: from("192.0.2.45", "192.0.2.54", "192.0.2.45"),
    });
    assert.deepEqual(
      found.map(({ code, path, couldBe }) => [code, path, couldBe]),
      [
        ["doubt.digits-transposed", "/report/persons/0/events/0/ip", ["192.0.2.54"]],
        ["doubt.digits-transposed", "/report/persons/0/events/2/ip", ["192.0.2.54"]],
        ["doubt.digits-transposed", "/report/persons/0/events/1/ip", ["192.0.2.45"]],
      ],
    );
  });

  it("is compared with those of the subject's other reports", () => {
    const parts = { incident: incident(NOV), persons: from("192.0.2.45") };
    assert.deepEqual(doubtsIn(parts), []);
    const linked = doubtsIn(parts, { ...context, linkedAddresses: ["192.0.2.54", "192.0.2.45"] });
    assert.deepEqual(linked[0]?.against, ["/context/linkedAddresses"]);
  });

  it("that differs otherwise is another address", () => {
    assert.deepEqual(
      doubtsIn({ incident: incident(NOV), persons: from("192.0.2.45", "192.0.2.46", "192.0.2.145") }),
      [],
    );
  });

  it("is transposed in both directions or in none", () => {
    for (const [a, b] of [
      ["192.0.2.45", "192.0.2.55"],
      ["192.0.2.45", "192.0.2.44"],
      ["192.0.2.145", "192.0.2.541"],
    ] as const)
      assert.equal(areTransposed(a, b), false, `${a} ${b}`);
    const text = fc.stringMatching(/^[12.]{1,9}$/);
    fc.assert(
      fc.property(text, fc.nat(8), (one, place) => {
        assert.equal(areTransposed(one, one), false);
        const other = `${one.slice(0, place)}${one.charAt(place + 1)}${one.charAt(place)}${one.slice(place + 2)}`;
        assert.equal(areTransposed(one, other), one !== other && one.length === other.length);
        assert.equal(areTransposed(one, other), areTransposed(other, one));
      }),
    );
  });

  it("in another country than all others is named and holds nothing down, because people travel", () => {
    const report = exampleReport({
      incident: incident(NOV),
      persons: from("192.0.2.7", "192.0.2.90", "192.0.2.120"),
    });
    const claims = [
      aboutAddress("access"),
      aboutAddress("access", { address: "192.0.2.90" }),
      aboutAddress("access", { address: "192.0.2.120", country: "FR" }),
    ];
    const { all } = caseOf(report, claims, context, rules, TEST_NOW).doubts;
    assert.deepEqual(
      all.map(({ code, path }) => [code, path]),
      [["doubt.other-country", "/report/persons/0/events/2/ip"]],
    );
    assert.equal(DOUBTS["doubt.other-country"].holds, "nothing");
  });
});

describe("a doubt in an assessment", () => {
  const L3 = attributableInput();
  const with_ = (persons: Report["persons"], occurred: string) =>
    assessed({
      ...L3,
      context,
      report: {
        ...L3.report,
        incident: incident(occurred),
        persons,
        claims: [aboutFile(aFlag("viewed-in-full"))],
      },
    });

  it("is not there for a report without one, which keeps its level", () => {
    const fine = with_(at(NOV), NOV);
    assert.equal(fine.sufficiency.level, "L3");
    assert.equal("doubts" in fine, false);
  });

  it("holds the event's attribution at A2 and its time at T1, and the first question asks for the log", () => {
    const { sufficiency, doubts } = with_(at("2025-11-14T15:20:31Z"), "2025-11-14T15:20:31Z");
    assert.equal(sufficiency.level, "L2");
    assert.equal(sufficiency.attributes.attribution, "A2");
    assert.equal(sufficiency.attributes.time, "T1");
    assert.ok(sufficiency.graded.attribution.holds.some(({ code }) => code === "attribution.time-doubted"));
    assert.ok(sufficiency.graded.time.holds.some(({ code }) => code === "time.doubted"));
    assert.ok(sufficiency.unknown.some(({ code }) => code === "attribution.time-doubted"));
    assert.equal(doubts?.[0]?.code, "doubt.wrong-year");
    assert.equal(sufficiency.wouldRaise[0]?.expectedLevel, "L3");
  });

  it("about an address leaves the time alone, and asks for the line of the log", () => {
    const twins = events(
      { moment: when(NOV) },
      { moment: when("2026-11-12T15:20:31Z"), ip: { raw: "192.0.2.70", address: "192.0.2.70" } },
      { moment: when("2026-11-12T15:25:31Z"), ip: { raw: "192.0.2.71", address: "192.0.2.71" } },
    );
    assert.equal(with_(twins, NOV).sufficiency.attributes.attribution, "A3");
    const report = {
      ...L3.report,
      incident: incident(NOV),
      persons: events(
        { moment: when(NOV), ip: { raw: "192.0.2.45", address: "192.0.2.45" } },
        { moment: when("2026-11-12T15:20:31Z"), ip: { raw: "192.0.2.54", address: "192.0.2.54" } },
      ),
    };
    const claims = [
      aboutAddress("access", { address: "192.0.2.45" }),
      aboutAddress("access", { address: "192.0.2.54" }),
    ];
    const { sufficiency } = assessed({ report, claims, context });
    assert.deepEqual([sufficiency.attributes.attribution, sufficiency.attributes.time], ["A2", "T3"]);
    assert.equal(sufficiency.wouldRaise[0]?.id, "event-as-logged");
  });

  it("never raises a level: a report is graded no higher for being doubted", () => {
    fc.assert(
      fc.property(arbitraryInput, ({ report, claims, context: about }) => {
        const plain = assessed({ report, claims, context: about });
        const doubted = assessed({ report, claims, context: { ...about, senderHours: "twelve-hour" } });
        assert.ok(doubted.sufficiency.level <= plain.sufficiency.level);
      }),
      { numRuns: 50 },
    );
  });

  it("names a place that is there, quotes it, and asks somebody for something", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { all } = caseOf(input.report, input.claims, input.context, rules, TEST_NOW).doubts;
        for (const each of all) {
          const steps = each.path.split("/").slice(1);
          const value = steps.reduce<unknown>(
            (inner, step) => (inner as Record<string, unknown>)[step],
            input,
          );
          assert.ok(JSON.stringify(value).includes(each.stated), each.path);
          assert.ok(each.text.length > 20 && !each.text.includes("{"), each.text);
          assert.ok(each.ask.whom !== "" && each.ask.what !== "");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is listed eight times a code at most, and holds all the same", () => {
    const many = at(...Array.from({ length: 30 }, (_, i) => `2026-11-14T13:20:${String(i + 10)}`));
    const the = caseOf(exampleReport({ persons: many }), [], context, rules, TEST_NOW);
    assert.equal(of(listed(the.doubts.all), "doubt.zone-missing").length, 8);
    assert.ok(the.doubts.holding("time", "/report/persons/0/events/29/moment"));
  });

  it("is found in a report of ten thousand events in the time of a blink", () => {
    const start = Date.UTC(1990, 0, 1);
    const persons = events(
      ...Array.from({ length: 10_000 }, (_, i) => ({
        moment: when(`${new Date(start + i * 115_000_000).toISOString().slice(0, 19)}Z`),
        ip: { raw: `192.0.2.${i % 256}`, address: `192.0.2.${i % 256}` },
      })),
    );
    assert.ok(doubtsIn({ persons }).length > 0);
  });
});
