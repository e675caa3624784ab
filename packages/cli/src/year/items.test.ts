import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { growingColumns, type PartColumns } from "./columns.ts";
import { countItems, searchCampaigns } from "./items.ts";

interface Sighting {
  report: number;
  lo: number;
  hi: number;
  holder: number;
}

function partOf(sightings: readonly Sighting[]): PartColumns {
  const columns = growingColumns();
  for (const { report, lo, hi, holder } of sightings) {
    columns.put("sightingReport", report);
    columns.put("sightingLo", lo);
    columns.put("sightingHi", hi);
    columns.put("sightingHolder", holder);
  }
  return columns.cut();
}

const arbitrarySightings = fc.array(
  fc.record({
    report: fc.nat(9),
    lo: fc.constantFrom(0, 1, -1, 2 ** 31 - 1),
    hi: fc.constantFrom(0, -5, 7),
    holder: fc.constantFrom(-3, 0, 1, 2, 3, 4, 5),
  }),
  { maxLength: 80 },
);

test("campaigns are the items with more different holders than the rule says, counted exactly", () => {
  fc.assert(
    fc.property(arbitrarySightings, arbitrarySightings, fc.integer({ min: 1, max: 4 }), (one, two, least) => {
      const search = searchCampaigns(least, 4);
      const parts = [partOf(one), partOf(two)];
      for (const part of parts) search.count(part);
      for (const [at, part] of parts.entries()) search.collect(part, 10 * at);
      const { campaigns, isCampaign } = search.find();
      const all = [...one, ...two.map((each) => ({ ...each, report: each.report + 10 }))];
      const items = new Map<string, Sighting[]>();
      for (const each of all)
        items.set(`${each.lo} ${each.hi}`, [...(items.get(`${each.lo} ${each.hi}`) ?? []), each]);
      const expected = [...items.values()]
        .map((held) => ({
          holders: new Set(held.map(({ holder }) => holder)).size,
          sightings: held.length,
          first: Math.min(...held.map(({ report }) => report)),
          last: Math.max(...held.map(({ report }) => report)),
        }))
        .filter(({ holders }) => holders > least);
      const sorted = (some: readonly object[]) => some.map((each) => JSON.stringify(each)).toSorted();
      assert.deepEqual(sorted(campaigns), sorted(expected));
      for (const [name, held] of items) {
        const [lo = 0, hi = 0] = name.split(" ").map(Number);
        assert.equal(isCampaign(lo, hi), new Set(held.map(({ holder }) => holder)).size > least);
      }
    }),
  );
});

test("a table of items grows and forgets nothing", () => {
  const counts = countItems(8);
  for (let item = 0; item < 5000; item += 1)
    for (let time = 0; time <= item % 3; time += 1) counts.add(item, -item);
  const chosen = counts.choose(2);
  assert.equal(chosen.count, Math.floor(5000 / 3));
  for (let item = 0; item < 5000; item += 1) assert.equal(chosen.of(item, -item) >= 0, item % 3 === 2);
  assert.equal(chosen.of(5001, 1), -1);
});
