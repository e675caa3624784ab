/** Jobs of a process that died are taken over at once; those of one that lives are left alone. No job is forgotten with its database. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLog, startEmbedded } from "./store/index.ts";
import { accepted, testSender } from "./testing/report.ts";
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

test("a station goes on with the jobs that it had in hand when its database was killed, each time", async (t) => {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), "fairlead-killed-"));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = stack.use(await startEmbedded({ dataDir: join(dataDir, "postgres"), log: silentLog }));
  const databaseUrl = await server.ensureDatabase("example_station");
  const hook = {
    after: (cleanUp: () => Promise<void>) => {
      stack.defer(cleanUp);
    },
  };
  const at = await startTestStation(hook, {
    id: "example-one",
    profile: "platform",
    config: { databaseUrl },
  });
  const { pool } = at.station.db;
  const sender = await testSender(at);
  for (const round of [1, 2]) {
    // Jobs stay in hand for as long as somebody else has the lock that linking takes.
    const holder = await pool.connect();
    await holder.query("begin");
    await holder.query("select pg_advisory_xact_lock(7205002)");
    const ids = await Promise.all(Array.from({ length: 6 }, () => accepted(sender, [])));
    await waitFor(async () => {
      const { rowCount } = await pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return (rowCount ?? 0) >= 3 ? true : undefined;
    });
    process.kill(server.pid ?? 0, "SIGKILL");
    holder.release(true);
    await waitFor(async () => {
      const { rowCount } = await pool
        .query("select from report where id = any($1) and assessed_at is not null", [ids])
        .catch(() => ({ rowCount: 0 }));
      return rowCount === ids.length ? true : undefined;
    });
    t.diagnostic(`round ${round} went on`);
  }
});

async function waitFor<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  return assert.fail(`nothing came of ${ask.toString()}`);
}
