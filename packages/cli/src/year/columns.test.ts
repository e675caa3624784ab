import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeColumns, encodeColumns, growingColumns, type PartColumns } from "./columns.ts";

const NAMES = Object.keys(growingColumns().cut()) as Array<keyof PartColumns>;

/** Numbers that every column can hold. */
const arbitraryPart = fc
  .record(Object.fromEntries(NAMES.map((name) => [name, fc.array(fc.nat(127), { maxLength: 40 })])))
  .map((lists) => {
    const columns = growingColumns();
    for (const name of NAMES) for (const value of lists[name] ?? []) columns.put(name, value);
    return columns.cut();
  });

test("a part is read as it was written, whatever the lengths of its columns", () => {
  fc.assert(
    fc.property(arbitraryPart, (part) => {
      // From the middle of other bytes, where no number of eight bytes begins.
      const bytes = encodeColumns(part);
      const shifted = new Uint8Array(bytes.length + 3);
      shifted.set(bytes, 3);
      assert.deepEqual(decodeColumns(shifted.subarray(3)), part);
    }),
    { numRuns: 50 },
  );
});

test("columns grow beyond what they begin with", () => {
  const columns = growingColumns();
  for (let value = 0; value < 5000; value += 1) columns.put("receivedAt", value);
  assert.equal(columns.length("receivedAt"), 5000);
  assert.equal(columns.cut().receivedAt[4999], 4999);
});

test("half a part, and anything else, is refused", () => {
  fc.assert(
    fc.property(arbitraryPart, fc.double({ min: 0, max: 1, noNaN: true }), (part, share) => {
      const bytes = encodeColumns(part);
      const half = bytes.subarray(0, Math.floor(share * (bytes.length - 1)));
      assert.throws(() => decodeColumns(half), RangeError);
    }),
    { numRuns: 50 },
  );
  assert.throws(() => decodeColumns(new TextEncoder().encode("this is no part of a year")), RangeError);
});
