/** Jobs of a process that died are taken over at once; those of one that lives are left alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { applicationName } from "./worker-recovery.ts";
import { startTestStation } from "./testing/station.ts";

test("the queue's lock is noted under the name that the queue locks by, with the process that holds it", async (t) => {
  const { station } = await startTestStation(t, { id: "example-force", profile: "police-force" });
  const { pool } = station.db;
  await pool.query(`
    create table lock_seen (by text);
    create function see_lock() returns trigger language plpgsql as
      $$ begin insert into public.lock_seen values (new.locked_by); return null; end $$;
    create trigger see_lock after update on graphile_worker._private_jobs
      for each row when (new.locked_by is not null) execute function see_lock();
    select graphile_worker.add_job('no-such-task', '{}');
    select graphile_worker.add_job('work-up', json_build_object('reportId', gen_random_uuid()))`);
  const known = await waitFor(async () => {
    const { rows } = await pool.query<{ worker_id: string }>(
      "select worker_id from job_worker where process_id = $1 and worker_id in (select by from lock_seen)",
      [station.processId],
    );
    return rows[0]?.worker_id;
  });
  // A job locked by this living process for hours is nobody else's.
  await pool.query(
    "update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '3 hours' where true",
    [known],
  );
  // Two rounds of the recovery.
  await sleep(4500);
  const { rows: kept } = await pool.query<{ locked_by: string | null }>(
    "select locked_by from graphile_worker._private_jobs where locked_by = $1",
    [known],
  );
  assert.ok(kept.length > 0, "what a living process holds stays its own");
  // The same lock by a process that has no session any more.
  await pool.query("insert into job_worker values ('pool-dead', 'dead', now())");
  await pool.query(
    "update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() where locked_by = $1",
    [known],
  );
  await waitFor(async () => {
    const { rowCount } = await pool.query(
      "select from graphile_worker._private_jobs where locked_by = 'pool-dead'",
    );
    return rowCount === 0 ? true : undefined;
  });
  assert.match(applicationName(station.processId), /^fairlead [0-9a-f]{12}$/);
});

async function waitFor<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  return assert.fail(`nothing came of ${ask.toString()}`);
}
