import { EventEmitter } from "node:events";
import { run, type Task, type WorkerEvents } from "graphile-worker";
import type { Station } from "./context.ts";
import type { JobName, JobPayloads } from "./jobs.ts";
import { returnOutcomes } from "./outcomes/index.ts";
import { advanceReferral } from "./referral/index.ts";
import { workerLogger } from "./store/index.ts";
import { recoverJobs } from "./worker-recovery.ts";
import { workUp } from "./work-up.ts";

/**
 * Jobs at once in one process, by what they wait for. Work on new reports never stands behind peers: a silent one may hold a
 * delivery for as long as a large package takes.
 */
const LANES: ReadonlyArray<{ names: readonly JobName[]; concurrency: number }> = [
  { names: ["work-up"], concurrency: 3 },
  { names: ["advance-referral", "return-outcomes"], concurrency: 6 },
];
/** A job that another process put in is found by NOTIFY; this is only the fallback. */
const POLL_MS = 1000;

type Handlers = { [Name in JobName]: (station: Station, payload: JobPayloads[Name]) => Promise<void> };

const handlers: Handlers = {
  "work-up": workUp,
  "advance-referral": advanceReferral,
  "return-outcomes": returnOutcomes,
};

/** Runs this station's durable jobs until disposed; a job in hand is finished first. */
export async function startWorker(station: Station): Promise<AsyncDisposable> {
  const events = new EventEmitter() as WorkerEvents;
  await using stack = new AsyncDisposableStack();
  stack.use(recoverJobs(station, events));
  for (const { names, concurrency } of LANES) {
    const runner = await run({
      events,
      pgPool: station.db.pool,
      concurrency,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      taskList: tasksOf(station, names),
      crontab: "",
      logger: workerLogger(station.log),
    });
    stack.defer(async () => await runner.stop());
  }
  const resources = stack.move();
  return { [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

function tasksOf(station: Station, names: readonly JobName[]): Record<string, Task> {
  const tasks: Record<string, Task> = {};
  for (const name of names) {
    // The payload is what jobs.ts wrote into our own database.
    const handler = handlers[name] as (station: Station, payload: unknown) => Promise<void>;
    tasks[name] = (payload) => handler(station, payload);
  }
  return tasks;
}
