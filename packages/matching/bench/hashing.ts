import { parseArgs } from "node:util";
import { distance, loadPdqNow } from "../src/index.ts";
import { pixelsOf } from "../src/node/index.ts";
import { lumaOf } from "../src/pdq/pixels.ts";
import { hashOfLumaInOrder, inOrderOfTheReference } from "../src/pdq/testing/in-order.ts";
import { mosaic } from "./hashing/pictures.ts";
import { inTurns } from "./hashing/turns.ts";

// npm run bench -- hashing [--json]: a JPEG of 2.5 megapixels to its PDQ hash, against reading its entropy code alone, and against
// decoding it whole and hashing the pixels by the plain algorithm; luma to PDQ against the plain algorithm. Processor time, in turns.

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const TURNS = 9;
const AT_LEAST_MS = 120;

const pdq = loadPdqNow();
if (pdq.engine !== "simd") throw new Error("here is no WebAssembly with SIMD: there is nothing to measure");
const [file, progressive] = [await mosaic({ progressive: false }), await mosaic({ progressive: true })];
const picture = await pixelsOf(file, { maxPixels: 10_000_000 });
const { width, height } = picture;
const grey = { pixels: Uint8Array.from(lumaRows()), width, height, channels: 1 } as const;
const small = { pixels: grey.pixels.slice(0, 512 * 512), width: 512, height: 512, channels: 1 } as const;
const limits = { maxPixels: 10_000_000 };

const ms = await inTurns(
  {
    floor: () => pdq.hashJpeg(file, []),
    jpeg: () => pdq.hashJpeg(file, ["pdq/full"]),
    jpegBoth: () => pdq.hashJpeg(file, ["pdq/full", "pdq/nn512"]),
    plain: async () => inOrderOfTheReference(await pixelsOf(file, limits)),
    pixels: async () => pdq.hashPixels(await pixelsOf(file, limits), "pdq/full"),
    luma: () => pdq.hashPixels(grey, "pdq/full"),
    lumaPlain: () => hashOfLumaInOrder(Float32Array.from(grey.pixels), width, height),
    luma512: () => pdq.hashPixels(small, "pdq/full"),
    luma512Plain: () => hashOfLumaInOrder(Float32Array.from(small.pixels), 512, 512),
    progressiveFloor: () => pdq.hashJpeg(progressive, []),
    progressive: () => pdq.hashJpeg(progressive, ["pdq/full"]),
  },
  TURNS,
  AT_LEAST_MS,
);
const answer = pdq.hashJpeg(file, ["pdq/full"]);
if ("refused" in answer) throw new Error(`the picture was refused: ${answer.refused}`);
const [found] = answer.hashes;
const perSecond = (milliseconds: number) => Math.round(1000 / milliseconds);
const ratio = (one: number, other: number) => Math.round((one / other) * 100) / 100;
const result = {
  name: "hashing",
  unit: "JPEGs of 2.5 megapixels to PDQ a second, one core",
  value: perSecond(ms.jpeg),
  limit: perSecond(ms.floor),
  limitIs: "reading the same files' entropy code and nothing else, in the same run",
  ratio: ratio(ms.floor, ms.jpeg),
  plainRatio: ratio(ms.plain, ms.jpeg),
  bothSemanticsRatio: ratio(ms.floor, ms.jpegBoth),
  lumaRatio: ratio(ms.lumaPlain, ms.luma),
  luma512Ratio: ratio(ms.luma512Plain, ms.luma512),
  byPixelsRatio: ratio(ms.plain, ms.pixels),
  progressivePerSecond: perSecond(ms.progressive),
  progressiveRatio: ratio(ms.progressiveFloor, ms.progressive),
  megabytesPerSecond: Math.round(file.length / ms.floor / 1000),
  kilobytes: Math.round(file.length / 1000),
  driftBits: found === undefined ? null : distance(found.hash, pdq.hashPixels(picture, "pdq/full").hash),
  cpuMs: Object.fromEntries(Object.entries(ms).map(([name, time]) => [name, Math.round(time * 1000) / 1000])),
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${result.value} JPEGs/s, ${result.ratio} of the floor, ${result.plainRatio} times the plain way; ` +
        `luma ${result.lumaRatio} times the plain algorithm, at 512 x 512 ${result.luma512Ratio}; ` +
        `progressive ${result.progressivePerSecond}/s\n`,
);

function* lumaRows(): Generator<number> {
  const rows = lumaOf(picture);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    rows.row(y, row);
    for (const luma of row) yield Math.round(luma);
  }
}
