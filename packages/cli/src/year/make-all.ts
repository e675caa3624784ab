import { Worker } from "node:worker_threads";
import type { PartFiles } from "./part-files.ts";
import type { Part, YearPlan } from "./year-plan.ts";

export interface Making {
  /** Milliseconds of processor time that the threads took, simulation included. */
  readonly cpuMs: number;
  readonly made: number;
}

/**
 * Makes the parts that are not there yet, in as many threads as asked for.
 * @param onPart told of each part as it is there
 * @throws what a thread failed with; parts that were finished stay
 */
export async function makeAll(
  {
    folder,
    plan,
    files,
    threads,
    signal,
  }: {
    folder: string;
    plan: YearPlan;
    files: PartFiles;
    threads: number;
    signal: AbortSignal;
  },
  parts: readonly Part[],
  onPart: (part: Part) => void,
): Promise<Making> {
  const done = await files.done();
  const open = parts.filter(({ number }) => !done.has(number));
  const queue = open[Symbol.iterator]();
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: Math.min(threads, open.length) }, async () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { folder, plan } });
      try {
        for (const part of queue) {
          if (signal.aborted) return;
          took.push((await askFor(worker, part)).cpuMs);
          onPart(part);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return { cpuMs: took.reduce((sum, ms) => sum + ms, 0), made: took.length };
}

async function askFor(worker: Worker, part: Part): Promise<{ cpuMs: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ cpuMs: number }>();
  const ended = (code: number) =>
    reject(new Error(`the thread ended with ${code} before part ${part.number} was there`));
  worker.once("message", resolve).once("error", reject).once("exit", ended);
  worker.postMessage(part, []);
  try {
    return await promise;
  } finally {
    worker.off("message", resolve).off("error", reject).off("exit", ended);
  }
}
