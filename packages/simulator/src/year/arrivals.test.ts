import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { arrivalsOf, type ArrivalRates } from "./arrivals.ts";
import { keyed } from "./keyed.ts";

const rates: ArrivalRates = {
  year: 2023,
  total: 200_000,
  viralDays: { count: 6, least: 3, most: 10 },
  surges: [],
  dump: { days: [], share: 0 },
};
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Reports of each day. */
function days(options: ArrivalRates): Map<string, number> {
  const arrivals = arrivalsOf(keyed("days"), options);
  const counts = new Map<string, number>();
  for (let index = 0; index < arrivals.total; index += 1) {
    const day = dayOf(arrivals.at(index));
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

test("reports come in the order of their numbers, all within the year", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 5000 }), (seed, total) => {
      const arrivals = arrivalsOf(keyed(seed), { ...rates, total });
      assert.equal(arrivals.total, total);
      let before = Date.UTC(2023, 0, 1);
      for (let index = 0; index < total; index += 1) {
        const at = arrivals.at(index);
        assert.ok(at >= before && at < Date.UTC(2024, 0, 1), `${index}`);
        before = at;
      }
    }),
    { numRuns: 20 },
  );
});

test("six days have three to ten times the reports of others, and the surplus is about the day's item", () => {
  const counts = [...days(rates).values()].toSorted((a, b) => b - a);
  const usual = counts[180] ?? 1;
  assert.ok(counts.slice(0, 6).every((count) => count > 2.7 * usual && count < 11 * usual));
  assert.ok((counts[6] ?? 0) < 1.3 * usual);
  const arrivals = arrivalsOf(keyed("days"), rates);
  const viral = Array.from({ length: rates.total }, (_, index) => arrivals.occasion(index)).filter(
    ({ kind }) => kind === "viral-day",
  );
  const surplus = counts.slice(0, 6).reduce((sum, count) => sum + count - usual, 0);
  assert.ok(Math.abs(viral.length / surplus - 1) < 0.1, `${viral.length} of ${surplus}`);
});

test("on the day of a surge one sender sends sixty-four times its usual number", () => {
  const surge = { platform: "example-clips", day: "2023-05-04", factor: 64, share: 0.02 };
  const quiet = { ...rates, viralDays: { count: 0, least: 1, most: 1 } };
  const [plain, surged] = [days(quiet), days({ ...quiet, surges: [surge] })];
  const [before, after] = [plain.get(surge.day) ?? 0, surged.get(surge.day) ?? 0];
  assert.ok(Math.abs((after - before) / (before * 0.02 * 63) - 1) < 0.008, `${before} to ${after}`);
  assert.ok(Math.abs((plain.get("2023-05-05") ?? 0) - (surged.get("2023-05-05") ?? 0)) < 5);
});

test("a dump comes on its days and nowhere else", () => {
  const dumped = { ...rates, dump: { days: ["2023-03-12"], share: 0.05 } };
  const arrivals = arrivalsOf(keyed("dump"), dumped);
  const found = Array.from({ length: arrivals.total }, (_, index) => index).filter(
    (index) => arrivals.occasion(index).kind === "dump",
  );
  assert.ok(Math.abs(found.length / (rates.total * 0.05) - 1) < 0.1);
  assert.ok(found.every((index) => dayOf(arrivals.at(index)) === "2023-03-12"));
});

test("evenings are busier than nights, and every day of the week comes", () => {
  const arrivals = arrivalsOf(keyed("rhythm"), rates);
  const hours = new Map<number, number>();
  for (let index = 0; index < rates.total; index += 1) {
    const hour = new Date(arrivals.at(index)).getUTCHours();
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  assert.ok((hours.get(16) ?? 0) > 1.3 * (hours.get(3) ?? 0));
});
