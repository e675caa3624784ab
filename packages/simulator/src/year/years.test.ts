import assert from "node:assert/strict";
import { test } from "node:test";
import { LARGE_SENDERS, PUBLISHED } from "./published.ts";
import { simulateYear, type YearTruth } from "./simulate-year.ts";
import { perceptualHash } from "./items.ts";
import { yearProfiles } from "./years.ts";
import { encryptedShare } from "./encryption.ts";

const TOTAL = 8_000;

/** The truths of a small year. */
function truthsOf(year: number): YearTruth[] {
  return Array.from(simulateYear({ year, seed: `shares ${year}`, total: TOTAL }), (one) => one.truth());
}
const years = new Map(PUBLISHED.map(({ year }) => [year, truthsOf(year)]));
const share = (truths: readonly YearTruth[], is: (truth: YearTruth) => boolean) =>
  truths.filter(is).length / truths.length;

/** Asserts that a share lies within a number of points (hundredths). */
function near(found: number, wanted: number, points: number, what: string): void {
  assert.ok(
    Math.abs(found - wanted) * 100 <= points,
    `${what}: ${(100 * found).toFixed(2)} instead of ${(100 * wanted).toFixed(2)} percent`,
  );
}

test("every year from 2019 to 2025 has its published number of reports", () => {
  assert.deepEqual(
    PUBLISHED.map(({ year, total }) => [year, total]),
    [
      [2019, 16_987_361],
      [2020, 21_751_085],
      [2021, 29_397_681],
      [2022, 32_059_029],
      [2023, 36_210_368],
      [2024, 20_512_803],
      [2025, 21_351_493],
    ],
  );
});

test("the senders of a profile have the published shares, exactly", () => {
  for (const row of PUBLISHED) {
    const profile = yearProfiles.get(row.year);
    assert.ok(profile);
    for (const id of LARGE_SENDERS) {
      const own = profile.platforms.find((platform) => platform.id === id)?.share ?? 0;
      near(own * (1 - (profile.dump?.share ?? 0)), row.senders[id] / row.total, 0.001, `${row.year} ${id}`);
    }
    const all = profile.platforms.reduce((sum, platform) => sum + platform.share, 0);
    near(all, 1, 0.001, `all senders of ${row.year}`);
    const kinds = profile.incidents.reduce((sum, [, part]) => sum + part, 0);
    near(kinds, 1, 0.001, `all incident types of ${row.year}`);
    const countries = profile.countries.reduce((sum, [, part]) => sum + part, 0);
    near(countries, 1, 0.001, `all countries of ${row.year}`);
    const kingdom = profile.countries.find(([country]) => country === "GB")?.[1] ?? 0;
    near(kingdom, row.unitedKingdom / row.total, 0.001, `United Kingdom in ${row.year}`);
  }
});

test("enticement grows from one report in a thousand to one in twenty", () => {
  for (const { year, enticement, total } of PUBLISHED) {
    const found = share(years.get(year) ?? [], ({ incident }) => incident === "enticement");
    near(
      found,
      enticement / total,
      0.1 + 100 * 4 * Math.sqrt(enticement / total / TOTAL),
      `enticement ${year}`,
    );
  }
  const [first, last] = [2019, 2025].map((year) =>
    share(years.get(year) ?? [], ({ incident }) => incident === "enticement"),
  );
  assert.ok((first ?? 1) < 0.003 && (last ?? 0) > 0.04);
});

test("the stream of behaviour appears in 2023 and is a quarter of the largest family's reports in 2025", () => {
  const family = new Set(["example-social", "example-pictures", "example-messenger"]);
  const of = (year: number) =>
    share(
      (years.get(year) ?? []).filter(({ platform }) => family.has(platform)),
      ({ habit }) => habit === "behaviour-only",
    );
  assert.equal(of(2019), 0);
  near(of(2023), 0.013, 0.6, "2023");
  near(of(2025), 0.26, 2, "2025");
});

test("in 2025 one sender hands in a heap of hashes about nobody, which supports nothing", () => {
  const dumped = (years.get(2025) ?? []).filter(({ platform }) => platform === "example-models");
  near(dumped.length / TOTAL, 1_105_405 / 21_351_493, 0.7, "the heap");
  for (const one of dumped) {
    assert.deepEqual([one.account, one.networks, one.expected.atReceipt.level], [null, [], "L0"]);
    assert.match(one.receivedAt, /^2025-\d\d-12T/);
  }
  assert.equal(
    share(years.get(2024) ?? [], ({ platform }) => platform === "example-models"),
    0,
  );
});

test("reports have the published numbers of files", () => {
  for (const { year, filesPerReport } of PUBLISHED) {
    // One file each in the heap of 2025 keeps that year's mean down.
    const truths = years.get(year) ?? [];
    const files = truths.reduce((sum, truth) => sum + truth.files.length, 0) / truths.length;
    assert.ok(Math.abs(files / filesPerReport - 1) < 0.05, `${year}: ${files} instead of ${filesPerReport}`);
  }
});

test("files repeat as they did in 2022 and 2020", () => {
  const of = (year: number, kind: string, novelties: readonly string[]) => {
    const files = (years.get(year) ?? [])
      .flatMap((truth) => truth.files)
      .filter(({ item }) => item.startsWith(kind));
    return files.filter(({ novelty }) => novelties.includes(novelty)).length / files.length;
  };
  const byBytes = ["new", "near-duplicate"];
  near(of(2022, "photo", byBytes), 0.535, 2, "photographs new by their bytes, 2022");
  near(of(2022, "photo", ["new"]), 0.381, 2, "photographs new to the eye, 2022");
  near(of(2022, "video", byBytes), 0.449, 2, "videos new by their bytes, 2022");
  near(of(2022, "video", ["new"]), 0.22, 2, "videos new to the eye, 2022");
  near(of(2020, "video", byBytes), 0.29, 2, "videos new by their bytes, 2020");
  near(of(2020, "video", ["new"]), 0.118, 2, "videos new to the eye, 2020");
});

