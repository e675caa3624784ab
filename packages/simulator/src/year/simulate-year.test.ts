import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { identifier, momentsOf, parseMoment, validateReport } from "@fairlead/report";
import { simulateYear, yearTotal, type SimulateYearOptions } from "./simulate-year.ts";
import { yearProfiles } from "./years.ts";
import { yearNetworkOf } from "./address-space.ts";
import { errorKinds } from "./compact.ts";

const small: SimulateYearOptions = { year: 2023, seed: "year", total: 4_000 };

function digestOf(options: SimulateYearOptions): string {
  const digest = createHash("sha256");
  for (const one of simulateYear(options))
    digest.update(
      JSON.stringify([one.index, one.caseNumber, one.receivedAt, one.report, one.compact, one.truth()]),
    );
  return digest.digest("hex");
}

test("the same seed gives the same bytes, today and on every machine", () => {
  // Whoever changes what is drawn changes this digest, and every year that somebody has scored.
  assert.equal(
    digestOf({ ...small, from: 100, to: 200 }),
    "118b3425c000261cdcad5dcac96a40a3f48011d52d9ecaeab1fbc62077b3d726",
  );
});

test("a year made in parts is the year made whole, wherever it is split", () => {
  const { total = 0 } = small;
  const whole = Array.from(simulateYear({ ...small, from: 1000, to: 1120 }), (one) =>
    JSON.stringify([one.caseNumber, one.receivedAt, one.report, one.compact, one.truth()]),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1000, max: 1120 }), { maxLength: 6 }), (cuts) => {
      const bounds = [1000, ...cuts.toSorted((a, b) => a - b), 1120];
      const parts = bounds.slice(1).map((to, part) => [bounds[part] ?? 1000, to] as const);
      // The last part first: nothing depends on what was made before.
      const made = parts
        .toReversed()
        .map(([from, to]) =>
          Array.from(simulateYear({ ...small, total, from, to }), (one) =>
            JSON.stringify([one.caseNumber, one.receivedAt, one.report, one.compact, one.truth()]),
          ),
        )
        .toReversed()
        .flat();
      assert.deepEqual(made, whole);
    }),
    { numRuns: 8 },
  );
});

test("any report of a whole year can be had at once", () => {
  const last = yearTotal({ year: 2023, seed: 1 }) - 1;
  assert.equal(last, 36_210_367);
  const [one] = simulateYear({ year: 2023, seed: 1, from: last });
  assert.equal(one?.index, last);
  assert.ok((one?.receivedAt ?? 0) > Date.UTC(2023, 11, 31));
});

test("every report is valid on the day on which it comes, and says nothing that had not happened", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom(...yearProfiles.keys()),
      fc.nat(1_000_000),
      (seed, year, from) => {
        for (const { report, receivedAt, truth } of simulateYear({ year, seed, from, to: from + 12 })) {
          const result = validateReport(report, receivedAt);
          assert.ok(result.ok, JSON.stringify(result.ok ? "" : result.problems));
          const told = truth();
          assert.deepEqual(JSON.parse(JSON.stringify(told)), told);
          for (const { moment } of momentsOf(report)) {
            assert.deepEqual(parseMoment(moment.raw), moment);
            assert.ok(moment.at === undefined || Date.parse(moment.at) <= receivedAt, moment.raw);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("every handle is in the form that the report package gives it", () => {
  for (const { report } of simulateYear({ ...small, to: 400 }))
    for (const { identifiers } of report.persons)
      for (const one of identifiers) {
        const region = one.kind === "phone" ? "GB" : undefined;
        assert.deepEqual(identifier(one.kind, one.raw, { ...one, region }), one);
      }
});

test("the truth in numbers says what the whole truth says", () => {
  const people = new Map<number, string>();
  for (const { compact, truth } of simulateYear({ ...small, to: 800 })) {
    const told = truth();
    assert.equal(people.get(compact.person) ?? told.person, told.person);
    people.set(compact.person, told.person);
    assert.deepEqual(new Set(errorKinds(compact.errors)), new Set(told.errors.map(({ kind }) => kind)));
    assert.deepEqual(new Set<string>(errorKinds(compact.silent)), new Set(told.silent));
    assert.equal(`R${compact.tier}`, told.urgency);
    assert.equal(compact.force >= 0, told.force !== null);
    assert.equal(compact.resolved, told.plan.resolution?.addressKind === "installation");
    assert.equal(compact.items.length, told.files.length);
    assert.equal(compact.account === null, told.account === null);
  }
  assert.equal(new Set(people.values()).size, people.size);
});

test("addresses stand for the networks that the truth names", () => {
  for (const { truth } of simulateYear({ ...small, to: 400 }))
    for (const { address, network, country } of truth().networks) {
      const row = yearNetworkOf(address);
      if (network === "vpn") assert.ok(["vpn", "hosting", "tor"].includes(row?.network ?? ""));
      else assert.deepEqual([row?.network, row?.country], [network, country]);
    }
});

test("a range outside the year and a year that nobody knows are refused", () => {
  assert.throws(() => [...simulateYear({ ...small, from: 3999, to: 4001 })], /3999 to 4001.*4000/);
  assert.throws(() => [...simulateYear({ year: 1999, seed: 1 })], /1999.*2019/);
  assert.throws(
    () => [...simulateYear({ ...small, surges: [{ platform: "kite", day: "2023-01-01", factor: 64 }] })],
    /kite/,
  );
});
