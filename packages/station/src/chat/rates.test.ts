import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { StationError } from "../errors.ts";
import { openRates } from "./rates.ts";

const rate = { burst: 5, perMs: 10_000 };

test("never more than twice the burst passes in one period, and waiting as told is always enough", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 4000 }), { maxLength: 60 }), (pauses) => {
      let now = 1_000_000;
      const rates = openRates(() => now);
      const passed: number[] = [];
      for (const pause of pauses) {
        now += pause;
        try {
          rates.take(rate, "kites", "one");
          passed.push(now);
        } catch (error) {
          assert.ok(error instanceof StationError && error.code === "rate.limited");
          now += (error.retryAfterSeconds ?? 0) * 1000;
          rates.take(rate, "kites", "one");
          passed.push(now);
        }
        const recent = passed.filter((at) => at > now - rate.perMs).length;
        assert.ok(recent <= 2 * rate.burst, `${recent} in one period`);
      }
    }),
  );
});

test("one device's haste does not slow another, nor another thing that it does", () => {
  const rates = openRates(() => 0);
  for (let n = 0; n < rate.burst; n += 1) rates.take(rate, "kites", "one");
  assert.throws(() => rates.take(rate, "kites", "one"), { code: "rate.limited", retryAfterSeconds: 2 });
  rates.take(rate, "kites", "two");
  rates.take(rate, "trains", "one");
});

test("a clock that is set back lets nobody pass more often", () => {
  let now = 100_000;
  const rates = openRates(() => now);
  for (let n = 0; n < rate.burst; n += 1) rates.take(rate, "kites", "one");
  now = 0;
  assert.throws(() => rates.take(rate, "kites", "one"), { code: "rate.limited" });
});
