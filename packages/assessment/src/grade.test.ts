import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { gradeOf } from "./grade.ts";
import { defaultRuleSet } from "./rules/rule-set.ts";
import { arbitraryInput, assessed, TEST_NOW } from "./testing/index.ts";
import { queueKey } from "./urgency/queue.ts";
import { raisedByLink, tierNumber, TIERS } from "./urgency/tier.ts";

const rules = defaultRuleSet();

describe("the small answer", () => {
  it("is the full one without its words", () => {
    fc.assert(
      fc.property(arbitraryInput, fc.integer({ min: 0, max: 500 }), (input, days) => {
        const now = TEST_NOW + days * 86_400_000;
        const { sufficiency, urgency, route, doubts = [] } = assessed(input, now);
        const { level, attributes, binding, clock, reasons } = sufficiency;
        const { receivedAt } = input.context;
        const grade = gradeOf("an-id", input.report, input.claims, input.context, rules, now);
        const { codes, agency, baseTier, ...rest } = grade;
        assert.ok(tierNumber(baseTier) >= tierNumber(urgency.ruledTier));
        assert.equal(agency, route.agency?.id);
        assert.deepEqual(rest, {
          ruleVersion: rules.version,
          level,
          tier: urgency.tier,
          attributes,
          binding,
          queueKey: queueKey({
            tier: urgency.tier,
            clockExpiresAt: clock?.expiresAt,
            level,
            receivedAt,
            id: "an-id",
          }),
          routeBasis: route.basis,
          provisional: route.provisional,
        });
        const said = [...reasons, ...route.reasons, ...doubts].map(({ code }) => code);
        assert.deepEqual(new Set(codes), new Set([...urgency.rules, ...said]));
        assert.equal(codes.length, new Set(codes).size);
      }),
    );
  });

  it("is raised by a link found later exactly as if the link had been known", () => {
    fc.assert(
      fc.property(arbitraryInput, fc.constantFrom(...TIERS), ({ report, claims, context }, linkedTier) => {
        // What a person decided, and what was said before, are not part of a stream.
        const alone = { ...context, linkedTier: undefined, lowering: undefined, previousTier: undefined };
        const before = gradeOf("an-id", report, claims, alone, rules, TEST_NOW);
        const linked = gradeOf("an-id", report, claims, { ...alone, linkedTier }, rules, TEST_NOW);
        assert.equal(linked.tier, raisedByLink(before.baseTier, before.tier, linkedTier));
      }),
    );
  });
});
