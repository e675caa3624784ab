import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { canonicalJson } from "./canonical.ts";

test("members stand in the order of UTF-16 code units, as in RFC 8785 section 3.2.3", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value)) as object).length, 7);
  const order = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
  const places = order.map((name) => canonicalJson(value).indexOf(name));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test("numbers, strings and literals take the form of RFC 8785 section 3.2.2", () => {
  assert.equal(
    canonicalJson({ numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], literals: [null, true, false] }),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  );
  assert.equal(canonicalJson('€$\u000f\nA\'B"\\"/'), '"€$\\u000f\\nA\'B\\"\\\\\\"/"');
});

test("a value that JSON cannot hold is refused with a TypeError", () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  for (const value of [
    undefined,
    () => 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    "\ud800",
    { a: ["\udc00"] },
    cycle,
  ])
    assert.throws(() => canonicalJson(value), TypeError);
});

test("the form does not depend on the order in which members were written, and reads back as the value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const shuffled = (inner: unknown): unknown => {
        if (Array.isArray(inner)) return inner.map(shuffled);
        if (typeof inner !== "object" || inner === null) return inner;
        return Object.fromEntries(
          Object.entries(inner)
            .reverse()
            .map(([key, item]) => [key, shuffled(item)]),
        );
      };
      const text = canonicalJson(value);
      assert.equal(canonicalJson(shuffled(value)), text);
      assert.equal(text, canonicalJson(JSON.parse(text)));
    }),
  );
});
