import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { CborValue } from "../content/types.ts";
import { bytesOfHex, equalBytes, hexOf } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";
import { decodeCbor, encodeCbor } from "./cbor.ts";

function hex(text: string): Uint8Array {
  return bytesOfHex(text) ?? assert.fail("no hexadecimal digits");
}

/** RFC 8949, appendix A: the examples that this profile has a form for. */
const EXAMPLES: ReadonlyArray<readonly [CborValue, string]> = [
  [0, "00"],
  [10, "0a"],
  [23, "17"],
  [24, "1818"],
  [100, "1864"],
  [1000, "1903e8"],
  [1_000_000, "1a000f4240"],
  [1_000_000_000_000, "1b000000e8d4a51000"],
  [18_446_744_073_709_551_615n, "1bffffffffffffffff"],
  [-18_446_744_073_709_551_616n, "3bffffffffffffffff"],
  [-1, "20"],
  [-10, "29"],
  [-100, "3863"],
  [-1000, "3903e7"],
  [false, "f4"],
  [true, "f5"],
  [null, "f6"],
  [new Uint8Array(), "40"],
  [Uint8Array.of(1, 2, 3, 4), "4401020304"],
  ["", "60"],
  ["IETF", "6449455446"],
  ["\u00fc", "62c3bc"],
  ["\u6c34", "63e6b0b4"],
  ["\ud800\udd51", "64f0908591"],
  [[], "80"],
  [[1, [2, 3], [4, 5]], "8301820203820405"],
  [new Map(), "a0"],
  [
    new Map([
      [1, 2],
      [3, 4],
    ]),
    "a201020304",
  ],
  [
    new Map<string, CborValue>([
      ["a", 1],
      ["b", [2, 3]],
    ]),
    "a26161016162820203",
  ],
];

test("values have the encodings of RFC 8949, appendix A", () => {
  for (const [value, encoded] of EXAMPLES) {
    assert.equal(hexOf(encodeCbor(value)), encoded);
    assert.deepEqual(decodeCbor(hex(encoded)), value);
  }
});

test("map keys stand in the order of their encodings, not of their lengths (RFC 8949, section 4.2.1)", () => {
  // The example of that section, with the keys that this profile has.
  const map = new Map<string | number, CborValue>([
    ["aa", 0],
    ["z", 0],
    [-1, 0],
    [100, 0],
    [10, 0],
  ]);
  assert.equal(hexOf(encodeCbor(map)), "a50a001864002000617a0062616100");
});

test("whatever is not the one deterministic form is refused", () => {
  const refused: ReadonlyArray<readonly [string, string]> = [
    ["1800", "a number in more bytes than it needs"],
    ["1b0000000000000001", "a number in nine bytes"],
    ["5801ff", "a byte string's length in more bytes than it needs"],
    ["7800", "a text's length in more bytes than it needs"],
    ["9800", "an array's length in more bytes than it needs"],
    ["5f4101ff", "an indefinite byte string"],
    ["7f6161ff", "an indefinite text"],
    ["9fff", "an indefinite array"],
    ["bfff", "an indefinite map"],
    ["a201000100", "a key twice"],
    ["a202000100", "keys out of order"],
    ["a26161000100", "keys out of order across types"],
    ["a14000", "a byte string as key"],
    ["a18000", "an array as key"],
    ["a1f600", "null as key"],
    ["a11b002000000000000000", "a key beyond 2^53"],
    ["f7", "undefined"],
    ["f0", "a simple value"],
    ["f820", "a simple value in two bytes"],
    ["f90000", "a half float"],
    ["fa47c35000", "a float"],
    ["fb3ff199999999999a", "a double"],
    ["f97e00", "not a number"],
    ["c100", "a tag"],
    ["d82060", "a tagged text"],
    ["61ff", "a text that is not UTF-8"],
    ["63eda080", "half a surrogate pair"],
    ["63efbbbf", "a byte order mark"],
    ["0000", "a byte left over"],
    ["", "nothing"],
    ["81", "an array cut short"],
    ["a1", "a map cut short"],
    ["a101", "a map without its value"],
    ["4401", "a byte string cut short"],
    ["9a7fffffff", "an array that claims two thousand million items"],
    ["bb7fffffffffffffff", "a map of astronomical size"],
    ["5b7fffffffffffffff", "a byte string of astronomical size"],
    ["ff", "a break"],
    ["1c", "a reserved length"],
  ];
  for (const [encoded, why] of refused)
    assert.throws(
      () => decodeCbor(hex(encoded)),
      (error) => isCborError(error),
      `${why}: ${encoded}`,
    );
});

