import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { placeSchema, ukOutcode } from "./place.ts";

test("the outward code is read from a whole postcode or stands alone", () => {
  const vectors: Array<[string, string]> = [
    ["LS1 9VV", "LS1"],
    ["ls19vv", "LS1"],
    [" EC1A 9VV ", "EC1A"],
    ["W1A9VV", "W1A"],
    ["M60 9VV", "M60"],
    ["DN55", "DN55"],
    ["cr2", "CR2"],
    ["BT1", "BT1"],
    ["GY1", "GY1"],
  ];
  for (const [text, outcode] of vectors) assert.equal(ukOutcode(text), outcode, text);
});

test("a text that is no UK postcode has no outward code", () => {
  for (const text of [
    "",
    "LS",
    "12345",
    "90210-1234",
    "K1A 0B1x",
    "LS1 9VV, Leeds",
    "SW1A 9VV; --",
    "toString",
    "ＬＳ１",
  ])
    assert.equal(ukOutcode(text), undefined, text);
});

test("any text gives an outward code in capitals or nothing", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z]{1,2}\d[A-Za-z\d]? ?(\d[A-Za-z]{2})?$/)),
      (text) => {
        const outcode = ukOutcode(text);
        if (outcode !== undefined) assert.match(outcode, /^[A-Z]{1,2}\d[A-Z\d]?$/);
      },
    ),
  );
});

test("a place says how it came to be known and what kind of address it is", () => {
  assert.equal(
    placeSchema.safeParse({
      basis: "resolved",
      addressKind: "installation",
      verified: "unknown",
      country: "GB",
    }).success,
    true,
  );
  assert.equal(placeSchema.safeParse({ addressKind: "installation", verified: "unknown" }).success, false);
  assert.equal(
    placeSchema.safeParse({ basis: "guessed", addressKind: "unknown", verified: "no" }).success,
    false,
  );
  assert.equal(
    placeSchema.safeParse({ basis: "declared", addressKind: "home", verified: "no", country: "gb" }).success,
    false,
  );
});
