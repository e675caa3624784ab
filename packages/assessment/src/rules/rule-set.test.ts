import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { addMonths, defaultRetention, networkRule, providerRule } from "./retention.ts";
import { defaultRuleSet, overdueReviews } from "./rule-set.ts";

const day = (text: string) => Date.parse(`${text}T12:00:00Z`);

describe("retention", () => {
  it("counts calendar months, and keeps the last day of a month a last day", () => {
    assert.equal(addMonths(day("2025-11-22"), 12), day("2026-11-22"));
    assert.equal(addMonths(day("2024-02-29"), 12), day("2025-02-28"));
    assert.equal(addMonths(day("2025-08-31"), 6), day("2026-02-28"));
  });

  it("never ends a later clock before an earlier one", () => {
    const instant = fc.integer({ min: 0, max: day("2040-01-01") });
    fc.assert(
      fc.property(instant, instant, (a, b) =>
        assert.ok(a > b || addMonths(a, 12) <= addMonths(b, 12) + 86_400_000),
      ),
    );
  });

  it("knows a network's window by its country and none for a country that is not on file", () => {
    assert.equal(networkRule(defaultRetention, "GB", day("2026-01-01"))?.id, "gb-network");
    assert.equal(networkRule(defaultRetention, "IE", day("2026-01-01")), undefined);
    assert.equal(networkRule(defaultRetention, undefined, day("2026-01-01")), undefined);
  });

  it("takes the shortest of the providers' rules that were in force when the report was made", () => {
    const shorter = { ...defaultRetention[1]!, id: "shorter", months: 3, validTo: "2026-01-01" };
    assert.equal(providerRule([...defaultRetention, shorter], day("2025-12-31"))?.id, "shorter");
    assert.equal(providerRule([...defaultRetention, shorter], day("2026-01-01"))?.id, "us-provider");
    assert.equal(providerRule(defaultRetention, day("2024-05-06")), undefined);
  });
});

describe("a rule set", () => {
  it("names what a person should have reviewed", () => {
    const rules = defaultRuleSet();
    assert.deepEqual(overdueReviews(rules, day("2027-04-01")), []);
    assert.deepEqual(overdueReviews(rules, day("2027-04-02")), [
      "policy",
      "retention.gb-network",
      "retention.us-provider",
      "retention.gb-provider",
      "legal-routes",
      "directory.uk-2026-11-2",
    ]);
  });

  it("gives every rule a source and a date by which to look at it again", () => {
    for (const rule of defaultRetention) {
      assert.ok(rule.source.length > 20);
      assert.match(rule.reviewBy, /^\d{4}-\d\d-\d\d$/);
    }
  });
});
