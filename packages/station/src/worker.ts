import { EventEmitter } from "node:events";
import { run, type Runner, type Task, type WorkerEvents } from "graphile-worker";
import type { Station } from "./context.ts";
import type { JobName, JobPayloads } from "./jobs.ts";
import { returnOutcomes } from "./outcomes/index.ts";
import { advanceReferral } from "./referral/index.ts";
import { retryWhileDown, workerLogger } from "./store/index.ts";
import { recoverJobs } from "./worker-recovery.ts";
import { workUp } from "./work-up.ts";

interface Lane {
  names: readonly JobName[];
  concurrency: number;
}

/**
 * Jobs at once in one process, by what they wait for. Work on new reports never stands behind peers: a silent one may hold a
 * delivery for as long as a large package takes.
 */
const LANES: readonly Lane[] = [
  { names: ["work-up"], concurrency: 3 },
  { names: ["advance-referral", "return-outcomes"], concurrency: 6 },
];
/** A job that another process put in is found by NOTIFY; this is only the fallback. */
const POLL_MS = 1000;
/** Jobs are fetched and struck off several at a time; nobody notices a wait as short as this. */
const GATHER_MS = 100;

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
  for (const lane of LANES) stack.use(await keepRunning(station, lane, events));
  const resources = stack.move();
  return { [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/**
 * Keeps one lane at work. The queue's runner ends when it cannot note what became of a job, as when the database goes away under
 * it; a new one takes over, and the jobs of the old one are given back by the recovery.
 */
async function keepRunning(station: Station, lane: Lane, events: WorkerEvents): Promise<AsyncDisposable> {
  const stop = new AbortController();
  let runner = await startRunner(station, lane, events);
  const loop = (async () => {
    while (!stop.signal.aborted) {
      const ended = await runner.promise.then(
        () => "stopped",
        () => "failed",
      );
      if (stop.signal.aborted || ended === "stopped") return;
      station.log.warn({ jobs: lane.names.join(" ") }, "worker.runner-restarted");
      const next = await retryWhileDown(() => startRunner(station, lane, events), {
        forMs: Number.MAX_SAFE_INTEGER,
        signal: stop.signal,
      }).catch(() => undefined);
      if (next === undefined) return;
      runner = next;
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      // A runner that has ended by itself has nothing to stop.
      await runner.stop().catch(() => undefined);
      await loop;
    },
  };
}

async function startRunner(station: Station, lane: Lane, events: WorkerEvents): Promise<Runner> {
  const fetched = lane.concurrency + 1;
  return await run({
    preset: {
      worker: {
        concurrentJobs: lane.concurrency,
        pollInterval: POLL_MS,
        completeJobBatchDelay: GATHER_MS,
        // Not only to gather: without it the library lets a failure to note a failure end the process.
        failJobBatchDelay: GATHER_MS,
        localQueue: {
          size: fetched,
          refetchDelay: {
            durationMs: GATHER_MS,
            threshold: lane.concurrency,
            maxAbortThreshold: Number.POSITIVE_INFINITY,
          },
        },
      },
    },
    events,
    pgPool: station.db.pool,
    noHandleSignals: true,
    taskList: tasksOf(station, lane.names),
    crontab: "",
    logger: workerLogger(station.log),
  });
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
