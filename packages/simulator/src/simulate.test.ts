import assert from "node:assert/strict";
import { createHash, hash } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { momentsOf, reportSchema, validateReport } from "@fairlead/report";
import { simulate, type SimulatedReport, type SimulateOptions } from "./simulate.ts";

const START = Date.parse("2026-03-01T12:00:00Z");
const demo = (options: Partial<SimulateOptions> = {}): SimulateOptions => ({
  seed: "test",
  count: 60,
  profile: "uk-demo",
  startAt: START,
  ...options,
});

/** A digest of everything in the stream: reports, truths and the bytes of files. */
function digestOf(stream: Iterable<SimulatedReport>): string {
  const digest = createHash("sha256");
  for (const { files, ...rest } of stream) {
    digest.update(JSON.stringify(rest));
    for (const { bytes, ...named } of files) digest.update(JSON.stringify(named)).update(bytes);
  }
  return digest.digest("hex");
}

test("the same seed gives the same bytes, today and on every machine", () => {
  assert.equal(digestOf(simulate(demo())), digestOf(simulate(demo())));
  // Whoever changes what is drawn changes this digest, and every stream that somebody has kept a seed of.
  assert.equal(
    digestOf(simulate(demo())),
    "e251f2bdf468c24b37c73398fb7522b2eefc1c756baa0680f5cb59a78f1f69a2",
  );
  assert.equal(
    digestOf(simulate(demo({ profile: "world-2022", seed: 7 }))),
    "c9196769cce000fb43ed71b82c687ac848b335736975a7a7cd404f7d17bdf262",
  );
});

test("another seed, profile or time gives another stream", () => {
  const digests = [
    demo(),
    demo({ seed: "other" }),
    demo({ profile: "world-2022" }),
    demo({ startAt: START - 86_400_000 }),
    demo({ forces: ["gwent"] }),
  ].map((options) => digestOf(simulate(options)));
  assert.equal(new Set(digests).size, digests.length);
});

test("a longer stream begins with the shorter one", () => {
  const short = [...simulate(demo({ count: 25, material: "stand-in" }))];
  const long = [...simulate(demo({ count: 60, material: "stand-in" }))];
  assert.deepEqual(long.slice(0, 25), short);
});

test("a stream is made as it is asked for: the first report of a billion comes at once", () => {
  const first = simulate(demo({ count: 1_000_000_000 })).next();
  assert.ok(first.done === false);
  assert.equal(first.value.caseNumber, first.value.truth.caseNumber);
});

test("without material the reports differ only in what is said about the bytes", () => {
  const forms = (material: "bytes" | "stand-in") =>
    [...simulate(demo({ count: 40, material }))].map(({ report, truth }) => ({
      persons: report.persons,
      incident: report.incident,
      claims: report.claims,
      truth: { ...truth, errors: [] },
    }));
  assert.deepEqual(forms("stand-in"), forms("bytes"));
  assert.ok(
    [...simulate(demo({ count: 10, material: "stand-in" }))].every(({ files }) => files.length === 0),
  );
});

test("every report of both profiles is valid when it is handed over, whatever the seed", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("uk-demo", "world-2022"), (seed, profile) => {
      for (const { report, truth } of simulate(demo({ seed, profile, material: "stand-in", count: 20 }))) {
        const result = validateReport(report, START);
        assert.ok(result.ok, JSON.stringify(result.ok ? "" : result.problems));
        // What leaves as JSON comes back as the same report.
        assert.deepEqual(reportSchema.parse(JSON.parse(JSON.stringify(report))), report);
        assert.deepEqual(JSON.parse(JSON.stringify(truth)), truth);
        for (const { moment } of momentsOf(report))
          assert.ok(moment.at === undefined || Date.parse(moment.at) < START, moment.raw);
      }
    }),
    { numRuns: 30 },
  );
});

test("hashes in a report are those of the bytes that come with it, and every file has its evidence", () => {
  let files = 0;
  for (const one of simulate(demo({ count: 100 }))) {
    const evidence = new Map<string, (typeof one.report.evidence)[number]>(
      one.report.evidence.map((item) => [item.id, item]),
    );
    for (const file of one.files) {
      const item = evidence.get(file.evidenceId);
      assert.deepEqual(item?.received, {
        size: file.bytes.length,
        sha256: hash("sha256", file.bytes),
        sha1: hash("sha1", file.bytes),
        md5: hash("md5", file.bytes),
      });
      assert.deepEqual([item.name, item.mediaType], [file.name, file.mediaType]);
      files += 1;
    }
    const received = one.report.evidence.filter((item) => item.received !== undefined);
    assert.equal(received.length, one.files.length);
  }
  assert.ok(files > 100);
});

test("case numbers, and the ids of evidence, are never given twice", () => {
  const cases = new Set<string>();
  const ids = new Set<string>();
  let evidence = 0;
  for (const { caseNumber, report } of simulate(demo({ count: 2000, material: "stand-in" }))) {
    cases.add(caseNumber);
    evidence += report.evidence.length;
    for (const { id } of report.evidence) ids.add(id);
  }
  assert.equal(cases.size, 2000);
  assert.equal(ids.size, evidence);
});

test("the station finds the platform's own number in the report, and for an amendment the earlier one", () => {
  const seen = new Set<string>();
  let amendments = 0;
  for (const { caseNumber, report, truth } of simulate(demo({ count: 640, material: "stand-in" }))) {
    const own = report.references.filter(({ kind }) => kind === "this-report");
    assert.deepEqual(
      own.map(({ value }) => value),
      [caseNumber],
    );
    const prior = report.references.find(({ kind }) => kind === "prior-report");
    assert.equal(prior?.value ?? null, truth.duplicateBy === "amendment" ? truth.duplicateOf : null);
    if (prior !== undefined) amendments += 1;
    assert.ok(truth.duplicateOf === null || seen.has(truth.duplicateOf));
    seen.add(caseNumber);
  }
  assert.ok(amendments > 0);
});

test("a report that is sent again is about the same account, with the same bytes, within a minute", () => {
  const earlier = new Map<string, SimulatedReport>();
  let repeats = 0;
  for (const one of simulate(demo({ count: 300 }))) {
    earlier.set(one.caseNumber, one);
    const first = earlier.get(one.truth.duplicateOf ?? "");
    if (first === undefined) continue;
    repeats += 1;
    assert.equal(one.truth.account, first.truth.account);
    const hashes = ({ report }: SimulatedReport) => report.evidence.map(({ received }) => received?.sha256);
    assert.deepEqual(hashes(one), hashes(first));
    const at = ({ report }: SimulatedReport) => Date.parse(report.incident.occurred.at ?? "");
    if (first.report.incident.occurred.at !== undefined) assert.ok(Math.abs(at(one) - at(first)) <= 60_000);
  }
  assert.ok(repeats > 2);
});
