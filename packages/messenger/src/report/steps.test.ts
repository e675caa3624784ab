import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { DraftFile, DraftLine, ReportDraft } from "../client/report/types.ts";
import { missingFor, stepBeside, stepsFor } from "./steps.ts";

const picture: DraftFile = {
  root: "aa",
  name: "kite.jpg",
  contentType: "image/jpeg",
  isThumbnail: false,
  mode: "hash-only",
};

function draft(lines: readonly Partial<DraftLine>[], category: string | null = null): ReportDraft {
  return {
    roomId: "room",
    lines: lines.map((line, index) => ({
      seq: index + 1,
      role: "context",
      locked: null,
      from: "mimi://hub.example/u/ada",
      own: false,
      at: 0,
      what: { kind: "text", text: "The kite is blue", replyTo: null },
      files: [],
      ...line,
    })),
    hasOlder: false,
    hasNewer: false,
    accused: null,
    category,
    note: "",
    defaultMode: "hash-only",
  };
}

suite("the steps of a report", () => {
  test("pictures are asked about only if one is shown", () => {
    assert.ok(!stepsFor(draft([{ role: "selected" }])).includes("pictures"));
    assert.ok(stepsFor(draft([{ role: "selected", files: [picture] }])).includes("pictures"));
    assert.ok(!stepsFor(draft([{ role: "withheld", files: [picture] }])).includes("pictures"));
  });

  test("nobody goes on without saying what happened and marking where", () => {
    assert.equal(missingFor("what", draft([{}])), "category");
    assert.equal(missingFor("what", draft([{}], "other")), null);
    assert.equal(missingFor("messages", draft([{ role: "context" }])), "messages");
    assert.equal(missingFor("messages", draft([{ role: "selected" }])), null);
  });

  test("on and back lead through the steps that there are, and stop at the ends", () => {
    const plain = draft([{ role: "selected" }]);
    assert.equal(stepBeside("messages", plain, 1), "words");
    assert.equal(stepBeside("words", plain, -1), "messages");
    assert.equal(stepBeside("what", plain, -1), "what");
    assert.equal(stepBeside("check", plain, 1), "check");
  });
});
