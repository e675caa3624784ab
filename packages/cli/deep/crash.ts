import { parseArgs } from "node:util";
import { chain } from "./crash/chain.ts";
import { clock } from "./crash/clock.ts";
import { database } from "./crash/database.ts";
import { disk } from "./crash/disk.ts";
import { errors } from "./crash/errors.ts";
import { kills } from "./crash/kills.ts";
import type { PartOptions, PartResult } from "./crash/part.ts";
import { points } from "./crash/points.ts";

// npm run deep -- crash [options]: nothing acknowledged is lost or doubled, whatever is killed or fails, and when.
// docs/reports/crash.md says what each part does and what it showed.
//
//   --part P      one part, else all: points, errors, database, kills, disk, clock, chain
//   --door D      one door, else all: cybertipline, report, uk-direct, upload, package
//   --seed N      gives the order of a list of points, and what happens at random (1)
//   --from N      points, errors, database: begins there in the list (0)
//   --points N    points, errors, database: tries so many (all)
//   --seconds N   points, errors, database: begins none after so long, at each door; kills: ends after so long
//   --kills N     kills, chain: so many (1000, 100)
//   --reports N   chain: so many reports (600)
//   --json        one line of JSON with all figures

const PARTS: Record<string, (options: PartOptions) => Promise<PartResult>> = {
  points,
  errors,
  database,
  kills,
  disk,
  clock,
  chain,
};

const { values } = parseArgs({
  options: {
    part: { type: "string" },
    door: { type: "string" },
    from: { type: "string", default: "0" },
    points: { type: "string" },
    seconds: { type: "string" },
    kills: { type: "string" },
    reports: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const names = values.part === undefined ? Object.keys(PARTS) : [values.part];
let held = true;
const results: Record<string, unknown> = {};
for (const name of names) {
  const run = PARTS[name];
  if (run === undefined) {
    process.stderr.write(`There is no part "${name}". --part is one of: ${Object.keys(PARTS).join(", ")}\n`);
    process.exit(2);
  }
  const began = performance.now();
  const result = await run({
    seed: Number(values.seed),
    door: values.door,
    from: Number(values.from),
    points: Number(values.points ?? Number.MAX_SAFE_INTEGER),
    seconds: Number(values.seconds ?? Number.MAX_SAFE_INTEGER),
    kills: values.kills === undefined ? undefined : Number(values.kills),
    reports: Number(values.reports),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  results[name] = { held: result.held, ...result.figures, seconds };
  held &&= result.held;
  if (!values.json)
    process.stdout.write(`${name}: ${result.held ? "held" : "NOT held"}. ${result.summary} ${seconds} s\n`);
}
if (values.json)
  process.stdout.write(`${JSON.stringify({ name: "crash", seed: Number(values.seed), held, ...results })}\n`);
process.exitCode = held ? 0 : 1;