test("six items are more than half of what the largest platform reports in its two months", () => {
  for (const [year, truths] of years) {
    const head = yearProfiles.get(year)?.items.head;
    assert.ok(head);
    const files = truths
      .filter(
        ({ platform, receivedAt }) =>
          platform === head.platform &&
          receivedAt.slice(0, 10) >= head.from &&
          receivedAt.slice(0, 10) <= head.to,
      )
      .flatMap((truth) => truth.files);
    const counts = new Map<string, number>();
    for (const { item } of files) counts.set(item, (counts.get(item) ?? 0) + 1);
    const six = [...counts.values()]
      .toSorted((a, b) => b - a)
      .slice(0, 6)
      .reduce((sum, count) => sum + count, 0);
    assert.ok(six / files.length > 0.5, `${year}: ${six} of ${files.length}`);
  }
});

test("each kind of error that can be made at any time is made about as often as asked for", () => {
  const truths = [...years.values()].flat();
  const of = (kind: string) => share(truths, ({ errors }) => errors.some((error) => error.kind === kind));
  for (const kind of ["twelve-hour", "day-month-swapped", "wrong-year", "lookalike-name", "injection-text"])
    near(of(kind), 0.009, 0.25, kind);
  near(of("duplicate"), 0.027, 0.4, "duplicate");
  assert.ok(of("dst-fold") > 0.0004 && of("ip-digits-transposed") > 0.003);
  const by = new Set(truths.map(({ duplicateBy }) => duplicateBy));
  assert.deepEqual(by, new Set([null, "amendment", "second-inlet", "retraction"]));
});

test("what nobody could see in a report is a small part of the errors, and is named", () => {
  const truths = [...years.values()].flat();
  const silent = truths.flatMap((truth) => truth.silent);
  const errors = truths.flatMap((truth) => [...new Set(truth.errors.map(({ kind }) => kind))]);
  assert.ok(
    silent.length > 0 && silent.length < 0.05 * errors.length,
    `${silent.length} of ${errors.length}`,
  );
});

test("outcomes come after the report: most arrests within their target, charges half a year later at least", () => {
  const profile = yearProfiles.get(2023);
  assert.ok(profile);
  const truths = Array.from(
    simulateYear({ year: { ...profile, countries: [["GB", 1]] }, seed: "outcomes", total: 2_500 }),
    (one) => one.truth(),
  );
  const outcomes = truths.flatMap(({ outcomes: found, receivedAt, urgency }) =>
    found.map(({ outcome, at }) => ({
      kind: outcome.kind,
      days: (Date.parse(at) - Date.parse(receivedAt)) / 86_400_000,
      target: { R1: 3, R2: 3, R3: 9, R4: 16, R5: 32 }[urgency],
    })),
  );
  const arrests = outcomes.filter(({ kind }) => kind === "arrest");
  const charges = outcomes.filter(({ kind }) => kind === "charge");
  assert.ok(arrests.length > 50 && charges.length > 20, `${arrests.length}, ${charges.length}`);
  assert.ok(outcomes.every(({ days }) => days >= 0));
  const inTime = arrests.filter(({ days, target }) => days <= target).length / arrests.length;
  assert.ok(inTime > 0.7 && inTime < 0.97, `${inTime} in time`);
  assert.ok(charges.every(({ days }) => days > 183 && days < 1_200));
  const arrested = truths.filter(({ outcomes: found }) =>
    found.some(({ outcome }) => outcome.kind === "arrest"),
  );
  assert.equal(
    new Set(arrested.map(({ person }) => person)).size,
    arrested.length,
    "nobody is arrested twice",
  );
});

test("near duplicates are near their original by the perceptual hash, and others are far", () => {
  const apart = (a: string, b: string) =>
    a.split("").reduce((sum, digit, place) => {
      const bits = Number.parseInt(digit, 16) ^ Number.parseInt(b[place] ?? "0", 16);
      return sum + [1, 2, 4, 8].filter((bit) => (bits & bit) !== 0).length;
    }, 0);
  const item = (number: number, looksLike?: number) => ({
    number,
    kind: "photo" as const,
    viral: false,
    looksLike,
  });
  for (let number = 1; number < 300; number += 1) {
    const original = perceptualHash(item(number));
    assert.match(original, /^[0-9a-f]{64}$/);
    const near = apart(original, perceptualHash(item(number * 256 + 9_000_000_000, number)));
    assert.ok(near > 0 && near <= 24, `${near}`);
    const far = apart(original, perceptualHash(item(number + 1)));
    assert.ok(far > 80 && far < 176, `${far}`);
  }
});

test("encryption is a dated setting of a surface, and ends where it was withdrawn", () => {
  const at = (day: string) => Date.parse(day);
  assert.equal(encryptedShare("example-social", "message", at("2023-12-01")), 0);
  assert.ok(encryptedShare("example-social", "message", at("2024-06-05")) > 0.4);
  assert.ok(encryptedShare("example-social", "message", at("2025-06-01")) > 0.9);
  assert.equal(encryptedShare("example-social", "public", at("2025-06-01")), 0);
  assert.equal(encryptedShare("example-pictures", "message", at("2025-01-01")), 0.02);
  assert.equal(encryptedShare("example-pictures", "message", at("2026-05-09")), 0);
  const surface = (year: number) =>
    share(
      (years.get(year) ?? []).filter(({ platform }) => platform === "example-social"),
      (one) => one.surface === "message",
    );
  assert.ok(surface(2022) > 0.6 && surface(2025) < 0.3);
});
