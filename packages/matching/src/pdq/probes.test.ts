import assert from "node:assert/strict";
import test from "node:test";
import { distance, type PdqHash } from "./hash.ts";
import { loadPdqNow } from "./load.ts";
import type { Pixels } from "./pixels.ts";
import { plainPdq } from "./plain.ts";
import { padPercents, type PdqProbe, probesOf } from "./probes.ts";
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
  assert.deepEqual([found.name, found.padPercent, found.turn], ["pad-2.6", 2.6, "original"]);
});

test("turned and cropped, it is found by a probe that says both", () => {
  const found = nearest(probesOf(pdq, turnedPixels(cropped(2.5), "rotate90"), true), banked);
  assert.ok(found !== undefined && distance(found.hash, banked) <= 31);
  // What was turned to the left is turned back to the right.
  assert.equal(found.name, "pad-2.6 rotate270");
});

test("the probe without a border is near the picture's own hash, at any size", async () => {
  for (const file of [
    "bridge-mods-aaa-orig.jpg",
    "bridge-mods-shrink-a-lot.jpg",
    "bridge-mods-square-512x512.jpg",
  ]) {
    const picture = await pictureOf(file);
    const [own] = probesOf(pdq, picture, false);
    assert.ok(own !== undefined && distance(own.hash, pdq.hashPixels(picture, "pdq/full").hash) <= 12);
  }
});

test("there is a probe for each border, eight with turns, the same from plain PDQ", () => {
  const little = cropOf(bridge, 700, 300, 90, 70);
  assert.equal(probesOf(pdq, little, false).length, padPercents.length);
  assert.equal(new Set(probesOf(pdq, little, true).map(({ name }) => name)).size, 8 * padPercents.length);
  assert.deepEqual(probesOf(pdq, little, true), probesOf(plainPdq(), little, true));
});
