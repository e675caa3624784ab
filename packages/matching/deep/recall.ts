import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { distance, loadPdqNow, probesOf, type Pixels } from "../src/index.ts";
import { pixelsOf } from "../src/node/index.ts";
import { chanceOf, cropOf } from "../src/pdq/testing/crops.ts";
import { pictureFile } from "../src/pdq/testing/reference.ts";

// npm run deep -- recall [--pictures DIR] [--json]: how many cropped pictures are found by plain hashes and by probes, among the
// different photographs in a folder (as Debian's mate-backgrounds has them) and two of the reference's.

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "/usr/share/backgrounds" },
    json: { type: "boolean", default: false },
  },
});

const RADIUS = 31;
const pdq = loadPdqNow();
const files = [await pictureFile("bridge-mods-aaa-orig.jpg"), await pictureFile("misc-images-small.jpg")];
for await (const path of glob("**/*.{jpg,jpeg,png}", { cwd: values.pictures }))
  files.push(await readFile(join(values.pictures, path)));
const chance = chanceOf(1);
const kinds = {
  "1 a side": () => [1, 1, 1, 1],
  "2.5 a side": () => [2.5, 2.5, 2.5, 2.5],
  "0 to 5, each side by itself": () => Array.from({ length: 4 }, () => chance() * 5),
} as const;

const bank: Array<ReturnType<typeof pdq.hashPixels>["hash"]> = [];
const cut: Array<{ readonly of: number; readonly kind: string; readonly crop: Pixels }> = [];
for (const file of files) {
  const picture = await pixelsOf(file, { maxPixels: 50_000_000 }).catch(() => null);
  if (picture === null) continue;
  const own = pdq.hashPixels(picture, "pdq/full");
  // Too little to see, or another size of a picture that is there already.
  if (own.quality < 50 || bank.some((other) => distance(other, own.hash) <= RADIUS)) continue;
  for (const [kind, sides] of Object.entries(kinds)) {
    const [left = 0, top = 0, right = 0, bottom = 0] = sides();
    const part = (side: number, percent: number) => Math.round((side * percent) / 100);
    const { width, height } = picture;
    const [x, y] = [part(width, left), part(height, top)];
    const [across, down] = [width - x - part(width, right), height - y - part(height, bottom)];
    cut.push({ of: bank.length, kind, crop: cropOf(picture, x, y, across, down) });
  }
  bank.push(own.hash);
}

const found: Record<string, { plain: number; deep: number }> = {};
let falseMatches = 0;
for (const { of, kind, crop } of cut) {
  const plain = distance(pdq.hashPixels(crop, "pdq/full").hash, bank[of] ?? new Uint8Array(32)) <= RADIUS;
  const probes = probesOf(pdq, crop, false);
  const hits = bank.flatMap((hash, at) =>
    probes.some((one) => distance(one.hash, hash) <= RADIUS) ? [at] : [],
  );
  falseMatches += hits.filter((at) => at !== of).length;
  const sum = (found[kind] ??= { plain: 0, deep: 0 });
  sum.plain += plain ? 1 : 0;
  sum.deep += plain || hits.includes(of) ? 1 : 0;
}
const told = { pictures: bank.length, found, falseMatches, pairs: cut.length * (bank.length - 1) };
process.stdout.write(
  values.json
    ? `${JSON.stringify(told)}\n`
    : `${bank.length} pictures: ${Object.entries(found)
        .map(([kind, { plain, deep }]) => `cropped by ${kind}: ${plain} plain, ${deep} deep`)
        .join("; ")}; ${falseMatches} false matches in ${told.pairs} pairs\n`,
);
process.exitCode = falseMatches === 0 ? 0 : 1;
