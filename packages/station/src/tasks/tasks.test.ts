import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { addPerson, type Principal } from "../access/index.ts";
import type { PageList, TaskList, TaskView } from "../desk-api/contract.ts";
import { pageList } from "../paging/index.ts";
import { decideReferral, advanceReferral } from "../referral/index.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { type Relay, startRelay } from "../testing/relay.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { taskList, tellIncomplete, watchEffects } from "./index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const end = endOfFile();
let platform: TestStation;
let agency: TestStation;
let relay: Relay;
let sender: TestSender;
let desks: { lead: TestDesk; auditor: TestDesk };
let people: { lead: Principal; reviewer: Principal; auditor: Principal };
/** How far the platform's clock is ahead. */
let ahead = 0;
before(async () => {
  // Without workers: each try, and each look at what stands still, is made by hand.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config,
    clock: () => Date.now() + ahead,
  });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency", config });
  relay = await startRelay(end, agency.url);
  await introduce(platform, peerOf(agency, { url: relay.url }));
  await introduce(agency, peerOf(platform));
  sender = await testSender(platform);
  desks = { lead: await deskOf(platform, "lead"), auditor: await deskOf(platform, "auditor") };
  const named = async (role: string) =>
    await addPerson(platform.station.db.kysely, `Another ${role}`, role, Date.now());
  people = { lead: await named("lead"), reviewer: await named("reviewer"), auditor: await named("auditor") };
});
beforeEach(async () => {
  ahead = 0;
  relay.answer = "forward";
  await platform.station.db.pool.query("update referral set stage = 'elsewhere' where open");
  await platform.station.db.pool.query(
    "update page set ended_at = now() where ended_at is null and acknowledged_at is null",
  );
  await platform.station.db.pool.query(
    "update task set closed_at = now(), closed_how = 'seen-to', closed_by = (select min(id::text)::uuid from person) where closed_at is null",
  );
});

const down: Relay["answer"] = (response) => void response.writeHead(503).end();
const no: Relay["answer"] = (response) => void response.writeHead(403).end();

/** A referral that a person of this name decided, after this many failed attempts. */
async function stuck(name: string, attempts = 1): Promise<{ id: string; report: string; by: string }> {
  const report = await accepted(sender, [testFile()]);
  const by = await addPerson(platform.station.db.kysely, name, "reviewer", Date.now());
  const id = await decideReferral(platform.station, report, { peer: "agency-one", reason: "Theirs." }, by);
  for (let n = 0; n < attempts; n += 1) await advanceReferral(platform.station, { referralId: id });
  return { id, report, by: by.id };
}

/** As a desk of this role shows it; a session would not last as long as the clock here goes ahead. */
async function tasks(list: "open" | "closed" = "open", by: Principal = people.lead): Promise<TaskList> {
  return await taskList(platform.station, { list, limit: 50 }, by);
}
async function onlyTask(): Promise<TaskView> {
  const { tasks: found } = await tasks();
  assert.equal(found.length, 1);
  return found[0] as TaskView;
}
async function act(task: TaskView, what: string, body?: object, desk = desks.lead): Promise<Response> {
  return await desk.request("POST", `/api/tasks/${task.id}/${what}`, body);
}
async function watch(): Promise<void> {
  await watchEffects(platform.station);
}
async function pages(by: Principal): Promise<PageList["pages"]> {
  return (await pageList(platform.station, { list: "unanswered", limit: 50 }, by)).pages;
}
async function othersThan({ id }: TaskView): Promise<object[]> {
  const { rows } = await platform.station.db.pool.query<object>(
    "select * from task where id <> $1 order by id",
    [id],
  );
  return rows;
}
async function leavesOf(task: string): Promise<string[]> {
  const { rows } = await platform.station.db.pool.query<{ kind: string }>(
    "select kind from leaf where body ->> 'task' = $1 order by position",
    [task],
  );
  return rows.map(({ kind }) => kind);
}

