import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import sharp, { type JpegOptions } from "sharp";
import { pixelsOf } from "../node/pixels.ts";
import { dihedrals } from "../pdq/dihedral.ts";
import { distance, hashFromHex } from "../pdq/hash.ts";
import { loadPdqNow } from "../pdq/load.ts";
import { type PdqOfPicture, plainPdq } from "../pdq/plain.ts";
import { chanceOf } from "../pdq/testing/crops.ts";
import { expectations, pictureFile } from "../pdq/testing/reference.ts";
import type { PdqOfJpeg } from "./hash-jpeg.ts";
import { hashSpoilt } from "./testing/spoil.ts";
import { stepsJpeg } from "./testing/steps-jpeg.ts";

const pdq = loadPdqNow();
const both = ["pdq/full", "pdq/nn512"] as const;
const bridge = await pictureFile("bridge-mods-aaa-orig.jpg");
const jpeg = (options: JpegOptions, width = 640, height = 401) =>
  sharp(bridge)
    .resize(width, height, { fit: "fill" })
    .jpeg({ quality: 85, ...options })
    .toBuffer();

function hashed(file: Uint8Array): PdqOfJpeg {
  const answer = pdq.hashJpeg(file, both);
  assert.ok(!("refused" in answer), "refused" in answer ? answer.refused : "");
  return answer;
}

/** How many bits the hashes are from those of the pixels, full and picked. */
async function drift(file: Uint8Array): Promise<readonly number[]> {
  const picture = await pixelsOf(file, { maxPixels: 10_000_000 });
  return hashed(file).hashes.map(({ hash, semantics }) =>
    distance(hash, pdq.hashPixels(picture, semantics).hash),
  );
}

test("the reference's JPEGs have hashes within 4 bits of the expected, and say that they are not exact", async () => {
  const refused: Record<string, string> = {};
  for (const { file, full, nearest, qualityFull, qualityNearest } of await expectations()) {
    const answer = pdq.hashJpeg(await pictureFile(file), both);
    if ("refused" in answer) refused[file] = answer.refused;
    else
      for (const [index, [hex, quality]] of (
        [
          [full, qualityFull],
          [nearest, qualityNearest],
        ] as const
      ).entries()) {
        const found: PdqOfPicture | undefined = answer.hashes[index];
        const expected = hashFromHex(hex);
        assert.ok(found !== undefined && expected !== null);
        assert.ok(distance(found.hash, expected) <= 4, file);
        assert.ok(Math.abs(found.quality - quality) <= 1, file);
        assert.deepEqual([found.semantics, found.exact], [both[index], false]);
      }
  }
  assert.deepEqual(refused, {
    "bridge-mods-shrink-a-lot.jpg": "too_small",
    "misc-images-modes-CMYK.jpg": "inks",
    "misc-images-wee.jpg": "too_small",
  });
});

for (const progressive of [false, true])
  for (const chromaSubsampling of ["4:2:0", "4:4:4"])
    for (const [width, height] of [
      [640, 401],
      [777, 1031],
      [300, 260],
    ] as const)
      test(`a ${progressive ? "progressive" : "baseline"} ${chromaSubsampling} JPEG of ${width} x ${height} drifts by 4 bits at most`, async () => {
        for (const bits of await drift(await jpeg({ progressive, chromaSubsampling }, width, height)))
          assert.ok(bits <= 4);
      });

test("a grey JPEG is hashed, baseline and progressive", async () => {
  for (const progressive of [false, true]) {
    const file = await sharp(bridge).greyscale().jpeg({ progressive }).toBuffer();
    for (const bits of await drift(file)) assert.ok(bits <= 4);
  }
});

const samplings = [null, [1, 1], [2, 1], [1, 2], [2, 2], [4, 1], [4, 2], [1, 4]] as const;

/** Levels for a file of 1,600 blocks and more. */
function levelsOf(seed: number): readonly number[] {
  const chance = chanceOf(seed);
  return Array.from({ length: 41 * 40 * 8 }, () => Math.floor(chance() * 7) - 3);
}

for (const sampling of samplings)
  test(`${sampling === null ? "grey" : `luma of ${sampling.join(" by ")} blocks in a unit`} is hashed as its pixels are`, async () => {
    const file = stepsJpeg({ across: 40, down: 41, levels: levelsOf(8), restart: 17, sampling });
    for (const bits of await drift(file)) assert.ok(bits <= 4);
  });

test("restarts are followed: a file with them has the hash of the file without", () => {
  for (const sampling of samplings)
    for (const restart of [1, 3, 40, 500]) {
      const shape = { across: 40, down: 40, levels: levelsOf(7), sampling };
      const [plain, restarted] = [stepsJpeg({ ...shape, restart: 0 }), stepsJpeg({ ...shape, restart })];
      assert.deepEqual(hashed(restarted).hashes[0]?.hash, hashed(plain).hashes[0]?.hash);
    }
});

