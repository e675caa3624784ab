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
  events.on("worker:create", ({ worker }) => {
    void note(station, worker.workerId);
  });
  let running = unlock(station);
  const timer = setInterval(() => {
    running = running.then(() => unlock(station));
  }, EVERY_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}

async function note(station: Station, workerId: string): Promise<void> {
  const row = { worker_id: workerId, process_id: station.processId, since: new Date(station.clock()).toISOString() };
  // A worker that could not be noted is taken for dead after a minute; a job run twice does no harm.
  await station.db.kysely.insertInto("job_worker").values(row).execute().catch(() => undefined);
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
