import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import type { CborValue } from "../content/types.ts";
import { FrankingError } from "../error.ts";
import { makeWorld } from "../verify/testing/world.ts";
import { bundles } from "./arbitrary-testing.ts";
import { BUNDLE_LIMITS, decodeBundle, encodeBundle } from "./bundle.ts";
import { encodeSignedBundle, signBundle } from "./sign.ts";
import type { BundleItem, ReportBundle, WithheldItem } from "./types.ts";
import { nodeCrypto } from "../crypto/node.ts";

const world = await makeWorld();
const ada = await world.join("ada");
const bo = await world.join("bo");
for (let count = 1; count <= 6; count += 1)
  await world.say(count % 2 === 0 ? ada : bo, `The kite is number ${count}.`);
const honest = await world.report(bo, { selected: [3], withheld: [2, 5] });

test("every report is read as it was written, in one form only", () => {
  fc.assert(
    fc.property(bundles, (bundle) => {
      const encoded = encodeBundle(bundle);
      assert.deepEqual(decodeBundle(encoded), bundle);
      assert.deepEqual(encodeBundle(decodeBundle(encoded)), encoded);
    }),
    { numRuns: 150 },
  );
});

test("a report of 50 messages of everyday length has less than 64 KiB", async () => {
  const busy = await makeWorld();
  const cleo = await busy.join("cleo");
  for (let count = 0; count < 50; count += 1)
    await busy.say(cleo, "The train leaves at nine from platform four. ".repeat(8));
  const bundle = await busy.report(cleo, { selected: [25], from: 1, to: 50 });
  assert.equal(bundle.items.length, 50);
  const sealed = encodeSignedBundle(await signBundle(nodeCrypto, cleo.privateKey, bundle));
  assert.ok(sealed.length < 64 * 1024, `${sealed.length} bytes`);
});

test("a report with any one byte changed is refused, or read as what it then says", () => {
  const encoded = encodeBundle(honest);
  fc.assert(
    fc.property(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = encoded.with(at, (encoded[at] ?? 0) ^ by);
      const read = readOrNull(changed);
      if (read !== null) assert.deepEqual(encodeBundle(read), changed);
    }),
    { numRuns: 1500 },
  );
});

test("whatever bytes come for a report, the answer is an error with a code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => assert.equal(readOrNull(bytes), null)),
    { numRuns: 500 },
  );
});

test("bytes behind the end, other encodings of the same value, and indefinite lengths are refused", () => {
  const encoded = encodeBundle(honest);
  assertCode(Uint8Array.of(...encoded, 0), /^wire\.cbor-/);
  assertCode(encoded.subarray(0, -1), /^wire\.cbor-/);
  // The array of 12 with its count in a byte of its own; and as an array of indefinite length.
  assertCode(Uint8Array.of(0x98, 12, ...encoded.subarray(1)), /^wire\.cbor-/);
  assertCode(Uint8Array.of(0x9f, ...encoded.subarray(1), 0xff), /^wire\.cbor-/);
  assertCode(new Uint8Array(BUNDLE_LIMITS.bytes + 1), /^wire\.cbor-limit$/);
});

test("a field of another type or length is refused by its place", () => {
  const cases: ReadonlyArray<readonly [path: readonly number[], value: CborValue, named: RegExp]> = [
    [[0], 2, /^version /],
    [[1], "01990000-0000-4000-8000-000000000001", /^reportId /],
    [[1], "01990000-0000-7000-8000-00000000000A", /^reportId /],
    [[2], 7, /^roomUri /],
    [[2], "x".repeat(1025), /^roomUri /],
    [[3], ["mimi://chat.example/u/ada"], /^reporter /],
    [[3, 1], new Uint8Array(15), /^reporter\.deviceId /],
    [[4], null, /^accusedUri /],
    [[5], "x".repeat(65), /^category /],
    [[6], new Uint8Array(1), /^note /],
    [[7], "none", /^items /],
    [[7, 1, 0], 1, /^items\[1\]\.selected /],
    [[7, 1, 1], "text", /^items\[1\]\.content /],
    [[7, 1, 1], new Uint8Array(1024 * 1024 + 1), /^items\[1\]\.content /],
    [[7, 1, 3], new Uint8Array(17), /^items\[1\]\.deviceId /],
    [[7, 1, 4], -1, /^items\[1\]\.epoch /],
    [[7, 1, 5], "1", /^items\[1\]\.acceptedAt /],
    [[7, 1, 6], new Uint8Array(99), /^items\[1\]\.frank/],
    [[7, 1, 7], new Uint8Array(78), /^items\[1\]\.ext/],
    [[7, 1, 8], [[new Uint8Array(32), 2]], /^items\[1\]\.attachments\[0\]\.mode /],
    [[7, 1, 8], [[new Uint8Array(31), 0]], /^items\[1\]\.attachments\[0\]\.root /],
    [[7, 1, 8], [[new Uint8Array(32)]], /^items\[1\]\.attachments\[0\] /],
    [[7, 1, 8], Array.from({ length: 65 }, () => [new Uint8Array(32), 0]), /^items\[1\]\.attachments /],
    [[8, 0, 1], new Uint8Array(33), /^withheld\[0\]\.recHash /],
    [[8, 0, 2], new Uint8Array(0), /^withheld\[0\]\.prevHead /],
    [[9, 0], -5, /^window\.from /],
    [[9, 3], new Uint8Array(10), /^window\.headAtReport/],
    [[10, 0], false, /^client\.version /],
    [[11], "now", /^createdAt /],
  ];
  for (const [path, value, named] of cases) {
    const changed = encodeCbor(replacedAt(decodeCbor(encodeBundle(honest)), path, value));
    assert.throws(() => decodeBundle(changed), { code: "bundle.malformed", message: named });
  }
});

