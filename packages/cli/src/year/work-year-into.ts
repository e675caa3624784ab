import { resolve } from "node:path";
import { openOutput, openProgress } from "../output.ts";
import { untilSignal } from "../signals.ts";
import { linesOf } from "./words.ts";
import { type Progress, workYear } from "./work-year.ts";
import { planOf } from "./year-plan.ts";

export interface WorkYearOptions {
  readonly seed: number;
  /** Reports in the whole year, as published when left out. */
  readonly total?: number;
  /** The folder in which the work lies. */
  readonly in: string;
  readonly threads: number;
  readonly json?: boolean;
}

/**
 * Works a year in a folder, with progress, and prints what it came to. Told to stop, it finishes the parts in hand and says how to go on;
 * the exit code is then 1, because there is no answer yet.
 */
export async function workYearInto(options: WorkYearOptions & { readonly year: number }): Promise<void> {
  const { year, seed, total, threads, json = false } = options;
  const folder = resolve(options.in);
  const progress = openProgress();
  const output = openOutput(json);
  const stop = new AbortController();
  void untilSignal().then(() => stop.abort());
  const began = performance.now();
  const worked = await workYear({
    folder,
    plan: planOf({ year, seed, ...(total === undefined ? {} : { total }) }),
    threads,
    signal: stop.signal,
    onProgress: (at) => progress.show(lineOf(at, performance.now() - began)),
  }).finally(() => progress.done());
  if (worked === undefined) {
    output.say(`Stopped. What is done lies in ${folder}; the same command goes on from there.`);
    process.exitCode = 1;
    return;
  }
  output.result(worked, linesOf(worked));
}

const STEPS = { making: "reports graded", linking: "persons linked", judging: "campaigns found" } as const;

function lineOf({ step, done, of, fresh }: Progress, ms: number): string {
  const share = Math.floor((100 * done) / of);
  const left = fresh === 0 || step !== "making" ? "" : `, about ${minutes((ms / fresh) * (of - done))} left`;
  return `${STEPS[step]}: ${share}%${left}`;
}

function minutes(ms: number): string {
  const count = Math.ceil(ms / 60_000);
  return count < 90 ? `${count} min` : `${Math.round(count / 6) / 10} h`;
}
