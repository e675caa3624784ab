import { EventEmitter } from "node:events";
import { run, type Task, type WorkerEvents } from "graphile-worker";
import type { Station } from "./context.ts";
import type { JobName, JobPayloads } from "./jobs.ts";
import { returnOutcomes } from "./outcomes/index.ts";
import { advanceReferral } from "./referral/index.ts";
import { workerLogger } from "./store/index.ts";
import { recoverJobs } from "./worker-recovery.ts";
import { workUp } from "./work-up.ts";

/** Jobs at once in one process. Most of a job is waiting for the disk or a peer. */
const CONCURRENCY = 6;
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
  const taskList: Record<string, Task> = {};
  for (const name of Object.keys(handlers) as JobName[]) {
    // The payload is what jobs.ts wrote into our own database.
    const handler = handlers[name] as (station: Station, payload: unknown) => Promise<void>;
    taskList[name] = (payload) => handler(station, payload);
  }
  const events = new EventEmitter() as WorkerEvents;
  await using stack = new AsyncDisposableStack();
  stack.use(recoverJobs(station, events));
  const runner = await run({
    events,
    pgPool: station.db.pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    taskList,
    crontab: "",
    logger: workerLogger(station.log),
  });
  stack.defer(async () => await runner.stop());
  const resources = stack.move();
  return { [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
