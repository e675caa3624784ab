import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { assess } from "./assess.ts";
import { defaultRuleSet } from "./rules/rule-set.ts";
import type { EvidenceId } from "@fairlead/report";
import {
  aboutAddress,
  aboutFile,
  aboutReport,
  aboutSuspect,
  aFlag,
  ANALYST,
  arbitraryInput,
  assessed,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  TEST_NOW,
  warrantInput,
} from "./testing/index.ts";

describe("an assessment of a hostile report", () => {
  it("holds out against more events and claims than a call may have arguments", () => {
    const event = exampleEvent();
    const events = Array.from({ length: 1000 }, () => event);
    const evidence = Array.from({ length: 130 }, (_, index) =>
      exampleFile({ id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` as EvidenceId, events }),
    );
    const claims = Array.from({ length: 35_000 }, (_, index) => [
      aboutAddress("access", { source: { kind: "list", name: `Table ${index}` } }),
      aboutReport(aFlag("prior-referral")),
      aboutFile({ kind: "franking", verified: false, fullConversation: false }, ANALYST),
      aboutSuspect({
        kind: "resolution",
        events: 1,
        addressKind: "billing",
        country: "GB",
        corroborated: false,
      }),
    ]).flat();
    const assessment = assessed({ report: exampleReport({ evidence }), claims, context: exampleContext() });
    assert.equal(assessment.sufficiency.level, "L2");
    assert.ok(JSON.stringify(assessment.sufficiency).length < 50_000);
    assert.ok(JSON.stringify(assessment.route).length < 20_000);
  });
});

describe("an assessment", () => {
  it("is plain JSON and loses nothing on the way", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const assessment = assessed(input);
        assert.deepEqual(JSON.parse(JSON.stringify(assessment)), assessment);
      }),
    );
  });

  it("comes out the same when it is replayed", () => {
    fc.assert(
      fc.property(arbitraryInput, ({ report, claims, context }) => {
        const copy = structuredClone({ report, claims, context });
        assert.deepEqual(
          assess(copy.report, copy.claims, copy.context, defaultRuleSet(), TEST_NOW),
          assess(report, claims, context, defaultRuleSet(), TEST_NOW),
        );
        assert.deepEqual(
          copy,
          { report, claims, context },
          "an assessment changes nothing that it was given",
        );
      }),
    );
  });

  it("names the rules, the directory and the time that made it", () => {
    const { ruleVersion, directoryVersion, assessedAt, sufficiency, urgency } = assessed(warrantInput());
    assert.deepEqual(
      [ruleVersion, directoryVersion, assessedAt],
      ["2026.11-3", "uk-2026-11-2", "2026-11-22T12:00:00.000Z"],
    );
    assert.deepEqual([sufficiency.ruleVersion, urgency.ruleVersion], [ruleVersion, ruleVersion]);
  });

  it("keeps what a report can support and how urgent it is apart", () => {
    const input = warrantInput();
    const urgent = { ...input, claims: [...input.claims, aboutReport(aFlag("live-abuse"))] };
    assert.deepEqual(assessed(urgent).sufficiency.attributes, assessed(input).sufficiency.attributes);
    assert.equal(assessed(urgent).urgency.tier, "R1");
    assert.equal(assessed(input).urgency.tier, "R5");
  });
});
