import { parentPort, workerData } from "node:worker_threads";
import { simulateYear, type YearReport } from "@fairlead/simulator";
import { Client } from "pg";
import { growingColumns, type PartColumns } from "../../src/year/columns.ts";
import { makingOf } from "../../src/year/making.ts";
import { copyIn } from "./copy-in.ts";
import { copyText } from "./copy-text.ts";
import type { Table } from "./rows.ts";
import { workReport } from "./work-report.ts";

// One of the threads of the benchmark. It makes reports, which is not measured; then keys, grades and rows of them, and writes the
// rows by COPY; then the same rows once more without making them, which is what all is held against.

export interface Asked {
  readonly step: "simulate" | "work" | "plain";
  readonly from: number;
  readonly to: number;
}
export type Answer =
  | { readonly kind: "keys"; readonly from: number; readonly columns: PartColumns }
  | { readonly kind: "done"; readonly cpuMs: number };

/** Linking begins on what is there while the rest is made. */
const CHUNK = 2_000;

const { url, year, seed, total } = workerData as { url: string; year: number; seed: number; total: number };
const client = new Client({ connectionString: url });
const connected = client.connect();
const making = makingOf();
let reports: YearReport[] = [];
const gradeRows = copyText();
const keyRows = copyText();
let written: Array<{ table: Table; text: Buffer }> = [];

parentPort?.on("message", (asked: Asked) => {
  void answer(asked);
});

async function answer({ step, from, to }: Asked): Promise<void> {
  await connected;
  const cpu = process.threadCpuUsage();
  if (step === "simulate") reports = [...simulateYear({ year, seed, total, from, to })];
  else if (step === "work") await work();
  else for (const { table, text } of written) await copyIn(client, `copy plain_${table} from stdin`, text);
  const { user, system } = process.threadCpuUsage(cpu);
  post({ kind: "done", cpuMs: (user + system) / 1000 });
}

async function work(): Promise<void> {
  written = [];
  let copying = Promise.resolve();
  for (let first = 0; first < reports.length; first += CHUNK) {
    const columns = growingColumns();
    const chunk = reports.slice(first, first + CHUNK);
    for (const [row, one] of chunk.entries()) workReport(one, row, { gradeRows, keyRows, columns }, making);
    post({ kind: "keys", from: chunk[0]?.index ?? 0, columns: columns.cut() });
    for (const [table, rows] of [
      ["grade", gradeRows],
      ["key", keyRows],
    ] as const) {
      const text = rows.take();
      written.push({ table, text });
      copying = copying.then(() => copyIn(client, `copy made_${table} from stdin`, text));
    }
    // Lets what is ready go out, and the socket be read.
    await new Promise(setImmediate);
  }
  await copying;
}

function post(answer: Answer): void {
  parentPort?.postMessage(answer, []);
}
