import assert from "node:assert/strict";
import { test } from "node:test";
import { identifier } from "@fairlead/report";
import { networkOf } from "./network.ts";
import { ERROR_KINDS, type ErrorKind } from "./profile.ts";
import { simulate, type SimulatedReport } from "./simulate.ts";
import type { InjectedError } from "./truth.ts";

const START = Date.parse("2026-03-01T12:00:00Z");

/** Reports of both profiles, with errors often enough that each kind is among them. */
const reports: SimulatedReport[] = [
  ...simulate({ seed: "truth", count: 640, profile: "uk-demo", startAt: START, material: "stand-in" }),
  ...simulate({ seed: "truth", count: 2500, profile: "world-2022", startAt: START, material: "stand-in" }),
];

/** The value at a JSON Pointer into the report, or into the truth for what the plan does. */
function at({ report, truth }: SimulatedReport, path: string): unknown {
  let here: unknown = path.startsWith("/plan/") ? truth : report;
  for (const key of path.split("/").slice(1)) {
    assert.ok(typeof here === "object" && here !== null && Object.hasOwn(here, key), `${path} leads nowhere`);
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

const withError = (kind: ErrorKind): Array<[SimulatedReport, InjectedError]> =>
  reports
    .flatMap((one) =>
      one.truth.errors.filter((error) => error.kind === kind).map((error) => [one, error] as const),
    )
    .map(([one, error]): [SimulatedReport, InjectedError] => [one, error]);

test("each kind of error is made, and says where it is, what is stated and what is true", () => {
  for (const kind of ERROR_KINDS) {
    const made = withError(kind);
    assert.ok(made.length > 0, `${kind} never came`);
    for (const [one, error] of made) {
      const value = at(one, error.path);
      assert.notEqual(error.stated, error.real);
      if (kind === "generative-ai-mis-set" || kind === "viewed-mis-set") continue;
      const text = typeof value === "string" ? value : (value as { raw: string }).raw;
      assert.ok(text.includes(error.stated), `${kind}: ${text} does not hold ${error.stated}`);
    }
  }
});

test("a time without a zone, of a twelve-hour clock or in the fold has no instant, or stands in a note", () => {
  for (const kind of ["no-zone", "twelve-hour", "dst-fold"] as const)
    for (const [one, { path, stated }] of withError(kind)) {
      assert.match(stated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      if (path.startsWith("/statements/")) continue;
      assert.deepEqual(at(one, path), { raw: stated, zone: "none" });
    }
  for (const [, { stated }] of withError("twelve-hour")) assert.match(stated, /T(?:0[1-9]|1[0-2]):/);
});

test("a date whose day and month were swapped, or whose year is wrong, is a date that can be", () => {
  for (const [, { stated, real }] of withError("day-month-swapped")) {
    assert.equal(stated.slice(5, 7) + stated.slice(8, 10), real.slice(8, 10) + real.slice(5, 7));
    assert.ok(Date.parse(stated) < START);
  }
  for (const [, { stated, real }] of withError("wrong-year"))
    assert.equal(Number(real.slice(0, 4)) - Number(stated.slice(0, 4)), 1);
});

test("an address whose digits were transposed is another address, in the documentation ranges still", () => {
  for (const [one, { path, stated, real }] of withError("ip-digits-transposed")) {
    assert.deepEqual(at(one, path), { raw: stated, address: stated });
    assert.notEqual(stated, real);
    const sorted = (text: string) => text.split("").toSorted().join("");
    assert.equal(sorted(stated), sorted(real));
    assert.ok(networkOf(stated) !== undefined && networkOf(real) !== undefined, stated);
  }
});

test("a billing address is another than the one where the line ends", () => {
  for (const [{ truth }, { stated, real }] of withError("billing-for-installation")) {
    assert.equal(truth.plan.resolution?.addressKind, "billing");
    assert.equal(truth.plan.resolution.postcode, stated);
    assert.equal(truth.postcode, real);
  }
});

test("a look-alike name looks alike and is another name", () => {
  for (const [one, { path, stated, real }] of withError("lookalike-name")) {
    const own = real.replace("not ", "");
    assert.match(own, /^[a-z_0-9]+$/);
    assert.equal(stated.length, own.length);
    assert.match(stated, /[а-я]/);
    const made = identifier("screen-name", stated);
    assert.equal((at(one, path.replace(/\/raw$/, "")) as { value: string }).value, made?.value);
    assert.notEqual(made?.value, own);
  }
});

test("a claim that a file was viewed when nobody viewed it is among the errors, and no other is", () => {
  for (const { report, truth } of reports) {
    const viewed = new Map<string, boolean>(truth.files.map((file) => [file.evidenceId, file.viewed]));
    const wrong = report.claims.flatMap(({ about, states }, index) =>
      about.kind === "evidence" && states.kind === "flag" && states.flag === "viewed-in-full" && states.value
        ? viewed.get(about.id) === true
          ? []
          : [`/claims/${index}`]
        : [],
    );
    const named = truth.errors.filter(({ kind }) => kind === "viewed-mis-set").map(({ path }) => path);
    assert.deepEqual(named, wrong);
  }
});

test("a truth says of every piece of evidence what it is, and of every viral item that it is viral", () => {
  for (const { report, truth } of reports) {
    assert.deepEqual(
      truth.files.map(({ evidenceId }) => evidenceId),
      report.evidence.map(({ id }) => id),
    );
    const viral = truth.files.filter(({ novelty }) => novelty === "viral").map(({ item }) => item);
    for (const item of viral) assert.ok(truth.viralItems.includes(item));
    assert.equal(truth.force === null, truth.country !== "GB");
    assert.ok(truth.account === null || truth.accounts.includes(truth.account));
  }
});

test("the same item has the same hash in every report, and other items have others", () => {
  const hashes = new Map<string, string>();
  for (const { report, truth } of reports.slice(0, 640))
    truth.files.forEach(({ item }, index) => {
      const sha256 = report.evidence[index]?.received?.sha256;
      if (sha256 === undefined) return;
      assert.equal(hashes.get(item) ?? sha256, sha256);
      hashes.set(item, sha256);
    });
  assert.equal(new Set(hashes.values()).size, hashes.size);
});

test("metadata alone is expected at level 1 at most, whatever else a report has", () => {
  for (const { truth } of reports)
    for (const { attributes, level } of Object.values(truth.expected)) {
      const unseen = truth.habit === "behaviour-only" || truth.habit === "hash-only";
      assert.equal(attributes.offence === "O1", unseen);
      if (unseen) assert.equal(level, "L1");
      if (level === "L4") assert.deepEqual([attributes.attribution, attributes.place], ["A4", "P3"]);
      if (level === "L3" || level === "L4") assert.equal(attributes.offence, "O3");
    }
});

test("an answer to an enquiry never lowers what is expected, and lifts a part of the reports to level 4", () => {
  let lifted = 0;
  for (const { truth } of reports) {
    const { atReceipt, afterEnquiries } = truth.expected;
    if (atReceipt.level === null || afterEnquiries.level === null) continue;
    assert.ok(afterEnquiries.level >= atReceipt.level);
    if (afterEnquiries.level === "L4") {
      lifted += 1;
      assert.ok((truth.plan.resolution?.events ?? 0) >= 2);
      assert.equal(truth.plan.resolution?.addressKind, "installation");
    }
  }
  assert.ok(lifted > 100, `${lifted}`);
});

test("the injected facts determine the level of most reports", () => {
  const open = reports.filter(({ truth }) => truth.expected.atReceipt.level === null).length;
  assert.ok(open / reports.length < 0.15, `${open} of ${reports.length} are open`);
});

test("a provider is asked only about what is stated rightly, and answers for the person's own home", () => {
  for (const { report, truth } of reports) {
    const { resolution } = truth.plan;
    if (resolution === null) continue;
    assert.equal(truth.country, "GB");
    if (resolution.addressKind === "installation") assert.equal(resolution.postcode, truth.postcode);
    assert.equal(resolution.corroborated, resolution.events >= 2);
    const uploads = [...report.persons, ...report.evidence]
      .flatMap(({ events }) => events)
      .filter(({ kind, ip, port, moment }) => {
        const network = networkOf(ip?.address ?? "")?.network;
        const names = network === "access" || (network === "carrier-nat" && port !== undefined);
        return kind === "upload" && names && moment?.zone === "stated";
      });
    assert.equal(uploads.length, resolution.events);
  }
});