test("a report has at most 500 messages, and 64 KiB of note", () => {
  const [item] = honest.items;
  assert.ok(item !== undefined);
  const many = (count: number): ReportBundle => ({
    ...honest,
    items: Array.from({ length: count }, (_, index) => ({
      ...item,
      selected: true,
      ext: { ...item.ext, roomSeq: BigInt(index + 1) },
    })),
    withheld: [],
    window: {
      ...honest.window,
      to: BigInt(count),
      headAtReport: { ...honest.window.headAtReport, roomSeq: BigInt(count) },
    },
  });
  assert.equal(decodeBundle(encodeBundle(many(500))).items.length, 500);
  assert.throws(() => encodeBundle(many(501)), { code: "bundle.malformed", message: /^items / });
  const noted = (note: string) => encodeBundle({ ...honest, note });
  assert.equal(decodeBundle(noted("a".repeat(65_536))).note.length, 65_536);
  assert.throws(() => noted("a".repeat(65_537)), { code: "bundle.malformed", message: /^note / });
  // 32,769 characters of two bytes each.
  assert.throws(() => noted("é".repeat(32_769)), { code: "bundle.malformed", message: /^note / });
});

test("a report that does not hold together is neither written nor read", () => {
  const { items, withheld, window } = honest;
  const [first, second, third] = items as readonly [BundleItem, BundleItem, BundleItem];
  const [kept] = withheld as readonly [WithheldItem];
  const cases: ReadonlyArray<readonly [why: string, change: Partial<ReportBundle>, named: RegExp]> = [
    ["shown out of order", { items: [second, first, third] }, /^items /],
    ["shown twice", { items: [first, second, second] }, /^items /],
    ["withheld out of order", { withheld: withheld.toReversed() }, /^withheld /],
    ["withheld twice", { withheld: [kept, kept] }, /^withheld /],
    ["shown and withheld", { withheld: [{ ...kept, roomSeq: first.ext.roomSeq }] }, /^withheld /],
    ["nothing selected", { items: items.map((item) => ({ ...item, selected: false })) }, /^items /],
    ["nothing shown", { items: [] }, /^items /],
    ["window too small at its end", { window: { ...window, to: window.to - 1n } }, /^window /],
    ["window too small at its beginning", { window: { ...window, from: window.from + 1n } }, /^window /],
    ["window before the first message", { window: { ...window, from: 0n } }, /^window /],
    ["window before the reporter came", { window: { ...window, firstSeq: window.from + 1n } }, /^window /],
    ["no first message", { window: { ...window, firstSeq: 0n } }, /^window /],
    ["window turned round", { window: { ...window, from: window.to, to: window.from } }, /^window /],
    [
      "window beyond the newest head",
      { window: { ...window, headAtReport: { ...window.headAtReport, roomSeq: window.to - 1n } } },
      /^window /,
    ],
  ];
  for (const [why, change, named] of cases)
    assert.throws(
      () => encodeBundle({ ...honest, ...change }),
      { code: "bundle.malformed", message: named },
      why,
    );
});

test("a category that only a newer messenger knows does not keep a report from being read", () => {
  assert.equal(decodeBundle(encodeBundle({ ...honest, category: "weather" })).category, "weather");
});

test("no error repeats what somebody wrote", () => {
  const secret = "kite-at-noon";
  for (const change of [
    { reportId: secret },
    { roomUri: secret.repeat(100) },
    { category: secret.repeat(10) },
    { note: secret.repeat(10_000) },
  ])
    assert.throws(
      () => encodeBundle({ ...honest, ...change }),
      (error: unknown) => error instanceof FrankingError && !error.message.includes(secret),
    );
});

function replacedAt(value: CborValue, [index, ...rest]: readonly number[], by: CborValue): CborValue {
  if (index === undefined) return by;
  assert.ok(Array.isArray(value));
  const list = value as readonly CborValue[];
  return list.map((one, at) => (at === index ? replacedAt(one, rest, by) : one));
}

function readOrNull(bytes: Uint8Array): ReportBundle | null {
  try {
    return decodeBundle(bytes);
  } catch (error) {
    assert.ok(error instanceof FrankingError, String(error));
    assert.match(error.code, /^(bundle\.malformed|wire\.)/);
    return null;
  }
}

function assertCode(bytes: Uint8Array, code: RegExp): void {
  assert.throws(
    () => decodeBundle(bytes),
    (error: unknown) => error instanceof FrankingError && code.test(error.code),
  );
}