test("what stands still for 15 minutes is a task of whoever decided it, who is called; at 4 h those who lead, at 24 h everybody", async () => {
  relay.answer = down;
  const { by, report } = await stuck("Test decider");
  await watch();
  assert.deepEqual((await tasks()).tasks, [], "not before its time");
  ahead = 15 * MINUTE + 5000;
  await watch();
  const task = await onlyTask();
  assert.deepEqual([task.alarm, task.kind, task.what, task.count], [1, "refer", "stands-still", 1]);
  assert.deepEqual([task.owner?.id, task.owner?.name], [by, "Test decider"]);
  assert.equal(task.effects[0]?.report, report);
  assert.match(task.effects[0]?.lastError ?? "", /answered 503/);
  assert.equal(task.text, "What was referred to Test agency-one does not get through.");
  const circle = async () => {
    const [page] = await pages(people.lead);
    assert.ok(page !== undefined && page.task === task.id);
    const [forReviewer] = await pages(people.reviewer);
    return { stage: page.stage, lead: page.rings, reviewer: forReviewer?.rings };
  };
  assert.deepEqual(await circle(), { stage: "owner", lead: false, reviewer: false }, "its owner only");
  ahead = 4 * HOUR + 5000;
  await watch();
  assert.equal((await onlyTask()).alarm, 2);
  assert.deepEqual(await circle(), { stage: "leads", lead: true, reviewer: false });
  ahead = 24 * HOUR + 5000;
  await watch();
  await watch();
  assert.deepEqual(await circle(), { stage: "everybody", lead: true, reviewer: true });
  assert.deepEqual(await leavesOf(task.id), [
    "task.opened",
    "page.raised",
    "task.sounded",
    "page.raised",
    "task.sounded",
    "page.raised",
  ]);
});

test("many that wait for one peer are one task, and it ends by itself with its call when they got through", async () => {
  relay.answer = down;
  const first = await stuck("Test first");
  const second = await stuck("Test second");
  ahead = 16 * MINUTE;
  await watch();
  const task = await onlyTask();
  assert.equal(task.count, 2);
  relay.answer = "forward";
  await advanceReferral(platform.station, { referralId: first.id });
  await watch();
  assert.equal((await onlyTask()).count, 1);
  await advanceReferral(platform.station, { referralId: second.id });
  await watch();
  assert.deepEqual((await tasks()).tasks, []);
  const closed = (await tasks("closed")).tasks[0];
  assert.deepEqual([closed?.id, closed?.closed?.how, closed?.closed?.by], [task.id, "through", undefined]);
  assert.deepEqual(await pages(people.lead), []);
});

test("what the peer says no to is a task at once, when it has said so three times", async () => {
  relay.answer = no;
  const { id } = await stuck("Test decider", 2);
  await watch();
  assert.deepEqual((await tasks()).tasks, []);
  await advanceReferral(platform.station, { referralId: id });
  await watch();
  const task = await onlyTask();
  assert.deepEqual([task.alarm, task.effects[0]?.trouble], [1, "blocked"]);
  assert.ok(
    task.effects[0]?.nextAttemptAt !== undefined,
    "it is tried again all the same: the peer may change its mind",
  );
});

