import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { gradeOf } from "./grade.ts";
import { defaultRuleSet } from "./rules/rule-set.ts";
import { arbitraryInput, assessed, TEST_NOW } from "./testing/index.ts";
import { queueKey } from "./urgency/queue.ts";

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
        const { codes, agency, ...rest } = grade;
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
});
