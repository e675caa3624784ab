import { glob, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { distance, loadPdqNow, type PdqHash, probeFinds, probesOf, type Pixels } from "../src/index.ts";
import { pixelsOf } from "../src/node/index.ts";
import { chanceOf, cropOf } from "../src/pdq/testing/crops.ts";
import { pictureFile } from "../src/pdq/testing/reference.ts";

// npm run deep -- recall [--pictures DIR]... [--leave-out PATTERN] [--parts 3] [--turns] [--json]: how many cropped pictures are found by
// plain hashes and by probes, and how many by mistake, among the different pictures in folders (as Debian's packages of backgrounds
// have them) and two of the reference's. With --parts each is cut into so many rows and columns, which makes many more that differ.

const { values } = parseArgs({
  options: {
    pictures: { type: "string", multiple: true, default: ["/usr/share/backgrounds"] },
    "leave-out": { type: "string" },
    parts: { type: "string", default: "1" },
    turns: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const RADIUS = 31;
const [LEAST_WIDTH, LEAST_HEIGHT] = [400, 300];
const pdq = loadPdqNow();
const chance = chanceOf(7);
const kinds = {
  "1 a side": () => [1, 1, 1, 1],
  "2.5 a side": () => [2.5, 2.5, 2.5, 2.5],
  "0 to 5, each side by itself": () => Array.from({ length: 4 }, () => chance() * 5),
} as const;

/** The files to read. Those that are called by their size are one picture, of which the largest file is taken. */
async function files(): Promise<string[]> {
  const leftOut = values["leave-out"] === undefined ? null : new RegExp(values["leave-out"]);
  const largest = new Map<string, { path: string; bytes: number }>();
  for (const folder of values.pictures)
    for await (const name of glob("**/*.{jpg,jpeg,png,webp}", { cwd: folder })) {
      const path = join(folder, name);
      if (leftOut?.test(path) === true) continue;
      const key = /^\d+x\d+\./.test(basename(path)) ? dirname(path) : path;
      const { size: bytes } = await stat(path);
      if (bytes > (largest.get(key)?.bytes ?? 0)) largest.set(key, { path, bytes });
    }
  return [...largest.values()].map(({ path }) => path).toSorted();
}

/** A picture whole, or its parts where they are large enough. */
function partsOf(picture: Pixels, count: number): Pixels[] {
  if (count === 1) return [picture];
  const [width, height] = [Math.floor(picture.width / count), Math.floor(picture.height / count)];
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) return [];
  return Array.from({ length: count * count }, (_, at) =>
    cropOf(picture, (at % count) * width, Math.floor(at / count) * height, width, height),
  );
}

const bank: Array<{ name: string; hash: PdqHash }> = [];
const found: Record<string, { plain: number; deep: number }> = {};
const asked: Array<{ of: number; kind: string; plain: PdqHash; probes: ReturnType<typeof probesOf> }> = [];
let [probing, pixels] = [0, 0];

function take(name: string, picture: Pixels): void {
  const own = pdq.hashPixels(picture, "pdq/full");
  // Too little to see, or another size of a picture that is there already.
  if (own.quality < 50 || bank.some(({ hash }) => distance(hash, own.hash) <= RADIUS)) return;
  for (const [kind, sides] of Object.entries(kinds)) {
    const [left = 0, top = 0, right = 0, bottom = 0] = sides();
    const part = (side: number, percent: number) => Math.round((side * percent) / 100);
    const { width, height } = picture;
    const [x, y] = [part(width, left), part(height, top)];
    const [across, down] = [width - x - part(width, right), height - y - part(height, bottom)];
    const crop = cropOf(picture, x, y, across, down);
    const begun = process.cpuUsage();
    const probes = probesOf(pdq, crop, values.turns);
    probing += process.cpuUsage(begun).user / 1000;
    pixels += across * down;
    asked.push({ of: bank.length, kind, plain: pdq.hashPixels(crop, "pdq/full").hash, probes });
  }
  bank.push({ name, hash: own.hash });
}

for (const name of ["bridge-mods-aaa-orig.jpg", "misc-images-small.jpg"])
  take(name, await pixelsOf(await pictureFile(name), { maxPixels: 50_000_000 }));
for (const path of await files()) {
  const picture = await pixelsOf(await readFile(path), { maxPixels: 100_000_000 }).catch(() => null);
  if (picture === null) continue;
  partsOf(picture, Number(values.parts)).forEach((part, at) => take(`${path}#${at}`, part));
}

const mistakes: string[] = [];
for (const { of, kind, plain, probes } of asked) {
  const isPlain = (hash: PdqHash) => distance(plain, hash) <= RADIUS;
  const sum = (found[kind] ??= { plain: 0, deep: 0 });
  bank.forEach(({ hash, name }, at) => {
    const probe = isPlain(hash) ? "plain" : probes.find((one) => probeFinds(one, hash, RADIUS))?.name;
    if (probe === undefined) return;
    if (at !== of) mistakes.push(`${bank[of]?.name ?? ""}, cropped by ${kind}, as ${name} by ${probe}`);
    else {
      sum.plain += probe === "plain" ? 1 : 0;
      sum.deep += 1;
    }
  });
}
const pairs = asked.length * (bank.length - 1);
const told = {
  pictures: bank.length,
  found,
  pairs,
  falseMatches: mistakes.length,
  mistakes,
  probes: asked[0]?.probes.length ?? 0,
  probingMs: Number((probing / asked.length).toFixed(2)),
  megapixels: Number((pixels / asked.length / 1e6).toFixed(2)),
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(told)}\n`
    : `${bank.length} pictures: ${Object.entries(found)
        .map(([kind, { plain, deep }]) => `cropped by ${kind}: ${plain} plain, ${deep} deep`)
        .join(
          "; ",
        )}; ${told.probes} probes, ${told.probingMs} ms for a picture of ${told.megapixels} megapixels; ${mistakes.length} false matches in ${pairs} pairs\n${mistakes.map((mistake) => `  ${mistake}\n`).join("")}`,
);
process.exitCode = mistakes.length === 0 ? 0 : 1;
