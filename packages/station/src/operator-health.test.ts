import assert from "node:assert/strict";
import { test } from "node:test";
import { operatorHealth } from "./operator-health.ts";
import { until } from "./testing/desk.ts";
import { accepted, testSender } from "./testing/report.ts";
import { endOfFile, startTestStation } from "./testing/station.ts";

const end = endOfFile();

test("a station without a worker says that nobody works, and since when its oldest work waits", async () => {
  const at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  const { station } = at;
  const empty = await operatorHealth(station);
  assert.deepEqual([empty.workers, empty.failing, empty.desk.state], [0, 0, "well"]);
  await accepted(await testSender(at), [], { persons: [] });
  const later = { ...station, clock: () => Date.now() + 600_000 };
  const { workers, due, oldestDue, desk } = await operatorHealth(later);
  assert.deepEqual([workers, due, desk.state], [0, empty.due + 1, "well"]);
  assert.ok(Math.abs(Date.parse(oldestDue ?? "") - Date.now()) < 300_000, oldestDue);
  await station.db.pool.query(
    "update graphile_worker._private_jobs set attempts = 5, last_error = 'the disk is full' where key like 'work-up:%'",
  );
  const failing = await operatorHealth(later);
  assert.deepEqual([failing.failing, failing.lastError], [1, "work-up: the disk is full"]);
  const old = { ...station, clock: () => Date.parse("2040-01-01") };
  assert.ok((await operatorHealth(old)).overdueReviews.includes("policy"));
});

test("a station with a worker says so, and how old the tables are that it asks", async () => {
  const { station } = await startTestStation(end, {
    id: "platform-two",
    profile: "platform",
    config: { networks: { tables: "packaged" } },
  });
  // A worker notes itself a moment after it has begun.
  const health = await until("a worker's note", async () => {
    const found = await operatorHealth(station);
    return found.workers > 0 && found;
  });
  assert.equal(health.workers, 1);
  const year = 365 * 86_400_000;
  const { tablesAgeDays = 0 } = await operatorHealth({ ...station, clock: () => Date.now() + year });
  assert.equal(tablesAgeDays - (health.tablesAgeDays ?? 0), 365);
});
