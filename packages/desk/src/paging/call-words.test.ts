import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { PageView } from "../api/shapes.ts";
import { alertText } from "./call-words.ts";

const call = (part: Partial<PageView> = {}): PageView => ({
  id: "00000000-0000-4000-8000-000000000001",
  report: "00000000-0000-4000-8000-000000000002",
  number: "1001",
  status: "new",
  raisedAt: "2026-11-22T10:00:00Z",
  triggers: [
    {
      code: "r1.threat-to-life",
      text: "There is a threat to life.",
      path: "/report/claims/0",
      source: "Example",
    },
  ],
  stage: "caseworkers",
  rings: true,
  mine: false,
  calls: [],
  ...part,
});

suite("what is said at once", () => {
  test("nothing while nobody is called", () => assert.equal(alertText([]), ""));

  test("which report, the trigger's own words, whom it is with, and how to get there", () => {
    assert.equal(
      alertText([call()]),
      "Call: report 1001 is immediate. There is a threat to life. Everybody who works cases here is called. Press F8 to go to it.",
    );
  });

  test("changes when it goes further or another comes, and not by time alone", () => {
    const first = alertText([call()]);
    assert.notEqual(alertText([call({ stage: "leads" })]), first);
    assert.match(alertText([call(), call({ number: "1002" })]), /One more call is unanswered\.$/);
    assert.equal(alertText([call({ escalatesAt: "2026-11-22T10:05:00Z" })]), first);
  });
});
