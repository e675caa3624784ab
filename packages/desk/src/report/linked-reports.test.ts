import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { LinkView } from "../api/shapes.ts";
import { linkedReports } from "./linked-reports.ts";

const link = (report: string, strength: LinkView["strength"], reason: string): LinkView => ({
  report,
  number: report,
  kind: "account",
  value: "a",
  strength,
  reason,
  status: "new",
});

suite("linked reports", () => {
  test("each stands once, with all that links it", () => {
    const found = linkedReports([
      link("a", "strong", "account"),
      link("b", "weak", "name"),
      link("a", "weak", "name"),
    ]);
    assert.deepEqual(
      found.map(({ report, links }) => [report, links.map(({ reason }) => reason)]),
      [
        ["a", ["account", "name"]],
        ["b", ["name"]],
      ],
    );
  });

  test("only a strong link makes it the same person's", () => {
    const [a, b] = linkedReports([
      link("a", "medium", "file"),
      link("b", "weak", "name"),
      link("b", "strong", "account"),
    ]);
    assert.equal(a?.isSamePerson, false);
    assert.equal(b?.isSamePerson, true);
  });
});
