import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { LEVELS } from "../sufficiency/level.ts";
import { TEST_NOW } from "../testing/index.ts";
import { compareForQueue, queueKey, type QueueItem } from "./queue.ts";
import { TIERS } from "./tier.ts";

const instant = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((ms) => new Date(ms).toISOString());

/** Few distinct values, so that every tie-break is reached. */
const arbitraryItem: fc.Arbitrary<QueueItem> = fc.record({
  tier: fc.constantFrom(...TIERS),
  clockExpiresAt: fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(0, 3_600_000, 86_400_000).map((ms) => new Date(TEST_NOW + ms).toISOString()),
    instant(0, TEST_NOW * 2),
  ),
  level: fc.constantFrom(...LEVELS),
  receivedAt: fc.oneof(fc.constant(new Date(TEST_NOW).toISOString()), instant(0, TEST_NOW)),
  id: fc.uuid(),
});

const item = (parts: Partial<QueueItem>): QueueItem => ({
  tier: "R3",
  level: "L2",
  receivedAt: "2026-11-01T00:00:00.000Z",
  id: "11111111-1111-4111-8111-111111111111",
  ...parts,
});

describe("the queue's order", () => {
  const before: [string, Partial<QueueItem>, Partial<QueueItem>][] = [
    [
      "tier before all else",
      { tier: "R2", level: "L0" },
      { tier: "R3", level: "L4", clockExpiresAt: "2026-11-23T00:00:00Z" },
    ],
    ["a running clock before none", { clockExpiresAt: "2027-11-01T00:00:00Z", level: "L1" }, { level: "L4" }],
    [
      "the clock that ends first",
      { clockExpiresAt: "2026-12-01T00:00:00Z", level: "L1" },
      { clockExpiresAt: "2026-12-02T00:00:00Z", level: "L4" },
    ],
    [
      "on one day the higher level",
      { clockExpiresAt: "2026-12-01T23:00:00Z", level: "L3" },
      { clockExpiresAt: "2026-12-01T01:00:00Z", level: "L2" },
    ],
    [
      "then the older report",
      { receivedAt: "2026-10-31T00:00:00.000Z" },
      { id: "00000000-0000-4000-8000-000000000000" },
    ],
    ["then the id", { id: "00000000-0000-4000-8000-000000000000" }, {}],
  ];
  for (const [what, first, second] of before)
    it(`puts ${what}`, () => {
      assert.ok(compareForQueue(item(first), item(second)) < 0);
      assert.ok(compareForQueue(item(second), item(first)) > 0);
      assert.ok(queueKey(item(first)) < queueKey(item(second)));
    });

  it("is a strict total order", () => {
    fc.assert(
      fc.property(arbitraryItem, arbitraryItem, arbitraryItem, (a, b, c) => {
        assert.equal(Math.sign(compareForQueue(a, b)), -Math.sign(compareForQueue(b, a)) + 0);
        assert.equal(compareForQueue(a, a), 0);
        if (a.id !== b.id) assert.notEqual(compareForQueue(a, b), 0);
        if (compareForQueue(a, b) < 0 && compareForQueue(b, c) < 0) assert.ok(compareForQueue(a, c) < 0);
      }),
    );
  });

  it("is the order of its keys compared byte by byte", () => {
    fc.assert(
      fc.property(arbitraryItem, arbitraryItem, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(queueKey(a)), Buffer.from(queueKey(b)));
        assert.equal(bytes, Math.sign(compareForQueue(a, b)));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps keys of one width, so that no later digit can outweigh an earlier one", () => {
    fc.assert(
      fc.property(arbitraryItem, arbitraryItem, (a, b) =>
        assert.equal(queueKey(a).length, queueKey(b).length),
      ),
    );
  });
});
