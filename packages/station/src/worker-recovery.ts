import type { WorkerEvents } from "graphile-worker";
import type { Station } from "./context.ts";
import { isConnectionLost } from "./store/index.ts";
import { sqlFile } from "./sql-file.ts";

const DEAD_WORKERS = sqlFile(import.meta.url, "./dead-workers.sql");
const EVERY_MS = 2000;

/** What the database shows for a process's sessions; while one of them is there, the process is alive. */
export function applicationName(processId: string): string {
  return `fairlead ${processId}`;
}

/**
 * Takes over the jobs of processes that died in the middle of one. The queue itself would wait four hours, because it cannot know
 * which of its workers are gone; the database knows, by whose sessions it still has.
 */
export function recoverJobs(station: Station, events: WorkerEvents): AsyncDisposable {
  // The queue locks a job by its pool's id, not by the id of the pool's worker that has it in hand.
  const unnoted = new Set<string>();
  events.on("pool:create", ({ workerPool }) => {
    unnoted.add(workerPool.id);
    void note(station, unnoted);
  });
  // A pool that has ended in this process holds nothing any more, although the process lives.
  events.on("pool:release", ({ workerPool }) => void giveBack(station, workerPool.id));
  let running = unlock(station);
  const timer = setInterval(() => {
    running = running.then(async () => {
      await note(station, unnoted);
      await unlock(station);
    });
  }, EVERY_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Notes which process a pool belongs to; one that could not be noted, because the database was away, is noted later. */
async function note(station: Station, unnoted: Set<string>): Promise<void> {
  for (const id of unnoted) {
    const row = {
      worker_id: id,
      process_id: station.processId,
      since: new Date(station.clock()).toISOString(),
    };
    const noted = await station.db.kysely
      .insertInto("job_worker")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
      .catch(() => undefined);
    if (noted !== undefined) unnoted.delete(id);
  }
}

/** Gives a pool's jobs to whoever comes first; if the database is away, the recovery of another start does it. */
async function giveBack(station: Station, poolId: string): Promise<void> {
  await station.db.pool
    .query("update job_worker set process_id = 'ended' where worker_id = $1", [poolId])
    .catch(() => undefined);
}

async function unlock(station: Station): Promise<void> {
  try {
    const { rows } = await station.db.pool.query<{ worker_id: string }>(DEAD_WORKERS);
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.worker_id);
    await station.db.pool.query("select graphile_worker.force_unlock_workers($1)", [ids]);
    await station.db.kysely.deleteFrom("job_worker").where("worker_id", "in", ids).execute();
    station.log.warn({ workers: ids.length }, "worker.jobs-taken-over");
  } catch (error) {
    if (!isConnectionLost(error)) station.log.error({ err: error }, "worker.recovery-failed");
  }
}
