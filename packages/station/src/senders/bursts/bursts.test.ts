import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { aFlag, exampleEvent, exampleSuspect, SENDER, TEST_NOW } from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import type { QueuePage, ReportView, TaskList, TaskView } from "../../desk-api/contract.ts";
import type { BurstView, SenderView } from "../../desk-api/sender-contract.ts";
import { taskList, watchEffects } from "../../tasks/index.ts";
import { addPerson } from "../../access/index.ts";
import { deskOf, type TestDesk } from "../../testing/desk.ts";
import { problemOf } from "../../testing/problem.ts";
import { accepted, testFile, testSender, type TestSender } from "../../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../testing/station.ts";
import { workUp } from "../../work-up.ts";
import { scoreDue } from "../index.ts";

const MINUTE_MS = 60_000;
const PAST = 60;
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let account: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake", "desk"] },
  });
  account = await testSender(at);
  lead = await deskOf(at, "lead");
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});
beforeEach(() => {
  now = TEST_NOW;
});

/** Reports of a sender, a minute each, with the port of every upload or without it. */
async function send(
  name: string,
  count: number,
  port: boolean,
  parts: Partial<Report> = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    now += MINUTE_MS;
    const events = [exampleEvent(port ? { port: 40_000 } : {})];
    const report = { persons: [exampleSuspect({ events })], ...parts };
    ids.push(
      await accepted(account, [testFile()], {
        sender: { kind: "platform", id: name, name: `Example ${name}` },
        ...report,
      }),
    );
  }
  await at.station.db.pool.query("insert into score_due (report_id) select unnest($1::uuid[])", [ids]);
  await scoreDue(at.station);
  return ids;
}

async function senderOf(name: string): Promise<SenderView> {
  const response = await lead.request("GET", `/api/senders/${name}`);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as SenderView;
}
async function onlyBurst(name: string): Promise<BurstView> {
  const { bursts } = await senderOf(name);
  assert.equal(bursts.length, 1);
  return bursts[0] as BurstView;
}
async function queue(query: string): Promise<QueuePage> {
  return (await (await lead.request("GET", `/api/queue?${query}`)).json()) as QueuePage;
}
async function inLane(): Promise<string[]> {
  return (await queue("burst=true&limit=200")).entries.map(({ id }) => id);
}
async function tasksOf(list: "open" | "closed", name: string): Promise<TaskView[]> {
  const person = await addPerson(at.station.db.kysely, "Test reader", "lead", now);
  const found: TaskList = await taskList(at.station, { list, limit: 50 }, person);
  return found.tasks.filter(({ sender }) => sender === name);
}
async function accept(
  name: string,
  burst: string,
  reason = "They told us: no ports any more.",
): Promise<Response> {
  return await lead.request("POST", `/api/senders/${name}/bursts/${burst}/accept`, { reason });
}
async function leavesOf(burst: string): Promise<string[]> {
  const { rows } = await at.station.db.pool.query<{ kind: string }>(
    "select kind from leaf where body ->> 'burst' = $1 order by position",
    [burst],
  );
  return rows.map(({ kind }) => kind);
}

test("a field that a sender leaves empty from one report on is an alarm within twenty reports, with all that is asked of it", async () => {
  await send("alpha", PAST + 20, true);
  assert.deepEqual((await senderOf("alpha")).bursts, []);
  const empty = await send("alpha", 20, false);
  const burst = await onlyBurst("alpha");
  assert.deepEqual([burst.field, burst.state, burst.reports], ["event-port", "on", 20]);
  assert.deepEqual([burst.before.share, burst.now.share], [1, 0]);
  const first = await lead.report(empty[0] ?? "");
  assert.equal(burst.since, first.entry.receivedAt);
  assert.deepEqual(await leavesOf(burst.id), ["format-burst.opened"]);
  const { senders } = (await (await lead.request("GET", "/api/senders")).json()) as {
    senders: { id: string; alarms: number }[];
  };
  assert.equal(senders.find(({ id }) => id === "alpha")?.alarms, 1);
});

test("its reports stand in a lane of their own and at their own place, each with what is missing", async () => {
  await send("beta", PAST + 20, true);
  const [whole = ""] = await send("beta", 1, true);
  const empty = await send("beta", 25, false);
  const [urgent = ""] = await send("beta", 1, false, {
    claims: [{ about: { kind: "report" }, source: SENDER, states: aFlag("live-abuse") }],
  });
  await workUp(at.station, { reportId: urgent });
  const lane = await inLane();
  for (const id of [...empty, urgent]) assert.ok(lane.includes(id));
  assert.ok(!lane.includes(whole));
  const { entries, counts, next } = await queue("limit=200");
  if (next !== undefined)
    entries.push(...(await queue(`limit=200&after=${encodeURIComponent(next)}`)).entries);
  const ids = new Set(entries.map(({ id }) => id));
  for (const id of empty) assert.ok(ids.has(id), "it is never hidden");
  const entry = entries.find(({ id }) => id === urgent);
  assert.deepEqual(
    entry?.leftEmpty?.map(({ field, state }) => [field, state]),
    [["event-port", "on"]],
  );
  assert.ok(counts.bursts.reports >= 26);
  assert.equal(entry?.tier, "R1");
  const view: ReportView = await lead.report(urgent);
  assert.equal(view.entry.leftEmpty?.[0]?.sender, "beta");
  assert.equal((await lead.report(whole)).entry.leftEmpty, undefined);
  const { rows } = await at.station.db.pool.query(
    "select from page where report_id = $1 and task_id is null",
    [urgent],
  );
  assert.equal(rows.length, 1, "it pages as any other");
});

