import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { entries, entry, page, tiered } from "../testing/entries.ts";
import { layOver } from "./shown.ts";

const ids = (shown: { entries: { entry: { id: string } }[] }) => shown.entries.map(({ entry: { id } }) => id);

suite("the queue on the screen", () => {
  test("shows what was loaded until the first news comes", () => {
    const shown = layOver(entries("a", "b"), true, undefined);
    assert.deepEqual(ids(shown), ["a", "b"]);
    assert.equal(shown.arrived + shown.moved + shown.left, 0);
  });

  test("counts new reports without putting them between the rows", () => {
    const shown = layOver(entries("a", "c"), true, page(entries("a", "b", "c", "d")));
    assert.deepEqual(ids(shown), ["a", "c"]);
    assert.equal(shown.arrived, 2);
  });

  test("does not call new what scrolling would bring anyway", () => {
    const shown = layOver(entries("a", "b"), false, page(entries("a", "x", "b", "c", "d")));
    assert.equal(shown.arrived, 1);
  });

  test("counts every report as new when the list was empty", () => {
    assert.equal(layOver([], true, page(entries("a", "b"))).arrived, 2);
  });

  test("keeps a row in its place when its tier changes, and marks it", () => {
    const shown = layOver(
      [tiered("a", "R2"), tiered("b", "R3")],
      true,
      page([tiered("b", "R1"), tiered("a", "R2")]),
    );
    assert.deepEqual(ids(shown), ["a", "b"]);
    assert.equal(shown.entries[1]?.mark, "moved");
    assert.equal(shown.entries[1]?.standsUnder, "R3");
    assert.equal(shown.entries[1]?.entry.tier, "R1");
    assert.equal(shown.moved, 1);
  });

  test("brings a row up to date where it stands", () => {
    const shown = layOver(entries("a"), true, page([entry("a", { delivery: "failed" })]));
    assert.equal(shown.entries[0]?.entry.delivery, "failed");
    assert.equal(shown.entries[0]?.mark, undefined);
  });

  test("keeps and marks a row that has left the list", () => {
    const shown = layOver(entries("a", "b", "c"), true, page(entries("a", "c")));
    assert.deepEqual(ids(shown), ["a", "b", "c"]);
    assert.equal(shown.entries[1]?.mark, "left");
    assert.equal(shown.entries[1]?.standsUnder, "R3");
    assert.equal(shown.left, 1);
  });

  test("says nothing of rows beyond the end of what was asked", () => {
    const shown = layOver(entries("a", "b", "c", "d"), true, page(entries("a", "b"), "more"));
    assert.equal(shown.left, 0);
  });

  test("shows a report once when two pages overlap, where it came first", () => {
    const shown = layOver([...entries("a", "b"), entry("a"), ...entries("c")], true, undefined);
    assert.deepEqual(ids(shown), ["a", "b", "c"]);
  });

  test("never moves, adds or drops a row, whatever the news", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i"), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(names, names, fc.boolean(), fc.boolean(), (loaded, latest, complete, more) => {
        const shown = layOver(
          entries(...loaded),
          complete,
          page(entries(...latest), more ? "next" : undefined),
        );
        assert.deepEqual(ids(shown), loaded);
        const unknown = latest.filter((id) => !loaded.includes(id)).length;
        assert.ok(shown.arrived <= unknown);
        if (complete) assert.equal(shown.arrived, unknown);
      }),
    );
  });
});
