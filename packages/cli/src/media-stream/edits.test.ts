import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPhotograph } from "@fairlead/simulator";
import sharp from "sharp";
import { EDIT_NAMES, EDITS } from "./edits.ts";
import { originalOf, pixelsIn } from "./original.ts";

const original = await originalOf("one", drawPhotograph("kites", 1, { width: 160, height: 120 }));
const made = async (name: (typeof EDIT_NAMES)[number]) => Buffer.from(await EDITS[name](original));

test("each edit makes another file, but for the one that changes nothing", async () => {
  const files = new Set<string>();
  for (const name of EDIT_NAMES) {
    const file = await made(name);
    assert.equal(file.equals(original.file), name === "same bytes", name);
    files.add(file.toString("base64"));
  }
  assert.equal(files.size, EDIT_NAMES.length);
});

test("what stood beside the picture is gone, and the picture is the same to the last bit", async () => {
  const file = await made("metadata taken away");
  assert.notEqual((await sharp(original.file).metadata()).exif, undefined);
  assert.equal((await sharp(file).metadata()).exif, undefined);
  assert.deepEqual(await pixelsIn(file), original.photograph);
});

test("a crop takes what its name says, and a size is what its name says", async () => {
  const sizeOf = async (name: (typeof EDIT_NAMES)[number]) => {
    const { width, height } = await sharp(await made(name)).metadata();
    return [width, height];
  };
  assert.deepEqual(await sizeOf("cropped 5 % all round"), [144, 108]);
  assert.deepEqual(await sizeOf("cropped 5 % on one side"), [152, 120]);
  assert.deepEqual(await sizeOf("half as large"), [80, 60]);
  assert.deepEqual(await sizeOf("half as large again"), [240, 180]);
  assert.deepEqual(await sizeOf("turned by 90 degrees"), [120, 160]);
});

test("the band of text is dark with white in it, and above it nothing has changed", async () => {
  const { pixels } = await pixelsIn(await made("with a band of text"));
  const row = (y: number) => [...pixels.subarray(y * 160 * 3, (y + 1) * 160 * 3)];
  const band = [...Array(8).keys()].flatMap((y) => row(109 + y));
  assert.ok(
    band.some((value) => value > 200) && band.filter((value) => value < 100).length > band.length / 2,
  );
  const [top, was] = [row(50), original.photograph.pixels.subarray(50 * 160 * 3, 51 * 160 * 3)];
  assert.ok(top.every((value, at) => Math.abs(value - (was[at] ?? 0)) < 60));
});

test("a picture of one channel becomes one of three", async () => {
  const grey = await sharp(original.file).greyscale().toColourspace("b-w").png().toBuffer();
  const { pixels, width, height } = await pixelsIn(grey);
  assert.equal(pixels.length, width * height * 3);
});
