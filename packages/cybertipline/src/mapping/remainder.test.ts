import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { statementSchema } from "@fairlead/report";
import * as fc from "fast-check";
import type { Remainder } from "./ledger.ts";
import { joined, readStatement, remainingStatements } from "./remainder.ts";

const text = fc.string({ unit: "binary", maxLength: 20 }).filter((each) => each.isWellFormed());
const path = fc.constantFrom("/report/a", "/report/b[1]/@c", "/report/d");
const left = fc.uniqueArray(fc.record({ path, text: text.filter((each) => each !== "") }), {
  selector: (each) => each.path,
});
const forms = fc.array(
  fc.tuple(
    fc.constantFrom("/report/x", "/report/y[2]"),
    fc.option(text, { nil: null }),
  ) satisfies fc.Arbitrary<Remainder>,
  { maxLength: 4 },
);

function readBack(statements: ReturnType<typeof remainingStatements>): readonly Remainder[] {
  return statements.flatMap((statement) => {
    statementSchema.parse(statement);
    const entries = readStatement("/report", statement);
    assert.ok(entries);
    return entries;
  });
}

describe("what a report has no place for", () => {
  it("is read back from its statements, however many of them may be readable", () => {
    fc.assert(
      fc.property(left, forms, fc.integer({ min: 0, max: 4 }), (leaves, exact, room) => {
        const statements = remainingStatements("/report", { left: leaves, forms: exact }, () => ({}), room);
        assert.ok(statements.filter((each) => each.path !== "/report").length <= room);
        const expected = [...exact, ...leaves.map((each): Remainder => [each.path, each.text])];
        const sort = (entries: readonly Remainder[]): readonly string[] =>
          entries.map((each) => JSON.stringify(each)).sort((one, other) => one.localeCompare(other));
        assert.deepEqual(sort(readBack(statements)), sort(expected));
      }),
    );
  });

  it("is cut into statements of the allowed length, never through a character, and joined again", () => {
    for (const [long, room] of [
      ["🌊".repeat(600_001), 10],
      [`x${"🌊".repeat(600_001)}`, 10],
      ["\u0001".repeat(1_000_001), 0],
      [`x${"🌊".repeat(600_001)}`, 0],
    ] as const) {
      const statements = remainingStatements(
        "/report",
        { left: [{ path: "/report/a", text: long }], forms: [] },
        () => ({}),
        room,
      );
      assert.ok(statements.length > 1 && statements.length < 10);
      assert.ok(statements.every((each) => each.text.isWellFormed()));
      assert.equal(joined(readBack(statements)).get("/report/a"), long);
    }
  });
});

describe("a statement that did not come from the wire", () => {
  it("is not taken for one of its values", () => {
    const topic = "wire" as const;
    const foreign = [
      { topic, text: "x" },
      { topic, text: "x", path: "/persons/0" },
      { topic, text: "x", path: "/reports/a" },
      { topic, text: "not JSON", path: "/report" },
      { topic, text: "{}", path: "/report" },
      { topic, text: "[[1,2]]", path: "/report" },
      { topic, text: '[["/report/a"]]', path: "/report" },
    ];
    for (const statement of foreign)
      assert.equal(readStatement("/report", statement), undefined, statement.text);
  });
});
