import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { NOW, source } from "../testing/two-forces.ts";
import { answerQuery, BATCH, DEFAULT_QUERY_LIMITS, fullAllowance, spend } from "./index.ts";

describe("the limit on queries", () => {
  it("lets no more through in any time than the burst and what has come since", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3_600_000, max: 7_200_000 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (gaps, burst, perDay) => {
          const limits = { burst, perDay };
          let allowance = fullAllowance(limits, NOW);
          let [now, latest, through] = [NOW, NOW, 0];
          for (const gap of gaps) {
            now += gap;
            latest = Math.max(latest, now);
            const spent = spend(allowance, now, limits);
            ({ allowance } = spent);
            if (spent.answer) through += 1;
            else assert.ok(spent.retryAt > now);
          }
          assert.ok(through <= burst + ((latest - NOW) * perDay) / 86_400_000 + 1e-6);
        },
      ),
    );
  });

  it("makes asking for a country's telephone numbers take centuries", () => {
    const years = 500_000_000 / (DEFAULT_QUERY_LIMITS.perDay * BATCH) / 365;
    assert.ok(years > 500, String(years));
  });

  it("answers again when it said that it would", () => {
    const limits = { burst: 1, perDay: 24 };
    const first = spend(fullAllowance(limits, NOW), NOW, limits);
    const second = spend(first.allowance, NOW, limits);
    assert.ok(!second.answer);
    assert.equal(second.retryAt, NOW + 3_600_000);
    assert.equal(spend(second.allowance, second.retryAt - 1000, limits).answer, false);
    assert.equal(spend(second.allowance, second.retryAt, limits).answer, true);
  });

  it("refuses with the time of the next try, and counts a query that was malformed", () => {
    const limits = { burst: 1, perDay: 24 };
    const here = { station: "force-b", peer: "force-a", holdings: new Map(), limits, newId: source().newId };
    const bad = answerQuery("nonsense", { ...here, allowance: fullAllowance(limits, NOW) }, NOW);
    assert.deepEqual([bad.kind, bad.allowance.left], ["refused", 0]);
    const again = answerQuery("nonsense", { ...here, allowance: bad.allowance }, NOW);
    assert.equal(again.kind === "refused" ? again.why : "", "too-many");
  });
});
