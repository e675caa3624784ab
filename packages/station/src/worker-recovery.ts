import type { Station } from "./context.ts";
import { isConnectionLost } from "./store/index.ts";
import { sqlFile } from "./sql-file.ts";

const DEAD_WORKERS = sqlFile(import.meta.url, "./dead-workers.sql");
const FORGOTTEN_WORKERS = sqlFile(import.meta.url, "./forgotten-workers.sql");
const EVERY_MS = 2000;
/** A worker that began longer ago, and whose process is gone, is forgotten: by then whoever looks for it has looked. */
const REMEMBERED_MS = 86_400_000;
/** How often those are looked for: each restart of a process leaves a few. */
const FORGET_EVERY_MS = 3_600_000;
/** Holds the pools that have ended: no session has its name. */
const NOBODY = "ended";

/** What the database shows for a process's sessions; while one of them is there, the process is alive. */
export function applicationName(processId: string): string {
  return `fairlead ${processId}`;
}

/** Knows which job pools of this process live, and takes over what nobody works on any more. */
export interface JobRecovery extends AsyncDisposable {
  /** A pool of this process begins. The queue locks a job by its pool's id, not by the id of the worker that has it in hand. */
  begins(poolId: string): void;
  /** It holds nothing any more, although the process lives. */
  ended(poolId: string): void;
}

/**
 * Takes over the jobs of processes that died in the middle of one. The queue itself would wait four hours, because it cannot know
 * which of its workers are gone; the database knows, by whose sessions it still has.
 */
export function recoverJobs(station: Station): JobRecovery {
  // What the database does not know yet, with the process that holds the pool; while the database is away, it is told later.
  const unnoted = new Map<string, string>();
  const tell = (poolId: string, holder: string): void => {
    unnoted.set(poolId, holder);
    void note(station, unnoted);
  };
  let forgotAt = station.clock();
  let running = unlock(station).then(() => forgetWorkers(station));
  const timer = setInterval(() => {
    running = running.then(async () => {
      await note(station, unnoted);
      await unlock(station);
      if (station.clock() - forgotAt < FORGET_EVERY_MS) return;
      forgotAt = station.clock();
      await forgetWorkers(station);
    });
  }, EVERY_MS);
  return {
    begins: (poolId) => tell(poolId, station.processId),
    ended: (poolId) => tell(poolId, NOBODY),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}

async function note(station: Station, unnoted: Map<string, string>): Promise<void> {
  for (const [poolId, holder] of unnoted) {
    const noted = await station.db.kysely
      .insertInto("job_worker")
      .values({ worker_id: poolId, process_id: holder, since: new Date(station.clock()).toISOString() })
      .onConflict((conflict) => conflict.column("worker_id").doUpdateSet({ process_id: holder }))
      .execute()
      .catch(() => undefined);
    if (noted !== undefined && unnoted.get(poolId) === holder) unnoted.delete(poolId);
  }
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

/** Takes away what is noted of workers that are long gone; their jobs were taken over before. Otherwise each restart leaves rows for ever. */
export async function forgetWorkers(station: Pick<Station, "db" | "clock" | "log">): Promise<void> {
  const before = new Date(station.clock() - REMEMBERED_MS).toISOString();
  try {
    await station.db.pool.query(FORGOTTEN_WORKERS, [before]);
  } catch (error) {
    if (!isConnectionLost(error)) station.log.error({ err: error }, "worker.recovery-failed");
  }
}
