import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, beforeEach, test } from "node:test";
import {
  exampleEvent,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
  TEST_NOW,
} from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import { runJobs } from "../testing/jobs.ts";
import { accepted, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { assessSenderDay, groundOf } from "./index.ts";
import { hoursGround, showsOn } from "./sender-hours.ts";

const DAY_MS = 86_400_000;
const WHOLE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let account: TestSender;
let name: string;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake"] },
  });
  account = await testSender(at);
});
beforeEach(() => {
  now = TEST_NOW;
  name = randomUUID();
});

/** What somebody's platform reports whose clock shows these hours. */
function showing(hours: readonly number[]): Partial<Report> {
  const events = hours.map((hour) => {
    const text = `2026-11-01T${String(hour).padStart(2, "0")}:05:07Z`;
    return exampleEvent({ moment: { raw: text, at: text, zone: "stated", offset: "Z" } });
  });
  return {
    sender: { kind: "platform", id: name, name: "Example Platform" },
    incident: { type: "abuse-material", occurred: { raw: "2026-11-01", zone: "none" } },
    persons: [
      exampleSuspect({
        identifiers: [exampleIdentifier("account", randomUUID(), { platform: "Example Chat" })],
        events,
      }),
    ],
  };
}

async function reportOf(hours: readonly number[], from: TestSender = account): Promise<string> {
  const id = await accepted(from, [], showing(hours));
  await workUp(at.station, { reportId: id });
  return id;
}

async function reports(count: number, hours: readonly number[], from?: TestSender): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) ids.push(await reportOf(hours, from));
  return ids;
}

/** Of each report, how often it was assessed and whether it doubts the half of the day. */
async function standing(ids: readonly string[]): Promise<[assessments: number, doubts: boolean][]> {
  const { rows } = await at.station.db.pool.query<{ id: string; n: number; doubts: boolean }>(
    `select report_id as id, count(*)::integer as n,
       (array_agg(result -> 'doubts' @> '[{"code": "doubt.twelve-hour"}]' order by id desc))[1] as doubts
     from assessment where report_id = any($1) group by report_id`,
    [ids],
  );
  const byId = new Map(rows.map(({ id, n, doubts }) => [id, [n, doubts] as [number, boolean]]));
  return ids.map((id) => byId.get(id) ?? [0, false]);
}

const all = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const doJobs = (atOnce?: number) =>
  runJobs(at.station, {
    "assess-sender-day": (station, which) => assessSenderDay(station, which, atOnce),
  });

test("reports from before a habit showed are assessed again with it, and again when it no longer shows", async () => {
  const ids = await reports(5, WHOLE);
  assert.deepEqual(await standing(ids), all(5, [1, false]), "none of them saw sixty hours of others");
  assert.equal(await doJobs(), 1);
  assert.deepEqual(await standing(ids), all(5, [2, true]));
  const afternoon = await reportOf([15]);
  assert.equal(await doJobs(), 1);
  assert.deepEqual(await standing(ids), all(5, [3, false]));
  assert.deepEqual(await standing([afternoon]), [[1, false]]);
});

test("what a sender shows today changes nothing of yesterday, and what came late of yesterday changes today", async () => {
  const yesterday = await reports(4, WHOLE);
  const late = await accepted(account, [], showing(WHOLE));
  now += DAY_MS;
  const today = await reportOf([3]);
  await doJobs();
  assert.deepEqual(await standing([...yesterday, today]), all(5, [1, false]), "48 hours, and one of today");
  await workUp(at.station, { reportId: late });
  await doJobs();
  assert.deepEqual(await standing([...yesterday, today, late]), all(6, [2, true]));
  const evening = await reportOf([20]);
  await doJobs();
  assert.deepEqual(await standing([...yesterday, late]), all(5, [2, true]));
  assert.deepEqual(await standing([today, evening]), [
    [3, false],
    [1, false],
  ]);
});

test("another account that calls itself the same has a habit of its own", async () => {
  const other = await testSender(at);
  const ids = await reports(5, WHOLE);
  const theirs = await reportOf(WHOLE, other);
  await doJobs();
  assert.deepEqual(await standing([...ids, theirs]), [...all(5, [2, true]), [1, false]]);
});

test("a flood of one sender leaves one job that waits, and looks at each report twice at most", async () => {
  const ids = await reports(20, WHOLE);
  const waiting = await at.station.db.pool.query<{ revision: number }>(
    "select revision from graphile_worker.jobs where key like $1",
    [`assess-sender-day:%:${name}:%`],
  );
  assert.deepEqual(waiting.rows, [{ revision: 0 }], "and nobody writes to it while it waits");
  assert.equal(await doJobs(), 1);
  // Those that came after the sixtieth hour knew it at once.
  assert.deepEqual(await standing(ids), [...all(5, [2, true]), ...all(15, [1, true])]);
  assert.deepEqual(await standing(await reports(3, WHOLE)), all(3, [1, true]));
  assert.equal(await doJobs(), 0);
});

test("a day's reports are assessed again a part at a time until none is left", async () => {
  const ids = await reports(7, WHOLE);
  assert.ok((await doJobs(2)) >= 3);
  const stand = await standing(ids);
  assert.ok(
    stand.every(([, doubts]) => doubts),
    JSON.stringify(stand),
  );
});

test("a worker that stops between an assessment and its call has its job done again, and the call is made", async () => {
  const ids = await reports(5, WHOLE);
  await at.station.db.pool.query("delete from graphile_worker._private_jobs where key like $1", [
    `assess-sender-day:%:${name}:%`,
  ]);
  await workUp(at.station, { reportId: ids[4] ?? "" });
  assert.equal(await doJobs(), 1);
  assert.deepEqual(await standing(ids), all(5, [2, true]));
});

test("ninety days of hours are looked at, the report's own day among them", () => {
  const day = (index: number) => new Date(TEST_NOW + index * DAY_MS).toISOString().slice(0, 10);
  const shown = (index: number, beyond = 0) => ({ [day(index)]: { within: 60, beyond } });
  assert.equal(showsOn(shown(-89), day(0)), true);
  assert.equal(showsOn(shown(-90), day(0)), false);
  assert.equal(showsOn(shown(1), day(0)), false, "what comes later says nothing of today");
  assert.equal(showsOn({ ...shown(-1), ...shown(1, 1) }, day(0)), true);
  assert.equal(showsOn({ ...shown(-2), ...shown(-1, 1) }, day(0)), false);
});

test("a report without an hour reads nothing of its sender's, and one of a day reads that day's", async () => {
  const ground = (hours: readonly number[], days = {}) =>
    hoursGround(exampleReport(showing(hours)), "2026-11-22T23:30:00Z", days);
  assert.equal(ground([]), undefined);
  assert.deepEqual(ground([3, 3, 9, 15], { "2026-11-22": { within: 60, beyond: 0 } }), {
    day: "2026-11-22",
    shown: { within: 2, beyond: 1 },
    twelveHour: true,
  });
  const id = await reportOf([]);
  assert.equal((await groundOf(at.station, id))?.reads.twelveHour, null);
});
