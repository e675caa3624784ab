import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "../../station/src/store/embedded/index.ts";
import { yearTotal } from "@fairlead/simulator";
import { measureLinking } from "./linking/measure.ts";

// npm run bench -- linking [--json] [--reports N] [--year YEAR] [--seed S]: reports of a year through keys, grade and subjects into
// PostgreSQL, in two threads, from empty tables and an empty index; against the same rows by COPY and nothing else. Simulating them is
// not counted. `growth`: what a report costs in the last tenth over what it costs in the first.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    reports: { type: "string", default: "100000" },
    year: { type: "string", default: "2023" },
    seed: { type: "string", default: "1" },
  },
});
const year = Number(values.year);
const seed = Number(values.seed);
const total = yearTotal({ year, seed, total: Number(values.reports) });

const folder = await mkdtemp(join(tmpdir(), "fairlead-bench-linking-"));
const server = await startEmbedded({ dataDir: folder });
try {
  const measured = await measureLinking({ url: server.url, year, seed, total }, (done) =>
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
    peakGB: rounded(process.resourceUsage().maxRSS / 2 ** 20),
    reports: total,
    rows: measured.rows,
    subjects: measured.subjects,
    cpuMicroseconds: Math.round(measured.cpuMicroseconds),
    indexMicroseconds: rounded(measured.indexMicroseconds),
    indexBytesPerReport: Math.round(measured.indexBytes / total),
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : `${result.value} reports/s; the same rows by COPY alone: ${result.limit} (${result.ratio}); growth ${result.growth}; ` +
          `${result.cpuMicroseconds} us of processor time a report, ${result.indexMicroseconds} of them in the index; ${result.peakGB} GB\n`,
  );
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
