import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type Report } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import {
  doubtsIn,
  doubtsOfCode,
  incidentAt,
  NOV,
  receivedAtNoon,
  suspectAt,
  suspectWith,
  when,
} from "../testing/doubted.ts";
import {
  aboutAddress,
  aboutFile,
  aFlag,
  arbitraryInput,
  assessed,
  attributableInput,
  exampleReport,
  TEST_NOW,
} from "../testing/index.ts";
import { listed } from "./doubts-of.ts";

const rules = defaultRuleSet();

describe("a doubt in an assessment", () => {
  const L3 = attributableInput();
  const with_ = (persons: Report["persons"], occurred: string) =>
    assessed({
      ...L3,
      context: receivedAtNoon,
      report: {
        ...L3.report,
        incident: incidentAt(occurred),
        persons,
        claims: [aboutFile(aFlag("viewed-in-full"))],
      },
    });

  it("is not there for a report without one, which keeps its level", () => {
    const fine = with_(suspectAt(NOV), NOV);
    assert.equal(fine.sufficiency.level, "L3");
    assert.equal("doubts" in fine, false);
  });

  it("holds the event's attribution at A2 and its time at T1, and the first question asks for the log", () => {
    const { sufficiency, doubts } = with_(suspectAt("2025-11-14T15:20:31Z"), "2025-11-14T15:20:31Z");
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
    const twins = suspectWith(
      { moment: when(NOV) },
      { moment: when("2026-11-12T15:20:31Z"), ip: { raw: "192.0.2.70", address: "192.0.2.70" } },
      { moment: when("2026-11-12T15:25:31Z"), ip: { raw: "192.0.2.71", address: "192.0.2.71" } },
    );
    assert.equal(with_(twins, NOV).sufficiency.attributes.attribution, "A3");
    const report = {
      ...L3.report,
      incident: incidentAt(NOV),
      persons: suspectWith(
        { moment: when(NOV), ip: { raw: "192.0.2.45", address: "192.0.2.45" } },
        { moment: when("2026-11-12T15:20:31Z"), ip: { raw: "192.0.2.54", address: "192.0.2.54" } },
      ),
    };
    const claims = [
      aboutAddress("access", { address: "192.0.2.45" }),
      aboutAddress("access", { address: "192.0.2.54" }),
    ];
    const { sufficiency } = assessed({ report, claims, context: receivedAtNoon });
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
    const many = suspectAt(...Array.from({ length: 30 }, (_, i) => `2026-11-14T13:20:${String(i + 10)}`));
    const the = caseOf(exampleReport({ persons: many }), [], receivedAtNoon, rules, TEST_NOW);
    assert.equal(doubtsOfCode(listed(the.doubts.all), "doubt.zone-missing").length, 8);
    assert.ok(the.doubts.holding("time", "/report/persons/0/events/29/moment"));
  });

  it("is found in a report of ten thousand events in the time of a blink", () => {
    const start = Date.UTC(1990, 0, 1);
    const persons = suspectWith(
      ...Array.from({ length: 10_000 }, (_, i) => ({
        moment: when(`${new Date(start + i * 115_000_000).toISOString().slice(0, 19)}Z`),
        ip: { raw: `192.0.2.${i % 256}`, address: `192.0.2.${i % 256}` },
      })),
    );
    assert.ok(doubtsIn({ persons }).length > 0);
  });
});