test("values without a form are refused before anything is written", () => {
  const nonsense: readonly unknown[] = [
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    undefined,
    2n ** 64n,
    -(2n ** 64n) - 1n,
    "\ud800",
    "\uFEFFmark",
    {},
    new Date(0),
    new Map([[1.5, 0]]),
    new Map([["\ud800", 0]]),
    new Map([[null, 0]]),
    [undefined],
    () => 0,
    Symbol("x"),
  ];
  for (const value of nonsense)
    assert.throws(() => encodeCbor(value as CborValue), { code: "wire.cbor-value" }, typeof value);
});

test("nesting and length are limited in both directions", () => {
  const limits = { bytes: 8, depth: 3 };
  assert.equal(hexOf(encodeCbor([[[]]], limits)), "818180");
  assert.throws(() => encodeCbor([[[[]]]], limits), { code: "wire.cbor-limit" });
  assert.throws(() => decodeCbor(hex("81818180"), limits), { code: "wire.cbor-limit" });
  assert.throws(() => decodeCbor(hex("8181818100"), limits), { code: "wire.cbor-limit" });
  assert.throws(() => encodeCbor("ninebytes", limits), { code: "wire.cbor-limit" });
  assert.throws(() => decodeCbor(new Uint8Array(9), limits), { code: "wire.cbor-limit" });
});

test("what this profile does not have is malformed, and not only another spelling of something", () => {
  for (const encoded of [
    "f90000",
    "fa47c35000",
    "fb0000000000000000",
    "c100",
    "f7",
    "f820",
    "9fff",
    "a201000100",
  ])
    assert.throws(() => decodeCbor(hex(encoded)), { code: "wire.cbor-malformed" }, encoded);
  for (const encoded of ["1800", "7800", "a202000100", "61ff"])
    assert.throws(() => decodeCbor(hex(encoded)), { code: "wire.cbor-not-canonical" }, encoded);
});

test("a million brackets do not exhaust the stack", () => {
  const pairs = new Uint8Array(1_000_000).map((_, index) => (index % 2 === 0 ? 0x82 : 0));
  assert.throws(() => decodeCbor(pairs), { code: "wire.cbor-limit" });
  assert.throws(() => decodeCbor(new Uint8Array(1_000_000).fill(0x81)), { code: "wire.cbor-limit" });
  assert.throws(() => decodeCbor(new Uint8Array(1_000_000).fill(0xa1)), FrankingError);
});

test("siblings do not count as depth", () => {
  const wide = Array.from({ length: 200 }, () => [[1], new Map([[1, [2]]]), []]);
  assert.deepEqual(decodeCbor(encodeCbor(wide)), wide);
});

const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
    fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
    fc.string({ unit: "grapheme" }).filter((text) => !text.startsWith("\uFEFF")),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(fc.integer(), fc.string({ maxLength: 4 })), tie("value")), { maxLength: 5 })
      .map((entries) => new Map(entries)),
  ),
}));

test("every value comes back as it went in, and however its maps were filled", () => {
  fc.assert(
    fc.property(value, (some) => {
      const bytes = encodeCbor(some);
      const back = decodeCbor(bytes);
      assert.deepEqual(back, some);
      assert.deepEqual(encodeCbor(back), bytes);
      assert.deepEqual(encodeCbor(reversed(some)), bytes);
    }),
  );
});

test("no bytes decode to something that has another encoding, and none crash", () => {
  const mutated = fc.tuple(value, fc.nat(), fc.nat({ max: 255 })).map(([some, at, byte]) => {
    const bytes = encodeCbor(some);
    return bytes.with(at % bytes.length, byte);
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 30 })), (bytes) => {
      try {
        assert.ok(equalBytes(encodeCbor(decodeCbor(bytes)), bytes));
      } catch (error) {
        if (!isCborError(error)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

test("what is read shares no memory with what it was read from", () => {
  const bytes = encodeCbor(Uint8Array.of(1, 2, 3));
  const read = decodeCbor(bytes);
  bytes.fill(0);
  assert.deepEqual(read, Uint8Array.of(1, 2, 3));
});

test("an error says nothing of what stands in the bytes", () => {
  const secret = new TextEncoder().encode("a kite");
  const bytes = Uint8Array.of(0xa2, 0x60 | secret.length, ...secret, 0, 0x60 | secret.length, ...secret, 0);
  assert.throws(
    () => decodeCbor(bytes),
    (error) => isCborError(error) && !`${String(error)}${String((error as Error).cause)}`.includes("kite"),
  );
});

function isCborError(error: unknown): boolean {
  return error instanceof FrankingError && error.code.startsWith("wire.cbor-");
}

function reversed(some: CborValue): CborValue {
  if (Array.isArray(some)) return (some as readonly CborValue[]).map(reversed);
  if (some instanceof Map)
    return new Map(
      [...(some as ReadonlyMap<string | number, CborValue>)].reverse().map(([k, v]) => [k, reversed(v)]),
    );
  return some;
}
