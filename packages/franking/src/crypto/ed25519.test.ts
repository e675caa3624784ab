import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { bytesOfHex } from "./bytes.ts";
import { SMALL_ORDER } from "./conformance.ts";
import { isUnfit, isUnfitPoint } from "./ed25519.ts";
import { nodeCrypto } from "./node.ts";

// Some libraries refuse these points themselves and some do not: here the rule is held without one.

const points = SMALL_ORDER.map((text) => bytesOfHex(text) ?? assert.fail("no hexadecimal digits"));
const honest = nodeCrypto.publicKeyOf(new Uint8Array(32).fill(5));
const signature = nodeCrypto.sign(new Uint8Array(32).fill(5), honest);

test("points of small order and points that are not reduced are nobody's key and no signature's R", () => {
  for (const point of points) {
    assert.equal(isUnfitPoint(point), true);
    assert.equal(isUnfit(point, signature), true);
    assert.equal(isUnfit(honest, Uint8Array.of(...point, ...signature.subarray(32))), true);
  }
  // y = 2^255 - 19 + 3 stands for y = 3.
  assert.equal(isUnfitPoint(new Uint8Array(32).fill(0xff).with(0, 0xf0).with(31, 0x7f)), true);
  assert.equal(isUnfitPoint(new Uint8Array(32).fill(0xff)), true);
});

test("lengths that no key and no signature has are unfit", () => {
  for (const length of [0, 31, 33]) assert.equal(isUnfitPoint(new Uint8Array(length).fill(9)), true);
  assert.equal(isUnfit(honest, signature.subarray(1)), true);
  assert.equal(isUnfit(honest.subarray(1), signature), true);
});

test("what honest devices make is fit", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      const publicKey = nodeCrypto.publicKeyOf(seed);
      assert.equal(isUnfitPoint(publicKey), false);
      assert.equal(isUnfit(publicKey, nodeCrypto.sign(seed, publicKey)), false);
    }),
    { numRuns: 50 },
  );
});
