import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultRuleSet, raisedByLink, type Tier, TIERS } from "@fairlead/assessment";
import * as fc from "fast-check";
import { growingColumns } from "./columns.ts";
import { gather, openGathered } from "./gather.ts";
import { linkedTiers } from "./tiers.ts";

const STRONG = 3;

/** Reports with a base tier, a tier that is no less urgent, and up to two persons who hold one value each. */
const arbitraryYear = fc.array(
  fc
    .record({
      base: fc.integer({ min: 1, max: 5 }),
      up: fc.nat(1),
      values: fc.array(fc.nat(4), { maxLength: 2 }),
    })
    .map(({ base, up, values }) => ({ base, tier: Math.max(1, base - up), values })),
  { minLength: 1, maxLength: 12 },
);

test("a report is raised by the most urgent of the others of its persons, and by nothing of its own", () => {
  fc.assert(
    fc.property(arbitraryYear, (reports) => {
      const columns = growingColumns();
      for (const [row, { base, tier, values }] of reports.entries()) {
        columns.put("receivedAt", 0);
        columns.put("tier", tier);
        columns.put("baseTier", base);
        for (const name of ["level", "trueTier", "person", "basis", "resolvable"] as const)
          columns.put(name, 0);
        for (const name of ["agency", "force"] as const) columns.put(name, -1);
        columns.put("resolvedAgency", -2);
        for (const value of values) {
          columns.put("keyLo", value);
          columns.put("keyHi", 0);
          columns.put("keyHolder", value);
          columns.put("keyWhat", STRONG);
          columns.put("nodeReport", row);
          columns.put("nodeEnd", columns.length("keyLo"));
        }
      }
      const year = openGathered(reports.length, defaultRuleSet());
      gather(year, columns.cut(), 0, new Int16Array());
      const expected = reports.map(({ base, tier, values }, row) => {
        const others = reports.filter(
          (other, at) => at !== row && other.values.some((value) => values.includes(value)),
        );
        const linked = Math.min(...others.map((other) => other.tier));
        return others.length === 0
          ? tier
          : numberOf(raisedByLink(nameOf(base), nameOf(tier), nameOf(linked)));
      });
      assert.deepEqual([...linkedTiers(year)], expected);
    }),
    { numRuns: 500 },
  );
});

function nameOf(tier: number): Tier {
  return TIERS[tier - 1] ?? "R5";
}

function numberOf(tier: Tier): number {
  return TIERS.indexOf(tier) + 1;
}
