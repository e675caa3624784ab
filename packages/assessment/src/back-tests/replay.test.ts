import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Flag } from "@fairlead/report";
import { defaultRuleSet, type RuleSet } from "../rules/rule-set.ts";
import {
  aboutReport,
  aFlag,
  arbitraryInput,
  attributableInput,
  exampleContext,
  exampleReport,
  TEST_NOW,
} from "../testing/index.ts";
import { backTest, type BackTestCase } from "./replay.ts";

const rules = defaultRuleSet();
const DAY_MS = 86_400_000;
const changedTo = (parts: Partial<RuleSet>): RuleSet => ({ ...rules, version: "candidate", ...parts });
const flagged = (id: string, flag: Flag, outcome?: BackTestCase["outcome"]): BackTestCase => ({
  id,
  report: exampleReport(),
  claims: [aboutReport(aFlag(flag))],
  context: exampleContext(),
  at: TEST_NOW,
  ...(outcome === undefined ? {} : { outcome }),
});

const arbitraryCases: fc.Arbitrary<BackTestCase[]> = fc
  .array(
    fc.record({ input: arbitraryInput, arrests: fc.nat(1), immediate: fc.boolean(), known: fc.boolean() }),
    {
      maxLength: 8,
    },
  )
  .map((all) =>
    all.map(({ input, arrests, immediate, known }, index) => ({
      id: `case-${index}`,
      ...input,
      at: TEST_NOW + index * 60 * DAY_MS,
      ...(known ? { outcome: { arrests, childrenSafeguarded: 0, immediate } } : {}),
    })),
  );

describe("a back-test", () => {
  it("finds no change between a rule set and itself", () => {
    fc.assert(
      fc.property(arbitraryCases, (cases) => {
        const { a, b, changed } = backTest(rules, rules, cases);
        assert.deepEqual(a, b);
        assert.deepEqual(changed, []);
      }),
      { numRuns: 30 },
    );
  });

  it("says the same in whatever order the cases come, and turns round with its rule sets", () => {
    const stricter = changedTo({ currencyDays: 5, clockModifierDays: 400 });
    fc.assert(
      fc.property(arbitraryCases, (cases) => {
        const found = backTest(rules, stricter, cases);
        assert.deepEqual(backTest(rules, stricter, cases.toReversed()), found);
        const turned = backTest(stricter, rules, cases);
        assert.deepEqual([turned.a, turned.b], [found.b, found.a]);
        assert.equal(turned.mattered.tierUp, found.mattered.tierDown);
        const workload = Object.values(found.a.workload).reduce((sum, each) => sum + each, 0);
        assert.equal(workload, cases.length);
      }),
      { numRuns: 30 },
    );
  });

  it("names what a changed number does, with what came of it first", () => {
    const input = attributableInput();
    const at = Date.parse("2027-11-12T12:00:00Z") - 20 * DAY_MS;
    const cases: BackTestCase[] = [
      { id: "a-quiet-one", ...input, at },
      { id: "b-arrest", ...input, at, outcome: { arrests: 1, childrenSafeguarded: 0 } },
    ];
    const { changed, mattered, a, b } = backTest(rules, changedTo({ clockModifierDays: 30 }), cases);
    assert.deepEqual(
      changed.map(({ id, tier }) => [id, tier.a, tier.b]),
      [
        ["b-arrest", "R5", "R4"],
        ["a-quiet-one", "R5", "R4"],
      ],
    );
    assert.deepEqual(mattered, { cases: 1, tierUp: 1, tierDown: 0, levelUp: 0, levelDown: 0 });
    assert.deepEqual([a.workload.R5, b.workload.R4], [2, 2]);
    assert.deepEqual([a.ruleVersion, b.ruleVersion], [rules.version, "candidate"]);
  });

  it("counts the children at risk that R1 found, its false alarms, and nothing of what nobody knows", () => {
    const risk = { arrests: 0, childrenSafeguarded: 1, immediate: true };
    const { a } = backTest(rules, rules, [
      flagged("found", "live-abuse", risk),
      flagged("missed", "spam", risk),
      flagged("alarm", "abduction", { arrests: 0, childrenSafeguarded: 0, immediate: false }),
      flagged("unknown", "threat-to-life"),
    ]);
    assert.deepEqual([a.immediateFound.count, a.immediateFound.of], [1, 2]);
    assert.deepEqual([a.falseAlarms.count, a.falseAlarms.of], [1, 2]);
    assert.equal(a.matteredFirst.of, 2);
  });

  it("places what mattered by the queue: 0 at the front, 1 at the end", () => {
    const arrest = { arrests: 1, childrenSafeguarded: 0 };
    const place = (flag: Flag) =>
      backTest(rules, rules, [flagged("mattered", flag, arrest), flagged("other", "grooming")]).a
        .matteredPlace;
    assert.equal(place("live-abuse"), 0);
    assert.equal(place("spam"), 1);
    assert.equal(backTest(rules, rules, [flagged("other", "spam")]).a.matteredPlace, undefined);
  });

  it("judges facts, not the tier or the decision of the day", () => {
    const given = flagged("case", "spam");
    const before = { ...given, context: exampleContext({ previousTier: "R1" }) };
    assert.equal(backTest(rules, rules, [before]).a.workload.R5, 1);
  });

  it("refuses two cases of one id", () => {
    assert.throws(() => backTest(rules, rules, [flagged("x", "spam"), flagged("x", "spam")]), /"x"/);
  });
});
