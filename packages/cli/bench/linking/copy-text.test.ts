import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { copyText } from "./copy-text.ts";

// "File Formats, Text Format" of PostgreSQL's COPY: columns between tabs, \N for no value, and a backslash before itself and before what
// would end a column or a row.
test("rows are written as COPY's text format has them, whatever is in a column", () => {
  const special = fc.string({
    unit: fc.constantFrom("\\", "\t", "\n", "\r", "a", "Z", "é", "水", "🪁"),
    maxLength: 30,
  });
  const column = fc.option(fc.oneof(special, fc.string()));
  fc.assert(
    fc.property(fc.array(fc.array(column, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const text = copyText();
      for (const row of rows) {
        for (const each of row)
          if (each === null) text.putNull();
          else text.put(each);
        text.row();
      }
      const plain = rows.map(
        (row) => `${row.map((each) => (each === null ? "\\N" : escaped(each))).join("\t")}\n`,
      );
      assert.equal(text.take().toString(), Buffer.from(plain.join("")).toString());
      assert.equal(text.take().length, 0);
    }),
  );
});

test("a column that is longer than the room there is gets room", () => {
  const text = copyText();
  const long = "水".repeat(100_000);
  text.put(long);
  text.row();
  assert.equal(text.take().toString(), `${long}\n`);
});

function escaped(column: string): string {
  return column
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
