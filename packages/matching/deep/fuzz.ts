import { parseArgs } from "node:util";
import sharp from "sharp";
import { loadPdqNow } from "../src/index.ts";
import { hashSpoilt } from "../src/jpeg/testing/spoil.ts";
import { chanceOf } from "../src/pdq/testing/crops.ts";
import { pictureFile } from "../src/pdq/testing/reference.ts";

// npm run deep -- fuzz [--cases N] [--seed S] [--json]: spoilt JPEGs; each must have an answer, and none may leave anything behind.

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const bridge = sharp(await pictureFile("bridge-mods-aaa-orig.jpg")).resize(320, 257, { fit: "fill" });
const files = await Promise.all(
  [
    { quality: 50 },
    { quality: 50, progressive: true },
    { quality: 80, chromaSubsampling: "4:4:4" },
    { quality: 30, chromaSubsampling: "4:4:4", progressive: true },
  ].map((options) => bridge.clone().jpeg(options).toBuffer()),
);
const started = process.cpuUsage();
const found = hashSpoilt(loadPdqNow(), files, Number(values.cases), chanceOf(Number(values.seed)));
const { user, system } = process.cpuUsage(started);
const told = {
  ...found,
  failures: found.failures.length,
  cpuSeconds: Math.round((user + system) / 1e5) / 10,
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(told)}\n`
    : `${found.cases} spoilt JPEGs, ${found.failures.length} without an answer, ${told.cpuSeconds} s of a core\n`,
);
for (const one of found.failures.slice(0, 10)) process.stderr.write(`${one}\n`);
process.exitCode = found.failures.length === 0 ? 0 : 1;