test("a task is taken over, handed on, tried again and closed as done elsewhere, each with its leaf and its author", async () => {
  relay.answer = down;
  const { id, report } = await stuck("Test decider");
  ahead = 16 * MINUTE;
  await watch();
  const task = await onlyTask();
  const others = await othersThan(task);
  assert.ok(others.length > 0);
  assert.equal((await act(task, "take-over")).status, 200);
  assert.equal((await onlyTask()).owner?.name, "Test lead");
  const { people: able } = await tasks();
  assert.ok(able.every(({ role }) => role !== "auditor"));
  const other = able.find(({ role }) => role === "reviewer");
  assert.equal((await act(task, "hand-on", { to: other?.id })).status, 200);
  assert.equal((await onlyTask()).owner?.name, other?.name);
  const auditor = await addPerson(platform.station.db.kysely, "Test auditor", "auditor", Date.now());
  await problemOf(await act(task, "hand-on", { to: auditor.id }), 422);
  assert.equal((await act(task, "retry")).status, 200);
  const { rows } = await platform.station.db.pool.query<{ due: boolean }>(
    "select next_attempt_at <= $2 as due from referral where id = $1",
    [id, new Date(Date.now() + ahead).toISOString()],
  );
  assert.equal(rows[0]?.due, true);
  await problemOf(await act(task, "close", { reason: "It is over." }), 409);
  await problemOf(await act(task, "elsewhere", { reason: " " }), 422);
  assert.equal((await act(task, "elsewhere", { reason: "Brought there by hand." })).status, 200);
  assert.deepEqual((await tasks()).tasks, []);
  const closed = (await tasks("closed")).tasks[0]?.closed;
  assert.deepEqual(
    [closed?.how, closed?.by, closed?.reason],
    ["elsewhere", "Test lead", "Brought there by hand."],
  );
  assert.deepEqual(
    (await leavesOf(task.id)).filter((kind) => kind.startsWith("task.")),
    ["task.opened", "task.taken-over", "task.handed-on", "task.retried", "task.done-elsewhere"],
  );
  const [referral] = (await desks.lead.report(report)).referrals;
  assert.deepEqual(
    [referral?.state, referral?.lastError],
    ["failed", "Done elsewhere: Brought there by hand."],
  );
  relay.heard = [];
  relay.answer = "forward";
  await advanceReferral(platform.station, { referralId: id });
  assert.equal(relay.heard.length, 0, "it is not sent any more");
  await problemOf(await act(task, "retry"), 409);
  assert.deepEqual(await othersThan(task), others, "no step touches another task");
});

test("one of many can be done elsewhere, and the others stay the task's", async () => {
  relay.answer = down;
  const first = await stuck("Test first");
  await stuck("Test second");
  ahead = 16 * MINUTE;
  await watch();
  const task = await onlyTask();
  const said = { reason: "This one is there already.", effect: first.id };
  assert.equal((await act(task, "elsewhere", said)).status, 200);
  assert.equal((await onlyTask()).count, 1);
});

test("what arrived and is not whole is a task that only a person closes, once and with what they say", async () => {
  const { id, report, by } = await stuck("Test sender", 0);
  await platform.station.db.pool.query("update referral set stage = 'confirmed' where id = $1", [id]);
  const now = platform.station.clock();
  for (let time = 0; time < 2; time += 1)
    await tellIncomplete(platform.station, {
      id,
      report_id: report,
      peer_id: "agency-one",
      decided_by: by,
    });
  const task = await onlyTask();
  assert.deepEqual([task.what, task.owner?.name], ["incomplete", "Test sender"]);
  assert.ok(Math.abs(Date.parse(task.ownedSince ?? "") - now) < MINUTE);
  ahead = 5 * HOUR;
  await watch();
  assert.equal((await onlyTask()).id, task.id, "time does not end it");
  assert.equal((await act(task, "close", { reason: "The rest was brought by hand." })).status, 200);
  assert.deepEqual((await tasks()).tasks, []);
  await watch();
  assert.deepEqual((await tasks()).tasks, []);
});

test("a task whose owner has left is somebody else's with the next look", async () => {
  relay.answer = down;
  const { by } = await stuck("Test leaver");
  ahead = 16 * MINUTE;
  await watch();
  await platform.station.db.pool.query("update person set disabled_at = now() where id = $1", [by]);
  await watch();
  assert.equal((await onlyTask()).owner?.role, "lead");
});

test("a fault of the station's own is a person's too, without its inner words", async () => {
  const { id } = await stuck("Test decider", 0);
  const { vault } = platform.station;
  platform.station.vault = {
    ...vault,
    sealed: () => {
      throw new TypeError("secret/path: no such thing");
    },
  };
  for (let n = 0; n < 3; n += 1) await advanceReferral(platform.station, { referralId: id });
  platform.station.vault = vault;
  await watch();
  const [effect] = (await onlyTask()).effects;
  assert.equal(effect?.trouble, "fault");
  assert.match(effect?.lastError ?? "", /This station failed at it/);
  assert.doesNotMatch(effect?.lastError ?? "", /secret/);
});

test("who only audits sees the tasks and does none", async () => {
  relay.answer = down;
  await stuck("Test decider");
  ahead = 16 * MINUTE;
  await watch();
  const task = await onlyTask();
  assert.equal((await tasks("open", people.auditor)).tasks.length, 1);
  await problemOf(await act(task, "take-over", undefined, desks.auditor), 403);
});
