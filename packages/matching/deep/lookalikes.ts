import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { distance, loadPdqNow, probeFinds, probesOf, type Pixels } from "../src/index.ts";
import { pixelsOf } from "../src/node/index.ts";

// npm run deep -- lookalikes [--pictures DIR]...: pictures into which some of another is mixed, until plain PDQ no longer takes them for
// the same (32 to 44 bits). How many of them a probe of the uncropped picture finds all the same, by its distance alone and by the rule.

const { values } = parseArgs({
  options: { pictures: { type: "string", multiple: true, default: ["/usr/share/backgrounds"] } },
});
const [RADIUS, FURTHEST, SIDE] = [31, 44, 512];
const pdq = loadPdqNow();
const grey: Uint8Array[] = [];
for (const folder of values.pictures)
  for await (const name of glob("**/*.{jpg,jpeg,png,webp}", { cwd: folder })) {
    const file = await readFile(join(folder, name));
    const picture = await pixelsOf(file, { maxPixels: 100_000_000 }).catch(() => null);
    if (picture !== null && pdq.hashPixels(picture, "pdq/full").quality >= 50) grey.push(squareOf(picture));
  }

function squareOf({ pixels, width, height, channels }: Pixels): Uint8Array {
  const at = (to: number, of: number) => Math.floor((to * of) / SIDE);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, to) => {
    const place = at(Math.floor(to / SIDE), height) * width + at(to % SIDE, width);
    return pixels[place * channels + (channels < 3 ? 0 : 1)] ?? 0;
  });
}
const pictureOf = (pixels: Uint8Array): Pixels => ({ pixels, width: SIDE, height: SIDE, channels: 1 });
let [pairs, byDistance, byRule] = [0, 0, 0];
grey.forEach((one, at) => {
  const own = pdq.hashPixels(pictureOf(one), "pdq/full").hash;
  const probes = probesOf(pdq, pictureOf(one), false);
  for (const step of [1, 5, 11]) {
    const other = grey[(at + step) % grey.length] ?? one;
    for (let share = 0.05; share < 0.7; share += 0.05) {
      const mixed = one.map((pixel, place) => Math.round(pixel * (1 - share) + (other[place] ?? 0) * share));
      const known = pdq.hashPixels(pictureOf(mixed), "pdq/full").hash;
      const bits = distance(own, known);
      if (bits <= RADIUS) continue;
      if (bits > FURTHEST) break;
      pairs += 1;
      byDistance += Number(probes.some(({ hash }) => distance(hash, known) <= RADIUS));
      byRule += Number(probes.some((probe) => probeFinds(probe, known, RADIUS)));
    }
  }
});
process.stdout.write(
  `${pairs} lookalikes: ${byDistance} within ${RADIUS} bits of a probe, ${byRule} found by the rule\n`,
);
process.exitCode = pairs > 0 && byRule * 100 <= pairs ? 0 : 1;
