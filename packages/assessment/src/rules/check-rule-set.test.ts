import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkRuleSet } from "./check-rule-set.ts";
import { defaultRuleSet, type RuleSet } from "./rule-set.ts";

const rules = defaultRuleSet();
const [first] = rules.retention;
const [route] = rules.legalRoutes;

describe("the check of a rule set", () => {
  it("has nothing to say about the rules that a station starts with", () => {
    assert.deepEqual(checkRuleSet(rules), []);
  });

  const broken: [string, Partial<RuleSet>, string, RegExp][] = [
    ["a day that is none", { reviewBy: "next spring" }, "/reviewBy", /use a day/],
    ["days that are not whole", { currencyDays: 1.5 }, "/currencyDays", /whole days/],
    ["a currency of no days", { currencyDays: 0 }, "/currencyDays", /./],
    [
      "law without a source",
      { retention: [{ ...first!, source: "mem" }] },
      "/retention/0/source",
      /name the law/,
    ],
    [
      "a rule that ends before it begins",
      { retention: [{ ...first!, validFrom: "2026-02-01", validTo: "2026-01-01" }] },
      "/retention/0/validTo",
      /before it begins/,
    ],
    ["two rules of one id", { legalRoutes: [route!, { ...route! }] }, "/legalRoutes/1/id", /another entry/],
    ["a queue for R1", { targetDays: { ...rules.targetDays, R1: 1 } }, "/targetDays/R1", /at once/],
    [
      "tiers out of order",
      { targetDays: { ...rules.targetDays, R3: 40 } },
      "/targetDays/R4",
      /not be due before R3/,
    ],
    [
      "a child at risk who must wait",
      { safeguardingHours: { "at-once": 1, harm: 24, help: 72 } },
      "/safeguardingHours/at-once",
      /at once/,
    ],
  ];
  for (const [what, parts, path, message] of broken)
    it(`refuses ${what}, and says where and what to do`, () => {
      const problems = checkRuleSet({ ...rules, ...parts });
      const problem = problems.find((each) => each.path === path);
      assert.match(problem?.message ?? "", message, JSON.stringify(problems));
      assert.match(problem?.code ?? "", /^rule-set\./);
      assert.match(problem?.remedy ?? "", /new version/);
    });
});
