import assert from "node:assert/strict";
import { test } from "node:test";
import { claimSchema, EVIDENCE_FLAGS, flagSchema, PERSON_FLAGS, REPORT_FLAGS } from "./claim.ts";

const by = { kind: "sender", name: "Example Platform" };
const states = { kind: "flag", flag: "viral", value: true };
const parses = (claim: unknown) => claimSchema.safeParse(claim).success;

test("a claim names its source: without one it is refused", () => {
  assert.equal(parses({ about: { kind: "report" }, source: by, states }), true);
  assert.equal(parses({ about: { kind: "report" }, states }), false);
  assert.equal(parses({ about: { kind: "report" }, source: { kind: "sender", name: "" }, states }), false);
  assert.equal(parses({ about: { kind: "report" }, source: { kind: "machine", name: "x" }, states }), false);
});

test("a flag is one of the model's names, and a no is said, not left out", () => {
  assert.equal(parses({ about: { kind: "report" }, source: by, states: { ...states, value: false } }), true);
  assert.equal(
    parses({ about: { kind: "report" }, source: by, states: { kind: "flag", flag: "viral" } }),
    false,
  );
  assert.equal(
    parses({ about: { kind: "report" }, source: by, states: { ...states, flag: "toString" } }),
    false,
  );
});

test("no flag stands in two lists, so that what it is about is never in doubt", () => {
  const all = [...EVIDENCE_FLAGS, ...REPORT_FLAGS, ...PERSON_FLAGS];
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(flagSchema.options.toSorted(), all.toSorted());
});

test("an answer to an enquiry says what kind of address it found", () => {
  const answer = {
    kind: "resolution",
    events: 2,
    addressKind: "installation",
    country: "GB",
    corroborated: true,
  };
  const about = { kind: "person", key: "suspect-1" };
  const source = { kind: "person", id: "analyst-1", role: "analyst" };
  assert.equal(parses({ about, source, states: answer }), true);
  assert.equal(parses({ about, source, states: { ...answer, addressKind: undefined } }), false);
  assert.equal(parses({ about, source, states: { ...answer, events: 0 } }), false);
  assert.equal(parses({ about, source, states: { ...answer, country: "UK " } }), false);
});

test("a classifier's score lies between nought and one", () => {
  for (const [score, ok] of [
    [0, true],
    [1, true],
    [1.01, false],
    [-0.1, false],
    [Number.NaN, false],
  ] as const)
    assert.equal(
      parses({ about: { kind: "report" }, source: by, states: { kind: "classifier", model: "m", score } }),
      ok,
    );
});

test("when a claim was made is told in UTC", () => {
  const claim = { about: { kind: "report" }, source: by, states };
  assert.equal(parses({ ...claim, madeAt: "2026-03-01T09:30:00Z" }), true);
  assert.equal(parses({ ...claim, madeAt: "2026-03-01T09:30:00" }), false);
  assert.equal(parses({ ...claim, madeAt: "2026-03-01T09:30:00+01:00" }), false);
});