test("it is a task of a named person, who is called; it ends when the change is accepted, and so does the lane", async () => {
  await send("gamma", PAST + 20, true);
  const empty = await send("gamma", 25, false);
  await watchEffects(at.station);
  const [task] = await tasksOf("open", "gamma");
  assert.ok(task !== undefined);
  assert.deepEqual([task.kind, task.what, task.peerName], ["sender-format", "format-burst", "Example gamma"]);
  assert.ok(task.owner !== undefined);
  assert.deepEqual(
    task.bursts.map(({ field, reports }) => [field, reports]),
    [["event-port", 25]],
  );
  const called = await at.station.db.pool.query("select from page where task_id = $1 and ended_at is null", [
    task.id,
  ]);
  assert.equal(called.rowCount, 1);
  for (const what of ["retry", "correct"])
    await problemOf(await lead.request("POST", `/api/tasks/${task.id}/${what}`), 409);
  await problemOf(await lead.request("POST", `/api/tasks/${task.id}/close`, { reason: "Told them." }), 409);

  const burst = await onlyBurst("gamma");
  await problemOf(await accept("gamma", burst.id, " "), 422);
  await problemOf(await accept("alpha", burst.id), 404);
  assert.equal((await accept("gamma", burst.id)).status, 200);
  await problemOf(await accept("gamma", burst.id), 409);
  assert.deepEqual(await leavesOf(burst.id), ["format-burst.opened", "format-burst.accepted"]);
  const settled = await onlyBurst("gamma");
  assert.deepEqual(
    [settled.state, settled.settled?.reason],
    ["accepted", "They told us: no ports any more."],
  );
  const lane = await inLane();
  assert.ok(empty.every((id) => !lane.includes(id)));
  await watchEffects(at.station);
  assert.deepEqual(await tasksOf("open", "gamma"), []);
  assert.equal((await tasksOf("closed", "gamma"))[0]?.closed?.how, "through");
  await send("gamma", 80, false);
  assert.equal((await senderOf("gamma")).bursts.length, 1, "what was accepted is normal");
});

test("an acceptance without its leaf is none", async () => {
  await send("delta", PAST + 20, true);
  await send("delta", 25, false);
  const burst = await onlyBurst("delta");
  const { pool } = at.station.db;
  await pool.query(`create function no_leaf() returns trigger language plpgsql as $$ begin
    if new.kind = 'format-burst.accepted' then raise exception 'no'; end if; return new; end $$`);
  await pool.query("create trigger no_leaf before insert on leaf for each row execute function no_leaf()");
  assert.equal((await accept("delta", burst.id)).status, 500);
  await pool.query("drop trigger no_leaf on leaf");
  assert.equal((await onlyBurst("delta")).state, "on");
});

test("it is over when the field is filled again; what was left empty stays a task until a person has seen to it", async () => {
  await send("epsilon", PAST + 20, true);
  const [first = "", ...others] = await send("epsilon", 25, false);
  const { rows } = await at.station.db.pool.query<{ value: string }>(
    "select handed_reference as value from report where id = $1",
    [first],
  );
  const references: Report["references"] = [
    { kind: "this-report", issuer: "Example Platform", value: "case-later" },
    { kind: "prior-report", issuer: "Example Platform", value: rows[0]?.value ?? "" },
  ];
  const [later] = await send("epsilon", 1, true, { references });
  const { entry } = await lead.report(first);
  assert.equal(entry.leftEmpty?.[0]?.filledBy, later);
  assert.ok(!(await inLane()).includes(first));
  assert.deepEqual([(await onlyBurst("epsilon")).filledLater, (await onlyBurst("epsilon")).state], [1, "on"]);
  await send("epsilon", 40, true);
  const burst = await onlyBurst("epsilon");
  assert.equal(burst.state, "over");
  assert.ok((await inLane()).includes(others[0] ?? ""));
  await problemOf(await accept("epsilon", burst.id), 409);
  await watchEffects(at.station);
  const [task] = await tasksOf("open", "epsilon");
  const closed = await lead.request("POST", `/api/tasks/${task?.id}/close`, {
    reason: "They sent what they had.",
  });
  assert.equal(closed.status, 200, await closed.text());
  assert.equal((await onlyBurst("epsilon")).state, "seen-to");
  assert.ok(!(await inLane()).includes(others[0] ?? ""));
  assert.deepEqual(await leavesOf(burst.id), [
    "format-burst.opened",
    "format-burst.recovered",
    "format-burst.seen-to",
  ]);
  await send("epsilon", 25, false);
  assert.deepEqual(
    (await senderOf("epsilon")).bursts.map(({ state }) => state),
    ["on", "seen-to"],
  );
});

test("it is found and marked once, however often and in whatever parts reports are scored", async () => {
  await send("zeta", PAST + 20, true);
  const empty = await send("zeta", 10, false);
  await send("zeta", 1, true);
  empty.push(...(await send("zeta", 20, false)));
  assert.equal((await onlyBurst("zeta")).reports, 30, "the one between that has it is not marked");
  const { pool } = at.station.db;
  for (const ids of [empty.toReversed(), empty.slice(3, 9)]) {
    await pool.query("delete from sender_facts where report_id = any($1::uuid[])", [ids]);
    await pool.query("insert into score_due (report_id) select unnest($1::uuid[])", [ids]);
    await scoreDue(at.station);
  }
  assert.equal((await onlyBurst("zeta")).reports, 30);
});
