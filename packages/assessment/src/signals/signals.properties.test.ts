import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Claim } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { levelNumber } from "../sufficiency/level.ts";
import { sufficiencyOf } from "../sufficiency/sufficiency.ts";
import { arbitraryInput, TEST_NOW, type AssessmentInput } from "../testing/index.ts";
import { AGE_BANDS } from "./age-band.ts";
import { defaultSignalRules } from "./default-rules.ts";
import type { AccountEvent, AccountHistory } from "./event.ts";
import { SAFETY_ACTIONS, type SignalRules } from "./rule.ts";
import { allowedBy, type Signal, signalsOf } from "./signal.ts";

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 11, 1);

const other = fc.integer({ min: 0, max: 30 }).map((number) => `other-${number}`);
const at = fc.integer({ min: NOW - 120 * DAY_MS, max: NOW + 10 * DAY_MS });
const band = fc.constantFrom(...AGE_BANDS);
const event: fc.Arbitrary<AccountEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("asked" as const), other, band, common: fc.boolean(), at }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("accepted" as const, "refused" as const), other, at }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("blocked" as const, "unblocked" as const),
      other,
      band,
      at,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reported" as const), other, band, at }) },
  fc.record({
    kind: fc.constant("came-back" as const),
    other,
    shares: fc.constantFrom("device" as const, "verified-handle" as const),
    at,
  }),
);
const history: fc.Arbitrary<AccountHistory> = fc.record({
  account: fc.constant("account"),
  band,
  openedAt: fc.integer({ min: NOW - 900 * DAY_MS, max: NOW }),
  events: fc.array(event, { maxLength: 90 }),
});
/** Rules as nobody sensible would write them: all that anything could lead to, for next to nothing. */
const wildRules: SignalRules = {
  ...defaultSignalRules,
  floors: { notice: 0, review: 0, hide: 0 },
  rules: defaultSignalRules.rules.map((rule) => ({
    ...rule,
    accounts: AGE_BANDS,
    needs: [{ measure: "strangers", atLeast: 1 }],
    allows: SAFETY_ACTIONS,
  })),
};
const rules = fc.constantFrom(defaultSignalRules, wildRules);

describe("signals of arbitrary histories", () => {
  it("are intelligence and nothing more, under any table of rules (law 2)", () => {
    fc.assert(
      fc.property(history, rules, (one, table) => {
        for (const { level } of signalsOf(one, NOW, table)) assert.equal(level, "L1");
      }),
    );
  });

  it("never lift a report that says them above what it is without them, nor one of nothing else above L1", () => {
    fc.assert(
      fc.property(history, arbitraryInput, (one, input) => {
        const signals = signalsOf(one, NOW, wildRules);
        assert.ok(levelOf(said(input, signals)) <= Math.max(1, levelOf(input)));
        const bare = {
          ...input,
          report: { ...input.report, evidence: [], statements: [], claims: [] },
          claims: input.claims.filter(({ about }) => about.kind !== "evidence"),
        };
        assert.ok(levelOf(said(bare, signals)) <= 1);
      }),
    );
  });

  it("lead to friction, a notice, a person's look or hiding, and to nothing else: no history makes a report", () => {
    fc.assert(
      fc.property(history, rules, (one, table) => {
        for (const action of allowedBy(signalsOf(one, NOW, table)).keys())
          assert.ok(["friction", "notice", "review", "hide"].includes(action), action);
      }),
    );
  });

  it("together allow nothing that none of them allows alone", () => {
    fc.assert(
      fc.property(history, rules, (one, table) => {
        const signals = signalsOf(one, NOW, table);
        for (const [action, why] of allowedBy(signals)) {
          assert.ok(why.length > 0);
          for (const id of why)
            assert.ok(signals.some((signal) => signal.rule === id && signal.actions.includes(action)));
        }
      }),
    );
  });

  it("are the same for the same history, whatever is in it of later, and in whichever order events of other times stand", () => {
    fc.assert(
      fc.property(history, rules, fc.infiniteStream(fc.double({ noNaN: true })), (one, table, keys) => {
        const signals = signalsOf(one, NOW, table);
        assert.deepEqual(signalsOf(one, NOW, table), signals);
        const past = { ...one, events: one.events.filter((each) => each.at <= NOW) };
        assert.deepEqual(brief(signalsOf(past, NOW, table)), brief(signals));
        const distinct = new Map(one.events.map((each) => [each.at, each]));
        const settled = { ...one, events: [...distinct.values()] };
        const keyed = settled.events.map((each) => ({ each, key: keys.next().value ?? 0 }));
        const mixed = { ...one, events: keyed.sort((a, b) => a.key - b.key).map(({ each }) => each) };
        assert.deepEqual(brief(signalsOf(mixed, NOW, table)), brief(signalsOf(settled, NOW, table)));
      }),
    );
  });

  it("name the events that they counted, each within the window", () => {
    fc.assert(
      fc.property(history, rules, (one, table) => {
        for (const { met, from, until } of signalsOf(one, NOW, table))
          for (const { events } of met)
            for (const index of events) {
              const { at: when } = one.events[index] as AccountEvent;
              assert.ok(when > from && when <= until);
            }
      }),
    );
  });

  it("do not hold for an account that only ever did what nobody young answered to", () => {
    fc.assert(
      fc.property(history, (one) => {
        const grownUp = one.events.filter(
          (each) => "band" in each && (each.band === "adult" || each.band === "unknown"),
        );
        assert.deepEqual(signalsOf({ ...one, events: grownUp }, NOW, defaultSignalRules), []);
      }),
    );
  });
});

function brief(signals: readonly Signal[]) {
  return signals.map(({ rule, met }) => ({
    rule,
    met: met.map(({ measure, value }) => ({ measure, value })),
  }));
}

/** The report, with each signal said of it as what it is: a score by a model. */
function said(input: AssessmentInput, signals: readonly Signal[]): AssessmentInput {
  const claims: Claim[] = signals.map(({ rule, rulesVersion }) => ({
    about: { kind: "report" },
    source: { kind: "rule", id: rule, version: rulesVersion },
    states: { kind: "classifier", model: `account-signals ${rulesVersion} ${rule}`, score: 1 },
  }));
  return { ...input, claims: [...input.claims, ...claims] };
}

function levelOf({ report, claims, context }: AssessmentInput): number {
  return levelNumber(sufficiencyOf(caseOf(report, claims, context, defaultRuleSet(), TEST_NOW)).level);
}
