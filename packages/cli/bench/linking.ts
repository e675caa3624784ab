import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "../../station/src/store/embedded/index.ts";
import { yearTotal } from "@fairlead/simulator";
import { measureGrowth } from "./linking/growth.ts";
import { measureLinking } from "./linking/measure.ts";

// npm run bench -- linking [--json] [--reports N] [--year YEAR] [--seed S]: reports of a year through keys, grade and subjects into
// PostgreSQL, in two threads, from empty tables and an empty index; against the same rows by COPY and nothing else. Simulating them is
// not counted. `growth`: what a report costs in the last tenth over what it costs in the first.
//
// npm run bench -- linking --growth [--json] [--at 1000000,10000000] [--window 40000]: what a report costs after so many others, on one
// thread, by processor time; what depends on those others is filled with drawn values. Takes 3 GB of disk and 3 GB of memory.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    reports: { type: "string", default: "100000" },
    year: { type: "string", default: "2023" },
    seed: { type: "string", default: "1" },
    growth: { type: "boolean", default: false },
    at: { type: "string", default: "1000000,10000000" },
    window: { type: "string", default: "40000" },
  },
});
const year = Number(values.year);
const seed = Number(values.seed);

const folder = await mkdtemp(join(tmpdir(), "fairlead-bench-linking-"));
const server = await startEmbedded({ dataDir: folder });
try {
  const { result, words } = values.growth ? await growth(server.url) : await speed(server.url);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${words}\n`);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function speed(url: string) {
  const total = yearTotal({ year, seed, total: Number(values.reports) });
  const measured = await measureLinking({ url, year, seed, total }, (done) =>
    process.stderr.write(`${done} of ${total} reports\n`),
  );
  const result = {
    name: "linking",
    unit: "reports/s through keys, grade and subjects into PostgreSQL, 2 threads, from cold",
    value: Math.round(measured.perSecond),
    limit: Math.round(measured.plainPerSecond),
    limitIs: "the same rows into the same tables by COPY from the same threads, in turns of the same run",
    ratio: rounded(measured.perSecond / measured.plainPerSecond),
    growth: rounded(measured.growth),
    peakGB: peakGB(),
    reports: total,
    rows: measured.rows,
    subjects: measured.subjects,
    cpuMicroseconds: Math.round(measured.cpuMicroseconds),
    indexMicroseconds: rounded(measured.indexMicroseconds),
    indexBytesPerReport: Math.round(measured.indexBytes / total),
  };
  const words =
    `${result.value} reports/s; the same rows by COPY alone: ${result.limit} (${result.ratio}); growth ${result.growth}; ` +
    `${result.cpuMicroseconds} us of processor time a report, ${result.indexMicroseconds} of them in the index; ${result.peakGB} GB`;
  return { result, words };
}

async function growth(url: string) {
  const sizes = values.at.split(",").map(Number);
  const window = Number(values.window);
  if (sizes.length < 2 || !sizes.every((size, at) => size >= window + (sizes[at - 1] ?? 0)))
    throw new RangeError(
      "linking: --at takes two or more ascending numbers of reports, a --window apart or more",
    );
  const costs = await measureGrowth({ url, year, seed, sizes, window }, (cost) =>
    process.stderr.write(`${JSON.stringify(cost)}\n`),
  );
  const [first = 0, last = 0] = [costs[0]?.total, costs.at(-1)?.total];
  const result = {
    name: "linking",
    unit: "processor time of a report after the most others, over that after the fewest",
    value: rounded(last / first),
    limit: 1.3,
    limitIs: "what the aim allows from one to ten million reports",
    ratio: rounded(last / first / 1.3),
    growth: rounded(last / first),
    peakGB: peakGB(),
    window,
    costs: costs.map((cost) =>
      Object.fromEntries(Object.entries(cost).map(([name, us]) => [name, rounded(us)])),
    ),
  };
  const words = costs.map(({ reports, total }) => `after ${reports} reports ${rounded(total)} us a report`);
  return { result, words: `${words.join("; ")}: growth ${result.value}; ${result.peakGB} GB` };
}

function peakGB(): number {
  return rounded(process.resourceUsage().maxRSS / 2 ** 20);
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
