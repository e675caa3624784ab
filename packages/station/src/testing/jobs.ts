import type { Station } from "../context.ts";
import type { JobName, JobPayloads } from "../jobs.ts";

type Handlers = { [Name in JobName]?: (station: Station, payload: JobPayloads[Name]) => Promise<void> };

/**
 * Does what the jobs that wait would do, whenever they are due, until none of these is left: for a station without workers.
 * @returns how many were done
 */
export async function runJobs(station: Station, handlers: Handlers): Promise<number> {
  const names = Object.keys(handlers) as JobName[];
  for (let done = 0; ; done += 1) {
    const { rows } = await station.db.pool.query<{ task: JobName; payload: unknown }>(
      `delete from graphile_worker._private_jobs where id = (
         select jobs.id from graphile_worker._private_jobs jobs
         join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
         where tasks.identifier = any($1) order by jobs.run_at, jobs.id limit 1 for update of jobs skip locked
       ) returning (select identifier from graphile_worker._private_tasks where id = task_id) as task, payload`,
      [names],
    );
    const [job] = rows;
    if (job === undefined) return done;
    const handler = handlers[job.task] as (station: Station, payload: unknown) => Promise<void>;
    await handler(station, job.payload);
  }
}
