import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { liveMs } from "./matching/live.ts";
import { measure, type SizeFigures } from "./matching/one-size.ts";
import { pythonWithFaiss } from "./matching/peer.ts";

// npm run bench -- matching [--json] [--large] [--without-peer] [--sizes N,N]: near hashes found one by one and in batches of 4,096, on one core,
// among 1 and 10 million (25 with --large), in turns with faiss where it is installed and with the comparison with every hash.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    "without-peer": { type: "boolean", default: false },
    sizes: { type: "string", default: "1000000,10000000" },
  },
});
const sizes = values.sizes.split(",").map(Number);
if (values.large) sizes.push(25_000_000);
const python = values["without-peer"] ? null : pythonWithFaiss();
const folder = await mkdtemp(join(tmpdir(), "matching-"));
try {
  const all: SizeFigures[] = [];
  let live = { p50: 0, most: 0 };
  for (const count of sizes) {
    process.stderr.write(`${count} hashes\n`);
    // Above ten million faiss would need ten gigabytes and more.
    const snapshot = join(folder, `${count}.near`);
    const figures = await measure(count, folder, snapshot, count > 10_000_000 ? null : python);
    process.stderr.write(`${JSON.stringify(figures)}\n`);
    if (count === sizes[Math.min(1, sizes.length - 1)]) live = await liveMs(snapshot, count);
    await rm(snapshot);
    all.push(figures);
  }
  const main = all[Math.min(1, all.length - 1)];
  const [first] = all;
  if (main === undefined || first === undefined) throw new Error("--sizes names no size");
  const result = {
    name: "matching",
    unit: `single queries/s of one core among ${main.hashes} hashes, all within 31 bits found`,
    value: Math.round(main.single),
    limit: rounded(main.peer?.single ?? main.scan),
    limitIs:
      main.peer === null
        ? "every hash compared, in the same run; faiss is not installed or was not asked"
        : `faiss ${main.peer.version} IndexBinaryMultiHash 16 x 16, one flip, one thread, in the same run`,
    ratio: rounded(main.singleRatio ?? main.scanRatio),
    batchRatio: rounded(main.batchRatio ?? main.batchScanRatio),
    batch: Math.round(main.batch),
    scanRatio: rounded(main.scanRatio),
    bytesPerHash: rounded(main.bytesPerHash),
    buildSeconds: rounded(main.buildSeconds),
    loadSeconds: rounded(main.loadSeconds),
    loadCpuSeconds: rounded(main.loadCpuSeconds),
    liveMs: rounded(live.p50),
    liveMostMs: rounded(live.most),
    growth: {
      size: main.hashes / first.hashes,
      single: rounded(first.single / main.single),
      batch: rounded(first.batch / main.batch),
    },
    differences: all.reduce((sum, { differences }) => sum + differences, 0),
    sizes: all,
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : `${result.value} queries/s, ${result.ratio} times ${result.limitIs}; in batches ${result.batch}, ${result.batchRatio} times; ` +
          `build ${result.buildSeconds} s, load ${result.loadSeconds} s, ${result.bytesPerHash} bytes a hash; live after ${result.liveMs} ms\n`,
  );
  if (result.differences > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