test("the orientation names the turn after which the picture is as it is seen", async () => {
  const seen: string[] = [];
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = await sharp(bridge).withMetadata({ orientation }).jpeg().toBuffer();
    const answer = hashed(file);
    seen.push(answer.orientation);
    const upright = await pixelsOf(await sharp(file).autoOrient().png().toBuffer(), {
      maxPixels: 10_000_000,
    });
    const oriented = answer.hashes[0]?.dihedral()[answer.orientation];
    assert.ok(oriented !== undefined);
    assert.ok(distance(oriented, pdq.hashPixels(upright, "pdq/full").hash) <= 12);
  }
  assert.deepEqual(seen.toSorted(), dihedrals.toSorted());
});

test("an orientation that cannot be read is none", async () => {
  const file = await sharp(bridge).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const head = Buffer.from("Exif\0\0");
  assert.equal(hashed(file).orientation, "rotate270");
  for (const [offset, bytes] of [
    [10, [0xff, 0xff, 0xff, 0xff]],
    [10, [0x7f, 0, 0, 0x7f]],
    [6, [0, 0]],
    [0, [0x65]],
  ] as const)
    assert.equal(hashed(patched(file, [...head], offset, ...bytes)).orientation, "original");
});

/** The file with bytes replaced behind the first place where these are. */
function patched(
  file: Uint8Array,
  marker: readonly number[],
  offset: number,
  ...bytes: readonly number[]
): Uint8Array {
  const copy = Buffer.from(file);
  const at = copy.indexOf(Buffer.from(marker));
  assert.notEqual(at, -1);
  copy.set(bytes, at + offset);
  return copy;
}

test("what is rare or wrong is refused by its name", async () => {
  const [baseline, progressive] = [await jpeg({}), await jpeg({ progressive: true })];
  const refusal = (file: Uint8Array) => {
    const answer = pdq.hashJpeg(file, both);
    return "refused" in answer ? answer.refused : "hashed";
  };
  const frame = [0xff, 0xc0];
  assert.equal(refusal(baseline), "hashed");
  assert.equal(refusal(await sharp(baseline).png().toBuffer()), "not_jpeg");
  assert.equal(refusal(new Uint8Array()), "not_jpeg");
  assert.equal(refusal(patched(baseline, frame, 1, 0xc9)), "arithmetic");
  assert.equal(refusal(patched(baseline, frame, 1, 0xc3)), "lossless");
  assert.equal(refusal(patched(baseline, frame, 4, 12)), "twelve_bit");
  assert.equal(refusal(patched(baseline, frame, 5, 0xff, 0xff, 0xff, 0xff)), "too_large");
  assert.equal(refusal(patched(baseline, frame, 11, 0x11)), "damaged");
  assert.equal(refusal(patched(baseline, frame, 14, 0x41)), "unusual_sampling");
  const rgb = patched(baseline, frame, 10, 0x52);
  assert.equal(refusal(patched(patched(rgb, frame, 13, 0x47), frame, 16, 0x42)), "not_luma");
  for (const file of [baseline, progressive])
    for (const part of [0.1, 0.5, 0.99])
      assert.equal(refusal(file.subarray(0, file.length * part)), "truncated");
  // The first scan a second time: its bits came already.
  const first = progressive.indexOf(Buffer.from([0xff, 0xda]));
  const next = progressive.indexOf(Buffer.from([0xff, 0xc4]), first);
  const doubled = Buffer.concat([progressive.subarray(0, next), progressive.subarray(first)]);
  assert.equal(refusal(doubled), "damaged");
  assert.equal(
    refusal(Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.from("ffd0".repeat(9000), "hex")])),
    "too_much_work",
  );
  assert.deepEqual(plainPdq().hashJpeg(baseline, both), { refused: "no_simd" });
});

test("spoilt files always have an answer, and leave nothing behind", async () => {
  const files = [
    await jpeg({ quality: 40 }, 300, 260),
    await jpeg({ quality: 40, progressive: true }, 300, 260),
    await sharp(bridge).resize(300, 260).withMetadata({ orientation: 6 }).jpeg({ quality: 30 }).toBuffer(),
    stepsJpeg({ across: 40, down: 20, levels: levelsOf(9), restart: 9, sampling: [2, 1] }),
  ];
  const { cases, answers, failures } = hashSpoilt(pdq, files, 1_500, chanceOf(3));
  assert.deepEqual([cases, failures], [1_500, []]);
  for (const word of ["hashed", "damaged", "truncated"]) assert.ok((answers[word] ?? 0) > 20, word);
});

test("any bytes at all behind a JPEG's first two have an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const answer = pdq.hashJpeg(Uint8Array.of(0xff, 0xd8, ...bytes), both);
      assert.ok("refused" in answer);
    }),
  );
});
