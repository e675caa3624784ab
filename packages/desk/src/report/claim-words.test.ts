import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { evidence, EVIDENCE_ID, view } from "../testing/report-view.ts";
import { claimsOf, personName, sourceWords, statementWords, targetWords } from "./claim-words.ts";

suite("claims in words", () => {
  test("a no is said as a no", () => {
    assert.equal(
      statementWords({ kind: "flag", flag: "viewed-in-full", value: false }),
      "Viewed in full: no",
    );
  });

  test("an inference is called one", () => {
    assert.match(statementWords({ kind: "classifier", model: "m", score: 0.9 }), /an inference$/);
    assert.match(
      statementWords({ kind: "hash-match", list: "L", match: "perceptual", vetted: true }),
      /an inference/,
    );
  });

  test("an industry grade is never taken for a UK category", () => {
    assert.equal(
      statementWords({ kind: "industry-grade", grade: "A1" }),
      "Industry grade A1, which is not a UK category",
    );
  });

  test("an answer to an enquiry says which kind of address it found", () => {
    assert.equal(
      statementWords({
        kind: "resolution",
        events: 2,
        addressKind: "billing",
        postcode: "LS1 4AP",
        country: "GB",
        corroborated: false,
      }),
      "2 events lead to one subscriber: billing address, where the bill goes, LS1 4AP, GB (not corroborated)",
    );
  });

  test("persons, evidence and addresses have their names on this page", () => {
    assert.equal(personName("victim-2"), "Victim 2");
    assert.equal(personName("stranger-1"), "stranger-1");
    assert.equal(targetWords({ kind: "evidence", id: EVIDENCE_ID }, [evidence()]), "harbour.png");
    assert.equal(
      targetWords({ kind: "evidence", id: EVIDENCE_ID }, []),
      "Evidence that is not in this report",
    );
    assert.equal(sourceWords({ kind: "rule", id: "nets", version: "3" }), "rule nets, version 3");
  });

  test("the newest stands first and what came undated with the report last", () => {
    const base = { about: { kind: "report" as const }, source: { kind: "sender" as const, name: "A" } };
    const undated = { ...base, states: { kind: "flag" as const, flag: "spam" as const, value: true } };
    const old = { ...undated, madeAt: "2026-03-01T00:00:00Z" };
    const recent = { ...undated, madeAt: "2026-03-02T00:00:00Z" };
    assert.deepEqual(claimsOf(view({ claims: [old, recent] }, [], [undated])), [recent, old, undated]);
  });
});
