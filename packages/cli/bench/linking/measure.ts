import { Worker } from "node:worker_threads";
import { type CompactIndex, compactSubjects, defaultRuleSet, openCompactIndex } from "@fairlead/assessment";
import { Client } from "pg";
import { linkPart } from "../../src/year/gather.ts";
import { copyIn } from "./copy-in.ts";
import { createTables } from "./rows.ts";
import type { Answer, Asked } from "./worker.ts";

export interface Measured {
  perSecond: number;
  plainPerSecond: number;
  growth: number;
  rows: number;
  subjects: number;
  /** Of the threads and the index, a report. */
  cpuMicroseconds: number;
  indexMicroseconds: number;
  indexBytes: number;
}

interface Source {
  readonly url: string;
  readonly year: number;
  readonly seed: number;
  readonly total: number;
}

const THREADS = 2;
/** Reports that a thread makes before they are worked: they have to lie in memory. */
const TURN = 5_000;

export async function measureLinking(source: Source, onTurn: (done: number) => void): Promise<Measured> {
  const client = new Client({ connectionString: source.url });
  await client.connect();
  await client.query(`${createTables("made")}\n${createTables("plain")}`);
  const index = openCompactIndex(defaultRuleSet().linking);
  const nodes = new Int32Array(source.total).fill(-1);
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL("./worker.ts", import.meta.url), { workerData: source }),
  );
  const turns: Array<{ reports: number; seconds: number }> = [];
  let [plainSeconds, cpuMs, indexMs] = [0, 0, 0];
  try {
    for (let from = 0; from < source.total; from += THREADS * TURN) {
      const parts = workers.map((worker, at) => ({
        worker,
        from: Math.min(source.total, from + at * TURN),
        to: Math.min(source.total, from + (at + 1) * TURN),
      }));
      const ask = (step: Asked["step"]) =>
        Promise.all(parts.map(({ worker, ...range }) => asked(worker, { step, ...range }, onKeys)));
      const onKeys = (answer: Answer & { kind: "keys" }) => {
        const started = performance.now();
        linkPart(index, nodes, answer.columns, answer.from);
        indexMs += performance.now() - started;
      };
      await ask("simulate");
      const to = Math.min(source.total, from + THREADS * TURN);
      const began = performance.now();
      cpuMs += (await ask("work")).reduce((sum, each) => sum + each, 0);
      const subjectRows = rowsOfSubjects(index, nodes, from, to);
      await copyIn(client, "copy made_subject from stdin", subjectRows);
      turns.push({ reports: to - from, seconds: (performance.now() - began) / 1000 });
      const plain = performance.now();
      await Promise.all([ask("plain"), copyIn(client, "copy plain_subject from stdin", subjectRows)]);
      plainSeconds += (performance.now() - plain) / 1000;
      onTurn(to);
    }
    const seconds = turns.reduce((sum, turn) => sum + turn.seconds, 0);
    return {
      perSecond: source.total / seconds,
      plainPerSecond: source.total / plainSeconds,
      growth: growthOf(turns.map(({ reports, seconds: taken }) => taken / reports)),
      rows: await rowCount(client),
      subjects: [...compactSubjects(index.state)].length,
      cpuMicroseconds: ((cpuMs + indexMs) * 1000) / source.total,
      indexMicroseconds: (indexMs * 1000) / source.total,
      indexBytes: index.bytes(),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    await client.end();
  }
}

/** @returns milliseconds of processor time */
async function asked(
  worker: Worker,
  question: Asked,
  onKeys: (answer: Answer & { kind: "keys" }) => void,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const hear = (answer: Answer) => {
    if (answer.kind === "keys") onKeys(answer);
    else resolve(answer.cpuMs);
  };
  worker.on("message", hear).once("error", reject);
  worker.postMessage(question, []);
  try {
    return await promise;
  } finally {
    worker.off("message", hear).off("error", reject);
  }
}

/** Which subject each of these reports belongs to as it came. */
function rowsOfSubjects({ state }: CompactIndex, nodes: Int32Array, from: number, to: number): Buffer {
  const rows: string[] = [];
  for (let report = from; report < to; report += 1) {
    const node = nodes[report] ?? -1;
    if (node >= 0) rows.push(`${report}\t${state.forest.root(node)}\n`);
  }
  return Buffer.from(rows.join(""));
}

/** The last tenth over the first, without the turns in which code is still being compiled. */
function growthOf(costs: readonly number[]): number {
  const warm = costs.slice(Math.min(2, costs.length - 1));
  const tenth = Math.max(1, Math.floor(warm.length / 10));
  const mean = (some: readonly number[]) => some.reduce((sum, each) => sum + each, 0) / some.length;
  return mean(warm.slice(-tenth)) / mean(warm.slice(0, tenth));
}

async function rowCount(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    "select (select count(*) from made_grade) + (select count(*) from made_key) + (select count(*) from made_subject) as count",
  );
  return Number(rows[0]?.count);
}
