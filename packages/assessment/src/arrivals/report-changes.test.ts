import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PersonKey } from "@fairlead/report";
import fc from "fast-check";
import {
  arbitraryReport,
  exampleEvent,
  exampleFile,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
} from "../testing/index.ts";
import { reportChanges } from "./report-changes.ts";

describe("what an amendment says differently", () => {
  it("is told field by field, with what was said before", () => {
    const mail = exampleIdentifier("email", "kite@example.com");
    const { identifiers } = exampleSuspect();
    const before = exampleReport();
    const event = exampleEvent({ port: 40_000 });
    const after = exampleReport({
      incident: { ...before.incident, type: "enticement" },
      persons: [
        exampleSuspect({
          key: "other-key" as PersonKey,
          identifiers: [...identifiers, mail],
          events: [event],
        }),
      ],
      evidence: [],
      statements: [{ topic: "note", text: "The kite is red." }],
    });
    const moment = new Date(Date.parse(event.moment?.at ?? "")).toISOString();
    assert.deepEqual(reportChanges(before, after), [
      { kind: "changed", field: "incident-type", before: "abuse-material", after: "enticement" },
      { kind: "added", field: "identifier", of: "suspect", after: "email kite@example.com" },
      { kind: "added", field: "event", of: "suspect", after: `upload ${moment} 192.0.2.7 40000` },
      { kind: "added", field: "statement", after: "The kite is red." },
      { kind: "gone", field: "event", of: "suspect", before: `upload ${moment} 192.0.2.7` },
      { kind: "gone", field: "file", of: exampleFile().received?.sha256, before: "file" },
    ]);
  });

  it("is nothing between a report and itself, and without persons the same turned round, for arbitrary reports", () => {
    fc.assert(
      fc.property(arbitraryReport, arbitraryReport, (a, b) => {
        assert.deepEqual(reportChanges(a, a), []);
        const count = (changes: ReturnType<typeof reportChanges>, kind: string) =>
          changes.filter((change) => change.kind === kind).length;
        for (const { before, after } of reportChanges(a, b)) assert.notEqual(before, after);
        // Who is who among persons that share handles crosswise is found from the earlier report's side.
        const [one, two] = [
          { ...a, persons: [] },
          { ...b, persons: [] },
        ];
        const [there, back] = [reportChanges(one, two), reportChanges(two, one)];
        assert.equal(there.length, back.length);
        assert.equal(count(there, "changed"), count(back, "changed"));
        assert.equal(count(there, "added"), count(back, "gone"));
      }),
    );
  });
});
