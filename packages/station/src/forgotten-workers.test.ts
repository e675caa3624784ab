import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestStation } from "./testing/station.ts";
import { forgetWorkers, recoverJobs } from "./worker-recovery.ts";

test("workers that are long gone are forgotten, but none that lives, that has just died, or that still holds a job", async (t) => {
  // Without workers of its own: nothing but this test looks at the queue.
  const { station } = await startTestStation(t, {
    id: "example-force",
    profile: "police-force",
    config: { roles: ["desk"] },
  });
  const { pool } = station.db;
  await pool.query(
    `insert into job_worker (worker_id, process_id, since) values
       ('gone', 'dead', now() - interval '2 days'), ('ended', 'ended', now() - interval '2 days'),
       ('holding', 'dead', now() - interval '2 days'), ('fresh', 'dead', now()),
       ('alive', $1, now() - interval '2 days')`,
    [station.processId],
  );
  await pool.query("select graphile_worker.add_job('no-such-task', '{}', job_key := 'test')");
  await pool.query(
    "update graphile_worker._private_jobs set locked_by = 'holding', locked_at = now() where key = 'test'",
  );
  const noted = async () => {
    const { rows } = await pool.query<{ worker_id: string }>(
      "select worker_id from job_worker order by worker_id",
    );
    return rows.map(({ worker_id }) => worker_id);
  };
  await forgetWorkers(station);
  assert.deepEqual(await noted(), ["alive", "fresh", "holding"]);
  const { rows } = await pool.query<{ locked_by: string | null }>(
    "select locked_by from graphile_worker._private_jobs where key = 'test'",
  );
  assert.deepEqual(rows, [{ locked_by: "holding" }], "what it holds is not let go unseen");
  await pool.query("insert into job_worker values ('gone-again', 'dead', now() - interval '2 days')");
  {
    await using _recovery = recoverJobs(station);
  }
  assert.deepEqual(
    await noted(),
    ["alive", "fresh"],
    "a station that starts releases first and forgets then",
  );
  const { rows: after } = await pool.query<{ locked_by: string | null }>(
    "select locked_by from graphile_worker._private_jobs where key = 'test'",
  );
  assert.deepEqual(after, [{ locked_by: null }]);
});
