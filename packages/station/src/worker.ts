import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { run, type Runner, type Task, type WorkerEvents } from "graphile-worker";
import { noteArrivals } from "./arrivals/index.ts";
import { assessNeighbours, assessSenderDay, reassess, reassessStale } from "./assessment/index.ts";
import { rollUpCampaigns } from "./campaigns/index.ts";
import { lookAtAccount } from "./chat/index.ts";
import { fetchHashes, sendFeedback } from "./banks/index.ts";
import type { Station } from "./context.ts";
import type { JobName, JobPayloads } from "./jobs.ts";
import { askPeer, noteInterests } from "./deconfliction/index.ts";
import { eraseReport } from "./erasing/index.ts";
import { patientPool } from "./patient-pool.ts";
import { reportMedia } from "./media/index.ts";
import { returnOutcomes } from "./outcomes/index.ts";
import { advancePage } from "./paging/index.ts";
import { checkProofs } from "./proof/index.ts";
import { advanceReferral } from "./referral/index.ts";
import { lapseRequest, settleAnswers } from "./requests/index.ts";
import { retryWhileDown, workerLogger } from "./store/index.ts";
import { type JobRecovery, recoverJobs } from "./worker-recovery.ts";
import { watchEffects } from "./tasks/index.ts";
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
  {
    names: [
      "work-up",
      "note-arrivals",
      "assess-again",
      "assess-sender-day",
      "roll-up-campaigns",
      "check-proofs",
      "reassess",
      "reassess-stale",
      "settle-answers",
      "lapse-request",
      "note-interests",
      "erase-report",
      "report-media",
      "look-at-account",
    ],
    concurrency: 3,
  },
  { names: ["advance-referral", "return-outcomes", "ask-peer"], concurrency: 6 },
  // A source may take minutes over a page; those of others wait for it no longer than a turn.
  { names: ["fetch-hashes", "send-feedback"], concurrency: 2 },
  // A person is called whatever else waits.
  { names: ["advance-page", "watch-effects"], concurrency: 2 },
];
/** A job that another process put in is found by NOTIFY; this is only the fallback. */
const POLL_MS = 1000;
/** Jobs are fetched and struck off several at a time; nobody notices a wait as short as this. */
const GATHER_MS = 250;
/** How long a job in hand may take to end when the station stops; whoever starts next takes it over. */
const STOP_MS = 8000;

type Handlers = { [Name in JobName]: (station: Station, payload: JobPayloads[Name]) => Promise<void> };

const handlers: Handlers = {
  "work-up": workUp,
  "note-arrivals": noteArrivals,
  "assess-again": (station, { reportIds }) => assessNeighbours(station, reportIds),
  "assess-sender-day": assessSenderDay,
  "roll-up-campaigns": rollUpCampaigns,
  "check-proofs": checkProofs,
  "advance-referral": advanceReferral,
  "return-outcomes": returnOutcomes,
  reassess: (station, { reportId }) => reassess(station, reportId),
  "reassess-stale": reassessStale,
  "settle-answers": settleAnswers,
  "lapse-request": lapseRequest,
  "advance-page": advancePage,
  "watch-effects": watchEffects,
  "note-interests": noteInterests,
  "ask-peer": askPeer,
  "report-media": reportMedia,
  "look-at-account": lookAtAccount,
  "fetch-hashes": fetchHashes,
  "send-feedback": sendFeedback,
  "erase-report": eraseReport,
};

/** Runs this station's durable jobs until disposed; a job in hand is finished first. */
export async function startWorker(station: Station): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const recovery = stack.use(recoverJobs(station));
  for (const lane of LANES) stack.use(await keepRunning(station, lane, recovery));
  const resources = stack.move();
  return { [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/**
 * Keeps one lane at work. A runner that lost a session may hold jobs whose number never reached it: it is left behind, and a new one
 * takes over what it held.
 */
async function keepRunning(station: Station, lane: Lane, recovery: JobRecovery): Promise<AsyncDisposable> {
  const stop = new AbortController();
  let lost = nextLoss(station, stop.signal);
  let current = await startRunner(station, lane, recovery, stop.signal);
  const loop = (async () => {
    for (;;) {
      await Promise.race([lost, current.runner.promise.catch(() => undefined)]);
      if (stop.signal.aborted) return;
      station.log.warn({ jobs: lane.names.join(" ") }, "worker.runner-restarted");
      void current.runner.stop().catch(() => undefined);
      recovery.ended(current.poolId);
      // From before the start: what is lost while it starts is lost to it as well.
      lost = nextLoss(station, stop.signal);
      const next = await startAgain(station, lane, recovery, stop.signal);
      if (next === undefined) return;
      current = next;
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      // The loop may end with another runner than it had at the abort. One that has ended by itself has nothing to stop.
      const stopped = loop.then(() => current.runner.stop()).catch(() => undefined);
      // What waits for a database that is away is not waited for.
      await Promise.race([stopped, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}

/** Starts a runner, however long that takes; `undefined` if the station stops before. */
async function startAgain(
  station: Station,
  lane: Lane,
  recovery: JobRecovery,
  signal: AbortSignal,
): Promise<LaneRunner | undefined> {
  for (;;) {
    try {
      return await retryWhileDown(() => startRunner(station, lane, recovery, signal), {
        forMs: Number.MAX_SAFE_INTEGER,
        signal,
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      station.log.error({ err: error }, "worker.not-started");
      await sleep(POLL_MS);
    }
  }
}

/** Resolves when a session of the database is lost, or at the signal. */
async function nextLoss(station: Station, signal: AbortSignal): Promise<void> {
  await once(station.db.events, "session-lost", { signal }).catch(() => undefined);
}

interface LaneRunner {
  runner: Runner;
  poolId: string;
}

async function startRunner(
  station: Station,
  lane: Lane,
  recovery: JobRecovery,
  signal: AbortSignal,
): Promise<LaneRunner> {
  const events = new EventEmitter() as WorkerEvents;
  let poolId = "";
  events.on("pool:create", ({ workerPool }) => {
    poolId = workerPool.id;
    recovery.begins(poolId);
  });
  const fetched = lane.concurrency + 1;
  const runner = await run({
    preset: {
      worker: {
        concurrentJobs: lane.concurrency,
        pollInterval: POLL_MS,
        completeJobBatchDelay: GATHER_MS,
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
    pgPool: patientPool(station.db.pool, signal),
    noHandleSignals: true,
    taskList: tasksOf(station, lane.names),
    crontab: "",
    logger: workerLogger(station.log),
  });
  return { runner, poolId };
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
