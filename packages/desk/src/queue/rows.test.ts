import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { entry, tiered } from "../testing/entries.ts";
import { nextReportRow, rowsOf } from "./rows.ts";
import { layOver } from "./shown.ts";

const rows = (...items: Parameters<typeof layOver>[0]) => rowsOf(layOver(items, true, undefined).entries);

suite("the lines of the queue", () => {
  test("a heading stands wherever the tier changes, in the station's order", () => {
    const lines = rows(tiered("a", "R1"), tiered("b", "R1"), tiered("c", "R2"));
    assert.deepEqual(
      lines.map((line) => (line.kind === "tier" ? line.tier : line.shown.entry.id)),
      ["R1", "a", "b", "R2", "c"],
    );
  });

  test("reports without a tier have a heading of their own", () => {
    const { tier: _, ...unassessed } = entry("a");
    const lines = rows(unassessed, tiered("b", "R1"));
    assert.deepEqual(
      lines.map((line) => (line.kind === "tier" ? (line.tier ?? "none") : line.shown.entry.id)),
      ["none", "a", "R1", "b"],
    );
  });

  test("no two lines share a key, even where the order returns to a tier", () => {
    const keys = rows(tiered("a", "R1"), tiered("b", "R2"), tiered("c", "R1")).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  test("moving skips headings and stops at both ends", () => {
    const lines = rows(tiered("a", "R1"), tiered("b", "R2"));
    assert.equal(nextReportRow(lines, 1, 1), 3);
    assert.equal(nextReportRow(lines, 3, -1), 1);
    assert.equal(nextReportRow(lines, 3, 1), undefined);
    assert.equal(nextReportRow(lines, 1, -1), undefined);
  });
});
