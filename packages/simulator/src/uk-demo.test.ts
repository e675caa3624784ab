import assert from "node:assert/strict";
import { test } from "node:test";
import { momentsOf, ukOutcode } from "@fairlead/report";
import { UK_AREAS } from "./areas.ts";
import { ERROR_KINDS, HABITS, INTENTS } from "./profile.ts";
import { simulate, type SimulatedReport } from "./simulate.ts";

const START = Date.parse("2026-03-01T12:00:00Z");
const stream = (seed: string, count: number) =>
  simulate({ seed, count, profile: "uk-demo", startAt: START, material: "stand-in" });
/** One demonstration, which most tests look at. */
const whole = [...stream("1", 640)];
const forceOf = new Map(
  UK_AREAS.flatMap(({ force, outcodes }) => outcodes.map((outcode) => [outcode, force])),
);

/** Whether an analyst in the United Kingdom can say which force: by an installation address, or a postcode given. */
function placeable({ report, truth }: SimulatedReport): string | undefined {
  const { resolution } = truth.plan;
  const resolved = resolution?.addressKind === "installation" && resolution.country === "GB";
  const declared = report.persons[0]?.places.find(
    ({ basis, country }) => basis === "declared" && country === "GB",
  );
  const postcode = resolved ? resolution.postcode : declared?.postcode;
  return postcode === undefined ? undefined : forceOf.get(ukOutcode(postcode) ?? "");
}

test("of 640 reports at least 540 can be referred to a force, and the plan refers exactly those", () => {
  for (const seed of ["1", "2", "demo"]) {
    let referable = 0;
    for (const one of stream(seed, 640)) {
      const force = placeable(one);
      assert.equal(one.truth.plan.refer?.force, force);
      if (force === undefined) continue;
      referable += 1;
      assert.equal(force, one.truth.force);
      assert.ok(one.truth.plan.outcomes.length > 0);
    }
    assert.ok(referable >= 540, `seed ${seed}: ${referable}`);
  }
});

test("the other reports show what cannot be referred: abroad, unknown, behaviour alone, hashes alone", () => {
  const slots = new Map<string, number>();
  for (const { truth } of whole) slots.set(truth.slot, (slots.get(truth.slot) ?? 0) + 1);
  assert.equal(slots.get("resolved"), 384);
  assert.equal(slots.get("declared"), 160);
  for (const slot of ["foreign", "unlocatable", "behaviour-only", "hash-only"])
    assert.ok((slots.get(slot) ?? 0) > 8, `${slot}: ${slots.get(slot)}`);
});

test("a report has about two files, and files are small", () => {
  let files = 0;
  let bytes = 0;
  for (const one of simulate({ seed: "1", count: 640, profile: "uk-demo", startAt: START })) {
    files += one.files.length;
    bytes += one.files.reduce((sum, file) => sum + file.bytes.length, 0);
  }
  assert.ok(files / 640 > 1.7 && files / 640 < 2.3, `${files} files`);
  assert.ok(bytes < 12_000_000, `${bytes} bytes`);
});

test("no time in a demonstration report lacks its zone, because the CyberTipline wire would refuse it", () => {
  let notes = 0;
  for (const { report } of whole) {
    for (const { path, moment } of momentsOf(report)) assert.equal(moment.zone, "stated", path);
    notes += report.statements.filter(({ text }) => text.startsWith("Times as our export")).length;
  }
  assert.ok(notes > 10, `${notes} notes`);
});

test("a report names one suspect first, the platform's mailbox, and no network, which the station's own table knows", () => {
  for (const { report } of whole) {
    assert.equal(report.persons[0]?.role, "suspect");
    assert.equal(report.persons.filter(({ role }) => role === "suspect").length, 1);
    const reporters = report.persons
      .filter(({ role }) => role === "reporter")
      .flatMap(({ identifiers }) => identifiers);
    assert.deepEqual(
      reporters.map(({ value }) => value),
      ["safety@example-platform.example"],
    );
    assert.ok(report.claims.every(({ states }) => states.kind !== "network"));
  }
});

test("what was viewed is left to the platform's reviewer, except where a sender says too much", () => {
  let planned = 0;
  for (const { report, truth } of whole) {
    const stated = report.claims.filter(
      ({ states }) => states.kind === "flag" && states.flag === "viewed-in-full",
    );
    const misSet = truth.errors.some(({ kind }) => kind === "viewed-mis-set");
    if (truth.habit !== "over-ticks-viewed" && !misSet) assert.equal(stated.length, 0);
    const held = new Set<string>(report.evidence.filter((item) => item.received).map(({ id }) => id));
    for (const id of truth.plan.view) assert.ok(held.has(id));
    if (truth.plan.grade !== null) assert.ok(held.has(truth.plan.grade.evidenceId));
    planned += truth.plan.view.length;
  }
  assert.ok(planned > 700, `${planned}`);
});

test("one person has many reports, as one offender in Belgium had", () => {
  const people = new Map<string, number>();
  for (const { truth } of whole) people.set(truth.person, (people.get(truth.person) ?? 0) + 1);
  const most = Math.max(...people.values());
  assert.ok(most >= 15 && most <= 62, `${most}`);
});

test("outcomes have the shape of the United Kingdom's figures", () => {
  const count = { referred: 0, arrests: 0, charges: 0, children: 0 };
  const arrested = new Set<string>();
  for (const seed of ["1", "2", "3"])
    for (const { truth } of stream(seed, 640)) {
      if (truth.plan.refer === null) continue;
      count.referred += 1;
      for (const outcome of truth.plan.outcomes) {
        if (outcome.kind === "arrest") {
          count.arrests += outcome.arrests;
          assert.equal(arrested.has(`${seed} ${truth.person}`), false, "nobody is arrested twice");
          arrested.add(`${seed} ${truth.person}`);
        }
        if (outcome.kind === "charge") count.charges += outcome.charges;
        if (outcome.kind === "children-safeguarded") count.children += outcome.children;
        if (truth.duplicateOf !== null)
          assert.deepEqual(outcome, { kind: "duplicate", of: truth.duplicateOf });
      }
    }
  const share = (part: number, whole: number) => part / whole;
  // 231 to 252 arrests for 1,700 leads in a week; 118 charges for 252 arrests; 1.25 to 1.6 children for each arrest.
  assert.ok(
    Math.abs(share(count.arrests, count.referred) - 0.145) < 0.03,
    `${count.arrests} of ${count.referred}`,
  );
  assert.ok(
    Math.abs(share(count.charges, count.arrests) - 0.47) < 0.1,
    `${count.charges} of ${count.arrests}`,
  );
  assert.ok(
    Math.abs(share(count.children, count.arrests) - 1.45) < 0.4,
    `${count.children} for ${count.arrests}`,
  );
});

test("the stream shows every habit, every intent and every kind of error within a few hundred reports", () => {
  const seen = new Set<string>();
  for (const seed of ["1", "2"])
    for (const { truth } of stream(seed, 640))
      for (const word of [truth.habit, truth.intent, truth.urgency, ...truth.errors.map(({ kind }) => kind)])
        seen.add(word);
  for (const word of [...HABITS, ...INTENTS, ...ERROR_KINDS, "R1", "R2", "R3", "R4", "R5"])
    assert.ok(seen.has(word), word);
});
