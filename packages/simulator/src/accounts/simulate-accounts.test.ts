import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OFFENDING_ACCOUNTS, ORDINARY_ACCOUNTS } from "./behaviour.ts";
import { ACCOUNT_DAYS, ACCOUNTS_FROM, simulateAccounts } from "./simulate-accounts.ts";

const DAY_MS = 24 * 3_600_000;
const some = (seed: string, total = 2000) => [
  ...simulateAccounts({ seed, total, side: "ordinary" }),
  ...simulateAccounts({ seed, total, side: "offending" }),
];

describe("simulated accounts", () => {
  it("are the same for the same seed, and the first hundred of a thousand are those of a hundred", () => {
    const side = "ordinary" as const;
    const many = [...simulateAccounts({ seed: "a", total: 1000, side })];
    assert.deepEqual([...simulateAccounts({ seed: "a", total: 100, side })], many.slice(0, 100));
    assert.notDeepEqual([...simulateAccounts({ seed: "b", total: 100, side })], many.slice(0, 100));
  });

  it("hold who, what and when, and no field that could hold anything said", () => {
    const fields = new Set(some("a").flatMap(({ events }) => events.flatMap((event) => Object.keys(event))));
    assert.deepEqual([...fields].toSorted(), ["at", "band", "common", "kind", "other", "shares"]);
  });

  it("never have more unanswered requests open than the hub allows, and do nothing before they begin", () => {
    for (const { events, openedAt } of some("a")) {
      const asked = events.filter(({ kind }) => kind === "asked");
      const accepted = events.filter(({ kind }) => kind === "accepted");
      const [last] = asked.slice(-1);
      const before = accepted.filter(({ at }) => last !== undefined && at < last.at).length;
      assert.ok(asked.length - before <= 21);
      for (const { at } of events) assert.ok(at >= ACCOUNTS_FROM && at >= openedAt);
      for (const { at } of asked) assert.ok(at <= ACCOUNTS_FROM + ACCOUNT_DAYS * DAY_MS);
    }
  });

  it("are of every kind, in shares that add up", () => {
    for (const kinds of [ORDINARY_ACCOUNTS, OFFENDING_ACCOUNTS])
      assert.equal(
        kinds.reduce((sum, { of100k }) => sum + of100k, 0),
        100_000,
      );
    const seen = new Set(some("a", 20_000).map(({ truth }) => truth.kind));
    for (const { kind } of [...ORDINARY_ACCOUNTS, ...OFFENDING_ACCOUNTS]) assert.ok(seen.has(kind), kind);
  });
});
