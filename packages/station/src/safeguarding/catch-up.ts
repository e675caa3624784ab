import type { Station } from "../context.ts";

/**
 * Has reports assessed again that were assessed by a version which knew nothing of safeguarding, except those that are closed. Runs at every
 * start; once they are through, there are none.
 */
export async function catchUpSafeguarding(station: Station): Promise<void> {
  await station.db.pool.query(
    `select graphile_worker.add_job('work-up', payload := json_build_object('reportId', report.id),
       job_key := 'work-up:' || report.id, max_attempts := 1000)
     from report
     where report.status <> 'closed' and report.assessed_at is not null
       and not exists (select from safeguarding where safeguarding.report_id = report.id)`,
  );
}
