import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import type { CborValue } from "../content/types.ts";
import { FrankingError } from "../error.ts";
import { makeWorld } from "../verify/testing/world.ts";
import { providerRecords } from "./arbitrary-testing.ts";
import { decodeRecords, encodeRecords } from "./records.ts";

const world = await makeWorld();
const ada = await world.join("ada");
const bo = await world.join("bo");
for (const text of ["The kite is blue.", "The kite is red.", "It rains."]) await world.say(ada, text);
const { records: honest } = await world.input(bo, await world.report(bo, { selected: [2] }));

test("all records are read as they were written, in one form only", () => {
  fc.assert(
    fc.property(providerRecords, (records) => {
      const encoded = encodeRecords(records);
      assert.deepEqual(decodeRecords(encoded), records);
      assert.deepEqual(encodeRecords(decodeRecords(encoded)), encoded);
    }),
    { numRuns: 100 },
  );
});

test("records with any one byte changed are refused, or read as what they then say", () => {
  const encoded = encodeRecords(honest);
  fc.assert(
    fc.property(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = encoded.with(at, (encoded[at] ?? 0) ^ by);
      try {
        assert.deepEqual(encodeRecords(decodeRecords(changed)), changed);
      } catch (error) {
        assert.ok(error instanceof FrankingError, String(error));
        assert.match(error.code, /^(bundle\.malformed|wire\.)/);
      }
    }),
    { numRuns: 800 },
  );
});

test("a field of another type or length is refused by its place", () => {
  const cases: ReadonlyArray<readonly [path: readonly number[], value: CborValue, named: RegExp]> = [
    [[0], 2, /^version /],
    [[1], "x".repeat(256), /^hub /],
    [[2], null, /^roomUri /],
    [[3, 0, 0], new Uint8Array(175), /^items\[0\]\.record/],
    [[3, 0, 1], new Uint8Array(3), /^items\[0\]\.context/],
    [[3, 0, 2], new Uint8Array(31), /^items\[0\]\.contextBlind /],
    [[3, 0, 3, 0], new Uint8Array(1), /^items\[0\]\.submit\.tbs/],
    [[3, 0, 3, 1], new Uint8Array(63), /^items\[0\]\.submit\.signature /],
    [[3, 0, 4, 0], new Uint8Array(1), /^items\[0\]\.inclusion\.batchRoot /],
    [[3, 0, 4, 3], [new Uint8Array(31)], /^items\[0\]\.inclusion\.batchPath\[0\] /],
    [
      [3, 0, 4, 3],
      Array.from({ length: 65 }, () => new Uint8Array(32)),
      /^items\[0\]\.inclusion\.batchPath /,
    ],
    [[3, 0, 4, 7], [new Uint8Array(65_537)], /^items\[0\]\.inclusion\.tokens\[0\] /],
    [[3, 0, 4], [], /^items\[0\]\.inclusion /],
    [[4, 0, 0], 0x1_0000, /^frankingKeys\[0\]\.suite /],
    [[4, 0, 1], new Uint8Array(33), /^frankingKeys\[0\]\.publicKey /],
    [[5, 1, 1], new Uint8Array(8), /^devices\[1\]\.deviceId /],
    [[5, 1, 4], "never", /^devices\[1\]\.revokedAt /],
    [[6, 1, 2, 0, 1], new Uint8Array(8), /^rosters\[1\]\.members\[0\]\.deviceId /],
    [[6, 1, 2, 0], ["ada"], /^rosters\[1\]\.members\[0\] /],
    [[7], -1, /^gatheredAt /],
  ];
  for (const [path, value, named] of cases) {
    const changed = encodeCbor(replacedAt(decodeCbor(encodeRecords(honest)), path, value));
    assert.throws(() => decodeRecords(changed), { code: "bundle.malformed", message: named });
  }
});

test("records in which a place or an epoch is there twice are neither written nor read", () => {
  const [item] = honest.items;
  const [roster] = honest.rosters;
  assert.ok(item !== undefined && roster !== undefined);
  for (const [change, named] of [
    [{ items: [item, item] }, /^items /],
    [{ items: honest.items.toReversed() }, /^items /],
    [{ rosters: [roster, roster] }, /^rosters /],
    [{ rosters: honest.rosters.toReversed() }, /^rosters /],
  ] as const)
    assert.throws(() => encodeRecords({ ...honest, ...change }), {
      code: "bundle.malformed",
      message: named,
    });
});

function replacedAt(value: CborValue, [index, ...rest]: readonly number[], by: CborValue): CborValue {
  if (index === undefined) return by;
  assert.ok(Array.isArray(value));
  const list = value as readonly CborValue[];
  return list.map((one, at) => (at === index ? replacedAt(one, rest, by) : one));
}
