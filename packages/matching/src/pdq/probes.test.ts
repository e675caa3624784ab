import assert from "node:assert/strict";
import test from "node:test";
import { distance, type PdqHash } from "./hash.ts";
import { loadPdqNow } from "./load.ts";
import type { Pixels } from "./pixels.ts";
import { plainPdq } from "./plain.ts";
import { borders, type PdqProbe, probeFinds, probesOf } from "./probes.ts";
import { cropOf } from "./testing/crops.ts";
import { pictureOf } from "./testing/reference.ts";
import { turnedPixels } from "./testing/turned-pixels.ts";

const pdq = loadPdqNow();
const bridge = await pictureOf("bridge-mods-aaa-orig.jpg");
const banked = pdq.hashPixels(bridge, "pdq/full").hash;

function cropped(percent: number): Pixels {
  const { width, height } = bridge;
  const [beside, above] = [Math.round((width * percent) / 100), Math.round((height * percent) / 100)];
  return cropOf(bridge, beside, above, width - 2 * beside, height - 2 * above);
}

function nearest(probes: readonly PdqProbe[], hash: PdqHash): PdqProbe | undefined {
  return probes.toSorted((one, other) => distance(one.hash, hash) - distance(other.hash, hash))[0];
}

test("a crop of 2.5 hundredths a side, which its own hash does not find, is found by a probe that says its border", () => {
  const crop = cropped(2.5);
  assert.ok(distance(pdq.hashPixels(crop, "pdq/full").hash, banked) > 31);
  const found = nearest(probesOf(pdq, crop, false), banked);
  assert.ok(found !== undefined && distance(found.hash, banked) <= 31);
  assert.deepEqual([found.name, found.border?.top, found.turn], ["pad-2.6", 2.6, "original"]);
  assert.ok(probeFinds(found, banked, 31));
});

test("turned and cropped, it is found by a probe that says both", () => {
  const found = nearest(probesOf(pdq, turnedPixels(cropped(2.5), "rotate90"), true), banked);
  assert.ok(found !== undefined && distance(found.hash, banked) <= 31);
  // What was turned to the left is turned back to the right.
  assert.equal(found.name, "pad-2.6+rotate270");
});

test("cropped on two sides and not on the others, it is found by a probe with such a border", () => {
  const { width, height } = bridge;
  const [beside, above] = [Math.round(width * 0.04), Math.round(height * 0.04)];
  const crop = cropOf(bridge, beside, above, width - beside - 10, height - above - 10);
  const found = nearest(probesOf(pdq, crop, false), banked);
  assert.ok(found !== undefined && probeFinds(found, banked, 31));
  assert.equal(found.name, "pad-3.9-3.9-1.3-1.3");
});

test("turned without a border, a probe is near the turned picture's own hash, at any size", async () => {
  for (const file of [
    "bridge-mods-aaa-orig.jpg",
    "bridge-mods-shrink-a-lot.jpg",
    "bridge-mods-square-512x512.jpg",
  ]) {
    const picture = await pictureOf(file);
    const turned = probesOf(pdq, picture, true).find(({ name }) => name === "rotate90");
    const own = pdq.hashPixels(picture, "pdq/full").dihedral().rotate90;
    assert.ok(turned !== undefined && distance(turned.hash, own) <= 12);
  }
});

/** A hash in which the first bits are ones. */
function ones(bits: number): PdqHash {
  return Uint8Array.from({ length: 32 }, (_, at) => 0xff << (8 - Math.max(0, Math.min(8, bits - 8 * at))));
}

test("what a border brought nearer by a few bits is not found, what it brought much nearer is", () => {
  const known = ones(0);
  const padded = (from: number, to: number) => ({ hash: ones(to), unpadded: ones(from) });
  assert.equal(probeFinds(padded(34, 28), known, 31), false);
  assert.equal(probeFinds(padded(38, 31), known, 31), false);
  assert.equal(probeFinds(padded(39, 31), known, 31), true);
  assert.equal(probeFinds(padded(80, 20), known, 31), true);
  assert.equal(probeFinds(padded(80, 32), known, 31), false);
  assert.equal(probeFinds(padded(80, 20), known, 19), false);
  // Turned alone, it is a picture like any other.
  assert.equal(probeFinds({ hash: ones(31), unpadded: null }, known, 31), true);
});

test("there is a probe for each border, and all turned with seven that are only turned, the same from plain PDQ", () => {
  const little = cropOf(bridge, 700, 300, 90, 70);
  assert.equal(probesOf(pdq, little, false).length, borders.length);
  assert.equal(new Set(probesOf(pdq, little, true).map(({ name }) => name)).size, 8 * borders.length + 7);
  assert.deepEqual(probesOf(pdq, little, true), probesOf(plainPdq(), little, true));
});
