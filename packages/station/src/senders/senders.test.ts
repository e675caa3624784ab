import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  emptyCard,
  foldReport,
  merged,
  SCORED_FIELDS,
  type ReportFacts,
  type Scorecard,
} from "@fairlead/assessment";
import { aFlag, exampleEvent, exampleSuspect, SENDER, TEST_NOW } from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import type { SenderView } from "../desk-api/sender-contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { alarmsOf } from "./alarms.ts";
import { foldSender, scoreReport, sumSender } from "./index.ts";

const HOUR_MS = 3_600_000;
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake", "desk"] },
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});

async function reportOf(name: string, parts: Partial<Report> = {}): Promise<string> {
  const id = await accepted(sender, [testFile()], {
    sender: { kind: "platform", id: name, name: `Example ${name}` },
    ...parts,
  });
  await workUp(at.station, { reportId: id });
  return id;
}

/** What the jobs that wait would do, all of them. */
async function runJobs(): Promise<void> {
  const { pool } = at.station.db;
  for (;;) {
    const { rows } = await pool.query<{ id: string; task: string; payload: object }>(
      `select jobs.id, tasks.identifier as task, jobs.payload from graphile_worker._private_jobs jobs
        join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
        where tasks.identifier in ('score-report', 'fold-sender', 'sum-sender') order by jobs.id`,
    );
    if (rows.length === 0) return;
    for (const { id, task, payload } of rows) {
      await pool.query("delete from graphile_worker._private_jobs where id = $1", [id]);
      if (task === "score-report") await scoreReport(at.station, payload as { reportId: string });
      if (task === "fold-sender") await foldSender(at.station, payload as { sender: string; hour: string });
      if (task === "sum-sender") await sumSender(at.station, payload as { sender: string; month: string });
    }
  }
}

async function cardOf(name: string): Promise<SenderView> {
  const response = await lead.request("GET", `/api/senders/${name}`);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as SenderView;
}

test("a card is what its reports come to, however often and in whatever hours they were summed", async () => {
  for (let index = 0; index < 5; index += 1) {
    now = TEST_NOW + index * HOUR_MS;
    const port = index % 2 === 0 ? { port: 40_000 } : {};
    await reportOf("alpha", { persons: [exampleSuspect({ events: [exampleEvent(port)] })] });
    if (index % 2 === 0) await runJobs();
  }
  await runJobs();
  const { rows } = await at.station.db.pool.query<{ facts: ReportFacts }>(
    "select facts from sender_facts where sender = 'alpha'",
  );
  assert.equal(rows.length, 5);
  const whole = rows.reduce(
    (card: Scorecard, { facts }) => foldReport(card, facts),
    emptyCard("alpha", rows[0]?.facts.month ?? ""),
  );
  const stored = await at.station.db.pool.query<{ card: Scorecard }>(
    "select card from sender_month where sender = 'alpha'",
  );
  assert.deepEqual(stored.rows[0]?.card, whole);
  const [month] = (await cardOf("alpha")).months;
  assert.deepEqual(
    [month?.reports, month?.fields["event-port"].count, month?.fields["event-port"].of],
    [5, 3, 5],
  );
});

test("an outcome that comes later changes the month in which its report came", async () => {
  now = TEST_NOW;
  const id = await reportOf("beta", { claims: [] });
  await runJobs();
  assert.equal((await cardOf("beta")).months[0]?.shares.confirmed.share, undefined);
  now += 40 * 24 * HOUR_MS;
  const outcome = { kind: "useless", reason: "not-abuse-material" };
  assert.equal((await lead.request("POST", `/api/reports/${id}/outcomes`, outcome)).status, 200);
  await runJobs();
  const { months } = await cardOf("beta");
  assert.deepEqual(
    months.map(({ reports, shares }) => [reports, shares.confirmed.count, shares.confirmed.of]),
    [[1, 0, 1]],
  );
});

test("no level, no tier and no place in the queue ever rests on a scorecard", async () => {
  now = TEST_NOW;
  const id = await reportOf("gamma");
  const view = await lead.report(id);
  await runJobs();
  const { entry, assessment } = await lead.report(id);
  assert.deepEqual([entry, assessment], [view.entry, view.assessment]);
  assert.doesNotMatch(JSON.stringify(view), /completeness/);
  const queue = await (await lead.request("GET", "/api/queue")).text();
  assert.doesNotMatch(queue, /completeness|scorecard/);
});

/** An hour's card of a sender that fills the port or leaves it out. */
function hourOf(hours: number, reports: number, filled: boolean) {
  const facts: ReportFacts = {
    sender: "delta",
    month: "2026-11",
    filled: { "event-port": filled, file: true },
    verdict: "unknown",
    viral: false,
    flags: { escalated: false },
  };
  let card = emptyCard("delta", "2026-11");
  for (let index = 0; index < reports; index += 1) card = foldReport(card, facts);
  return { hour: new Date(TEST_NOW - hours * HOUR_MS).toISOString(), card };
}

test("a field that falls empty is an alarm with what fell and since when; what is merely rare is none", () => {
  const good = [80, 70, 60, 50].map((hours) => hourOf(hours, 30, true));
  const bad = [20, 10, 1].map((hours) => hourOf(hours, 30, false));
  const [alarm, ...others] = alarmsOf("delta", [...good, ...bad], [], TEST_NOW);
  assert.deepEqual([alarm?.field, alarm?.since, others], ["event-port", bad[0]?.hour, []]);
  assert.deepEqual(alarmsOf("delta", [...good, hourOf(1, 30, true)], [], TEST_NOW), []);
  assert.deepEqual(alarmsOf("delta", bad, [], TEST_NOW), []);
  const earlier = good.map(({ card }) => ({ ...card, month: "2026-10" })).reduce(merged);
  assert.equal(alarmsOf("delta", bad, [earlier], TEST_NOW)[0]?.field, "event-port");
});

test("a card goes out as a table that no spreadsheet takes for a formula", async () => {
  now = TEST_NOW;
  await reportOf("=1+1", { claims: [{ about: { kind: "report" }, source: SENDER, states: aFlag("spam") }] });
  await runJobs();
  const response = await lead.request("GET", `/api/senders/${encodeURIComponent("=1+1")}/scorecard.csv`);
  const lines = (await response.text()).split("\r\n");
  assert.match(response.headers.get("content-type") ?? "", /^text\/csv/);
  assert.equal(lines.length, 2 + SCORED_FIELDS.length + 6);
  assert.ok(lines.slice(1, -1).every((line) => line.startsWith("'=1+1,2026-11,1,")));
  await problemOf(await lead.request("GET", "/api/senders/nobody"), 404);
});
