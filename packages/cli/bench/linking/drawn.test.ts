import assert from "node:assert/strict";
import { test } from "node:test";
import { compactKeys } from "@fairlead/assessment";
import { drawItem, drawKeys, SIGHTINGS_A_REPORT } from "./drawn.ts";

const REPORTS = 30_000;

test("drawn reports hold as many values as the year's, 3.3 each, and a third of their persons' accounts are new", () => {
  const keys = compactKeys(4);
  const accounts = new Set<string>();
  let values = 0;
  for (let report = 0; report < REPORTS; report += 1) {
    drawKeys(keys, report);
    values += keys.count;
    accounts.add(`${keys.lo[0]} ${keys.hi[0]}`);
  }
  assert.equal((values / REPORTS).toFixed(1), "3.3");
  const share = accounts.size / REPORTS;
  assert.ok(share > 0.2 && share < 0.4, `${share}`);
});

test("half of the drawn files are new, and the others are had the more often the lower their number", () => {
  const seen = new Map<number, number>();
  for (let report = 0; report < REPORTS; report += 1)
    for (let which = 0; which < SIGHTINGS_A_REPORT; which += 1) {
      const item = drawItem(report, which);
      seen.set(item, (seen.get(item) ?? 0) + 1);
    }
  const once = [...seen.values()].filter((count) => count === 1).length / (REPORTS * SIGHTINGS_A_REPORT);
  assert.ok(once > 0.5 && once < 0.75, `${once}`);
  assert.ok((seen.get(1) ?? 0) > (seen.get(1000) ?? 0));
  assert.ok(Math.max(...seen.values()) > REPORTS / 100);
});
