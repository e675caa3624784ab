import { parseArgs } from "node:util";
import { loadPdqNow, plainPdq } from "../src/index.ts";
import { agreeOnCrops } from "../src/pdq/testing/crops.ts";

// npm run deep -- pdq [--crops N] [--seed S] [--json]: compiled against plain PDQ on random crops of the reference's pictures.

const { values } = parseArgs({
  options: {
    crops: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const simd = loadPdqNow();
if (simd.engine !== "simd") throw new Error("here is no WebAssembly with SIMD: there is nothing to compare");
const [crops, seed] = [Number(values.crops), Number(values.seed)];
const started = process.cpuUsage();
const { compared, different } = await agreeOnCrops(simd, plainPdq(), crops, seed, 500);
const { user, system } = process.cpuUsage(started);
const told = { compared, different: different.length, cpuSeconds: Math.round((user + system) / 1e5) / 10 };
process.stdout.write(
  values.json
    ? `${JSON.stringify(told)}\n`
    : `${compared} crops, ${different.length} hashed otherwise, ${told.cpuSeconds} s of a core\n`,
);
for (const one of different.slice(0, 10)) process.stderr.write(`${one}\n`);
process.exitCode = different.length === 0 ? 0 : 1;
