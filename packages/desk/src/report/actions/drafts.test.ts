import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { entries, page } from "../../testing/entries.ts";
import { evidence, person, view } from "../../testing/report-view.ts";
import { claimOf, emptyDraft, possibleKinds, targetsFor, withTarget } from "./claim-draft.ts";
import { EVIDENCE_FLAGS, PERSON_FLAGS, REPORT_FLAGS } from "./flags.ts";
import { followingReport } from "./following-report.ts";
import { NO_ACTION_REASONS, OUTCOME_KINDS, statementOf, USELESS_REASONS } from "./outcome-draft.ts";

const opened = evidence({
  openings: [{ person: "Sam Example", at: "2026-03-14T09:00:00Z", purpose: "assess-the-report" }],
});

suite("claims being written", () => {
  test("only what this person has opened can be claimed as viewed", () => {
    const report = view({ evidence: [opened] });
    assert.equal(targetsFor("viewed", report, "Sam Example").length, 1);
    assert.equal(targetsFor("viewed", report, "Kim Example").length, 0);
    assert.equal(targetsFor("viewed", report, undefined).length, 0);
    assert.ok(!possibleKinds(report, "Kim Example").includes("viewed"));
  });

  test("grading is offered only to those whose role grades", () => {
    assert.ok(!possibleKinds(view(), "x").includes("uk-category"));
    assert.ok(possibleKinds(view({ may: ["grade"] }), "x").includes("uk-category"));
  });

  test("an enquiry's answer is about a person, so a report without persons has none", () => {
    assert.ok(!possibleKinds(view({}, []), "x").includes("resolution"));
  });

  test("a draft is a claim only once nothing is missing", () => {
    const report = view({ evidence: [opened] });
    const targets = targetsFor("resolution", report, "x");
    const draft = withTarget({ ...emptyDraft, kind: "resolution" }, targets[0]);
    assert.equal(claimOf(draft, targets), undefined);
    assert.deepEqual(
      claimOf(
        { ...draft, addressKind: "installation", postcode: " ls1 4ap ", country: "gb", events: 2 },
        targets,
      ),
      {
        about: { kind: "person", key: "suspect-1" },
        states: {
          kind: "resolution",
          events: 2,
          addressKind: "installation",
          postcode: "LS1 4AP",
          country: "GB",
          corroborated: false,
        },
      },
    );
    assert.equal(claimOf({ ...emptyDraft, kind: "viewed" }, targets), undefined);
  });

  test("a flag that cannot be said of the new target is not kept", () => {
    const targets = targetsFor("flag", view({}, [person()]), "x");
    const about = (value: string) => targets.find((target) => target.value.startsWith(value));
    const draft = withTarget(
      { ...emptyDraft, kind: "flag", flag: "threat-to-life", value: "no" },
      about("person"),
    );
    assert.ok((PERSON_FLAGS as readonly string[]).includes(draft.flag));
    assert.deepEqual(claimOf(draft, targets)?.states, { kind: "flag", flag: draft.flag, value: false });
  });

  test("every flag of the contract can be claimed, of one kind of target", async () => {
    const offered = [...REPORT_FLAGS, ...PERSON_FLAGS, ...EVIDENCE_FLAGS, "viewed-in-full"];
    assert.deepEqual(offered.toSorted(), (await enumWith("viewed-in-full")).toSorted());
  });
});

suite("outcomes being written", () => {
  test("are statements only once nothing is missing", () => {
    assert.equal(statementOf({ count: 1, of: "" }), undefined);
    assert.equal(statementOf({ kind: "useless", count: 1, of: "" }), undefined);
    assert.equal(statementOf({ kind: "duplicate", count: 1, of: "  " }), undefined);
    assert.deepEqual(statementOf({ kind: "arrest", count: 2, of: "" }), { kind: "arrest", arrests: 2 });
    assert.deepEqual(statementOf({ kind: "duplicate", count: 1, of: " 1001 " }), {
      kind: "duplicate",
      of: "1001",
    });
    assert.deepEqual(statementOf({ kind: "no-further-action", noAction: "data-expired", count: 1, of: "" }), {
      kind: "no-further-action",
      reason: "data-expired",
    });
  });

  test("offer every kind and every reason of the contract", async () => {
    assert.deepEqual(OUTCOME_KINDS.length, 6);
    assert.deepEqual([...NO_ACTION_REASONS].toSorted(), (await enumWith("data-expired")).toSorted());
    assert.deepEqual([...USELESS_REASONS].toSorted(), (await enumWith("viral-item")).toSorted());
  });
});

suite("the next report", () => {
  test("is the one after it, across pages", () => {
    assert.equal(followingReport([page(entries("a", "b")), page(entries("c"))], "b"), "c");
  });

  test("is not known at the end of what is loaded, or for a report from elsewhere", () => {
    assert.equal(followingReport([page(entries("a"))], "a"), undefined);
    assert.equal(followingReport([page(entries("a"))], "z"), undefined);
    assert.equal(followingReport([], "a"), undefined);
  });
});

/** The enumeration of the station's document that holds this value. */
async function enumWith(value: string): Promise<string[]> {
  const text = await readFile(new URL("../../../openapi.json", import.meta.url), "utf8");
  let found: string[] = [];
  JSON.parse(text, (_, node: unknown) => {
    if (Array.isArray(node) && node.includes(value) && node.every((item) => typeof item === "string"))
      found = node;
    return node;
  });
  return found;
}
