import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { backlogOf } from "./backlog.ts";

const TARGETS = [0, 1, 7, 14, 30] as const;

test("the most urgent is done first, and what is not done waits with its age", () => {
  const { byTier, left, most } = backlogOf({
    arrivals: [
      [1, 0, 0, 0, 4],
      [0, 2, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
    perDay: 2,
    targetDays: [0, 1, 7, 14, 0],
  });
  assert.deepEqual([byTier[0]?.done, byTier[0]?.late], [1, 0]);
  assert.deepEqual([byTier[1]?.done, byTier[1]?.late], [2, 0]);
  // One of four on the first day, none on the second, two on the third; the last one still waits.
  assert.deepEqual([byTier[4]?.done, byTier[4]?.late, byTier[4]?.longestDays], [3, 3, 2]);
  assert.deepEqual([left, most], [1, 3]);
});

const arbitraryArrivals = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)), {
  minLength: 1,
  maxLength: 60,
});

test("everything that arrives is done or waits, and more hands leave nothing later than before", () => {
  fc.assert(
    fc.property(arbitraryArrivals, fc.nat(40), fc.nat(10), (arrivals, perDay, more) => {
      const few = backlogOf({ arrivals, perDay, targetDays: TARGETS });
      const many = backlogOf({ arrivals, perDay: perDay + more, targetDays: TARGETS });
      const arrived = arrivals.flat().reduce((sum, each) => sum + each, 0);
      assert.equal(few.byTier.reduce((sum, { done }) => sum + done, 0) + few.left, arrived);
      assert.ok(many.left <= few.left && many.most <= few.most);
      for (const [tier, { late, longestDays }] of many.byTier.entries()) {
        assert.ok(late <= (few.byTier[tier]?.late ?? 0));
        assert.ok(longestDays <= (few.byTier[tier]?.longestDays ?? 0));
      }
    }),
  );
});

test("enough hands for each day leave nothing late", () => {
  fc.assert(
    fc.property(arbitraryArrivals, (arrivals) => {
      const perDay = Math.max(...arrivals.map((day) => day.reduce((sum, each) => sum + each, 0)));
      const { byTier, left } = backlogOf({ arrivals, perDay, targetDays: TARGETS });
      assert.equal(left, 0);
      assert.deepEqual(
        byTier.map(({ late, longestDays }) => late + longestDays),
        [0, 0, 0, 0, 0],
      );
    }),
  );
});
