import assert from "node:assert/strict";
import { test } from "node:test";
import { openQuotas } from "./quota.ts";

const HOUR_MS = 3_600_000;

function setUp(reportsPerHour?: number) {
  let now = Date.parse("2026-03-01T12:00:00Z");
  const quotas = openQuotas([{ username: "kites", reportsPerHour }], () => now);
  /** How many go through in a row. */
  const through = (sender: string, most = 1000) => {
    for (let n = 0; n < most; n += 1)
      try {
        quotas.count(sender);
      } catch {
        return n;
      }
    return most;
  };
  return { quotas, through, pass: (ms: number) => (now += ms) };
}

test("a sender gets what was agreed for an hour, after a short burst, and then is told when to come back", () => {
  const { quotas, through, pass } = setUp(3600);
  assert.equal(through("kites"), 60);
  assert.throws(() => quotas.count("kites"), { code: "rate.limited", retryAfterSeconds: 1 });
  let sent = 0;
  for (let second = 0; second < 3600; second += 1) {
    pass(1000);
    sent += through("kites");
  }
  assert.equal(sent, 3600);
});

test("a small quota still lets a few go in one go, and its wait is as long as it is", () => {
  const { quotas, through } = setUp(2);
  assert.equal(through("kites"), 10);
  assert.throws(() => quotas.count("kites"), { retryAfterSeconds: 1800 });
});

test("being quiet saves up no more than one burst", () => {
  const { through, pass } = setUp(3600);
  through("kites");
  pass(10 * HOUR_MS);
  assert.equal(through("kites"), 60);
});

test("a sender without an agreement has no quota, and a clock set back gives and takes nothing", () => {
  const { through, pass } = setUp(3600);
  assert.equal(through("harbour"), 1000);
  through("kites");
  pass(-HOUR_MS);
  assert.equal(through("kites"), 0);
});
