import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claim, Evidence, Report } from "@fairlead/report";
import {
  aboutFile,
  aboutReport,
  aFlag,
  ANALYST,
  assessed,
  attributableInput,
  exampleContext,
  exampleFile,
  exampleReport,
  exampleSuspect,
  SENDER,
  TABLE,
  type AssessmentInput,
} from "../testing/index.ts";

const offence = (parts: Partial<Report>, claims: Claim[] = [], context = exampleContext()) =>
  assessed({ report: exampleReport(parts), claims, context }).sufficiency.graded.offence;
const codes = ({ holds }: { holds: readonly { code: string }[] }) => holds.map(({ code }) => code);
const match = (parts: object = {}) => ({
  kind: "hash-match" as const,
  list: "Example List",
  match: "exact" as const,
  vetted: true,
  grade: "A1",
  ...parts,
});
const notSent = exampleFile({ received: undefined });
const bundle = exampleFile({ kind: "message-bundle" });
const graded = {
  kind: "uk-category" as const,
  category: "B" as const,
  description: "A landscape with a red kite.",
};

describe("offence", () => {
  const table: [string, string, Partial<Report>, Claim[]][] = [
    ["O0", "an incident type and nothing else", { persons: [], evidence: [] }, []],
    ["O1", "accounts and addresses only", { evidence: [] }, []],
    [
      "O1",
      "a description in the sender's words",
      { evidence: [], persons: [], statements: [{ topic: "note", text: "Seen twice." }] },
      [],
    ],
    ["O1", "a hash without the file", { evidence: [notSent] }, []],
    [
      "O1",
      "a classifier's score without the file",
      { evidence: [notSent] },
      [aboutFile({ kind: "classifier", model: "m", score: 0.99 })],
    ],
    [
      "O1",
      "a perceptual match without the file",
      { evidence: [notSent] },
      [aboutFile(match({ match: "perceptual" }), TABLE)],
    ],
    [
      "O1",
      "an exact match with an unvetted list without the file",
      { evidence: [notSent] },
      [aboutFile(match({ vetted: false }), TABLE)],
    ],
    [
      "O1",
      "an exact match that gives no grade without the file",
      { evidence: [notSent] },
      [aboutFile(match({ grade: undefined }), TABLE)],
    ],
    [
      "O1",
      "a sender's view of a file that was not sent",
      { evidence: [notSent] },
      [aboutFile(aFlag("viewed-in-full"))],
    ],
    [
      "O2",
      "an exact match with a vetted graded list without the file",
      { evidence: [notSent] },
      [aboutFile(match())],
    ],
    ["O2", "a file that nobody has viewed", {}, []],
    [
      "O2",
      "the words of a conversation",
      { evidence: [], statements: [{ topic: "chat", text: "Kites." }] },
      [],
    ],
    [
      "O2",
      "a message bundle that its sender has viewed",
      { evidence: [bundle] },
      [aboutFile(aFlag("viewed-in-full"))],
    ],
    ["O2", "a file that only its sender says is on a list", {}, [aboutFile(match())]],
    ["O2", "a file with a perceptual match", {}, [aboutFile(match({ match: "perceptual" }), TABLE)]],
    ["O3", "a file that its sender has viewed in full", {}, [aboutFile(aFlag("viewed-in-full"))]],
    [
      "O3",
      "a file that a reviewer of a station has viewed in full",
      {},
      [aboutFile(aFlag("viewed-in-full"), { kind: "person", id: "p", role: "reviewer" })],
    ],
    ["O3", "a file that a list has matched exactly", {}, [aboutFile(match(), TABLE)]],
    [
      "O3",
      "a franked message",
      { evidence: [bundle] },
      [
        aboutFile(
          { kind: "franking", verified: true, fullConversation: false },
          { kind: "rule", id: "franking", version: "1" },
        ),
      ],
    ],
    [
      "O3",
      "a grade by trained staff without a description",
      {},
      [aboutFile({ kind: "uk-category", category: "B" }, ANALYST)],
    ],
    ["O4", "a grade with a description by trained staff", {}, [aboutFile(graded, ANALYST)]],
    [
      "O4",
      "a franked conversation that is whole",
      { evidence: [bundle] },
      [
        aboutFile(
          { kind: "franking", verified: true, fullConversation: true },
          { kind: "rule", id: "franking", version: "1" },
        ),
      ],
    ],
  ];
  for (const [value, what, parts, claims] of table)
    it(`is ${value} for ${what}`, () => assert.equal(offence(parts, claims).value, value));

  it("takes a view from the sender or from a person, never from a list, a rule or a member of the public", () => {
    const view = aFlag("viewed-in-full");
    assert.deepEqual(codes(offence({}, [aboutFile(view, TABLE)])).slice(0, 1), [
      "offence.view-not-first-hand",
    ]);
    assert.equal(offence({}, [aboutFile(view, { kind: "rule", id: "r", version: "1" })]).value, "O2");
    const sender: Report["sender"] = { kind: "public", id: "web-form", name: "A member of the public" };
    assert.equal(offence({ sender, claims: [aboutFile(view)] }).value, "O2");
  });

  it("takes nothing from a source that says both that it viewed the file and that it did not", () => {
    const both = [aboutFile(aFlag("viewed-in-full")), aboutFile(aFlag("viewed-in-full", false))];
    const result = offence({}, both);
    assert.equal(result.value, "O2");
    assert.ok(codes(result).includes("offence.view-contradicted"));
  });

  it("does not count another source's no against a view", () => {
    const claims = [aboutFile(aFlag("viewed-in-full")), aboutFile(aFlag("viewed-in-full", false), ANALYST)];
    assert.equal(offence({}, claims).value, "O3");
  });

  it("takes a grade only from trained staff of a station that grades", () => {
    const byReviewer = offence({}, [aboutFile(graded, { kind: "person", id: "p", role: "reviewer" })]);
    assert.equal(byReviewer.value, "O2");
    assert.ok(codes(byReviewer).includes("offence.grade-not-by-trained-staff"));
    const platform = exampleContext({ station: { id: "p", name: "Example Platform", profile: "platform" } });
    assert.equal(offence({}, [aboutFile(graded, ANALYST)], platform).value, "O2");
    assert.equal(offence({}, [aboutFile(graded, SENDER)]).value, "O2");
  });

  it("does not trust a proof of origin that the sender asserts, or that failed", () => {
    const proven = { kind: "franking" as const, verified: true, fullConversation: true };
    assert.equal(offence({ evidence: [bundle] }, [aboutFile(proven, SENDER)]).value, "O2");
    const rule = { kind: "rule" as const, id: "franking", version: "1" };
    const failed = offence({ evidence: [bundle] }, [
      aboutFile(proven, rule),
      aboutFile({ ...proven, verified: false }, rule),
    ]);
    assert.equal(failed.value, "O2");
    assert.ok(codes(failed).includes("offence.franking-failed"));
  });

  it("lets no sender speak in another's name from inside its report", () => {
    const forged = [aboutFile(graded, ANALYST), aboutFile(match(), TABLE)];
    assert.equal(offence({ claims: forged }).value, "O2");
    const peer: Report["sender"] = { kind: "peer", id: "clearinghouse", name: "Example Clearinghouse" };
    assert.equal(offence({ sender: peer, claims: forged }).value, "O4");
    assert.equal(
      offence({ sender: peer, claims: forged }, [], exampleContext({ handOffs: "unsigned" })).value,
      "O2",
    );
    assert.equal(
      offence({ sender: peer, claims: forged }, [], exampleContext({ senderAuthenticated: false })).value,
      "O2",
    );
  });

  it("does not read the wire's own document as evidence of an offence", () => {
    assert.equal(offence({ evidence: [exampleFile({ kind: "wire-document" })] }).value, "O1");
  });

  it("adds no piece of evidence's proof to another's integrity", () => {
    const viewedButDiffering: Evidence = exampleFile({
      declaredHashes: [{ algorithm: "MD5", value: "9".repeat(32) }],
    });
    const intactButUnseen: Evidence = exampleFile({
      id: "22222222-2222-4222-8222-222222222222" as Evidence["id"],
    });
    const { report, ...rest } = attributableInput();
    const input: AssessmentInput = {
      ...rest,
      report: { ...report, evidence: [viewedButDiffering, intactButUnseen] },
    };
    const { sufficiency } = assessed(input);
    assert.equal(sufficiency.level, "L2");
    assert.equal(sufficiency.attributes.integrity, "I1");
  });

  it("does not call a report empty when all it has is a claim", () => {
    assert.equal(offence({ persons: [], evidence: [] }, [aboutReport(aFlag("grooming"))]).value, "O1");
    assert.equal(offence({ persons: [], evidence: [] }, [aboutReport(aFlag("spam"))]).value, "O0");
    assert.equal(
      offence({ persons: [exampleSuspect({ identifiers: [], events: [] })], evidence: [] }).value,
      "O0",
    );
  });
});
