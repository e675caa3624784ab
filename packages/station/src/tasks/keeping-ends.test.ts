import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { addPerson, type Principal } from "../access/index.ts";
import type { TaskView } from "../desk-api/contract.ts";
import { decideKeeping, keepingView, placeHold, releaseHold } from "../keeping/index.ts";
import { pageList } from "../paging/index.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { closeTask, doneElsewhere, retryTask, takeOverTask, taskList, watchEffects } from "./index.ts";

const DAY = 86_400_000;
const end = endOfFile();
let platform: TestStation;
let sender: TestSender;
let lead: Principal;
let other: Principal;
let reviewer: Principal;
/** The station's clock; a Monday. */
const START = Date.parse("2027-03-01T09:00:00Z");
let now = START;
before(async () => {
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config,
    clock: () => now,
  });
  sender = await testSender(platform);
  const named = async (name: string, role: string) =>
    await addPerson(platform.station.db.kysely, name, role, START - DAY);
  lead = await named("Test lead", "lead");
  other = await named("Other lead", "lead");
  reviewer = await named("Test reviewer", "reviewer");
});
beforeEach(async () => {
  now = START;
  const { pool } = platform.station.db;
  await pool.query("update keeping set content_until = null, let_go = null");
  await pool.query("update page set ended_at = now() where ended_at is null");
  await pool.query("update task set closed_at = now(), closed_how = 'through' where closed_at is null");
});

/** A report that is kept until a day ends, because a hold says so. */
async function kept(day: string): Promise<{ report: string; hold: string }> {
  const report = await accepted(sender, [testFile()]);
  const hold = await placeHold(
    platform.station,
    report,
    {
      kind: "legal-hold",
      authority: "Example Crown Court",
      reason: "The trial is not over.",
      lastDay: { day, zone: "UTC" },
    },
    reviewer,
  );
  return { report, hold };
}
async function open(by = lead): Promise<TaskView[]> {
  const { tasks } = await taskList(platform.station, { list: "open", limit: 50 }, by);
  return tasks;
}
async function watchAt(at: string): Promise<TaskView[]> {
  now = Date.parse(at);
  await watchEffects(platform.station);
  return await open();
}
const ending = (tasks: readonly TaskView[]) => tasks.filter(({ kind }) => kind === "keep");
async function called(by: Principal): Promise<string[]> {
  const { pages } = await pageList(platform.station, { list: "unanswered", limit: 50 }, by);
  return pages.filter(({ rings }) => rings).flatMap(({ triggers }) => triggers.map(({ code }) => code));
}

test("what ends is a lead's task 30 days before, sounds a week before and at its end, and says that nothing is erased", async () => {
  await kept("2027-05-12");
  assert.deepEqual(await watchAt("2027-04-12T23:59:00Z"), []);
  const [task] = await watchAt("2027-04-13T00:00:00Z");
  assert.ok(task !== undefined);
  assert.deepEqual(
    [task.kind, task.what, task.alarm, task.peer, task.count, task.endsAt, task.nextAlarmAt],
    ["keep", "keeping-ends", 1, undefined, 1, "2027-05-13T00:00:00Z", "2027-05-06T00:00:00.000Z"],
  );
  assert.match(task.text, /the week of 10 May 2027\. .*a second person then confirms what goes/);
  assert.equal(task.owner?.role, "lead");
  await takeOverTask(platform.station, task.id, reviewer);
  assert.deepEqual(
    (await watchAt("2027-05-06T00:00:00Z")).map(({ id, alarm, owner: now_ }) => [id, alarm, now_?.id]),
    [[task.id, 2, reviewer.id]],
  );
  assert.deepEqual(
    (await watchAt("2027-05-13T00:00:00Z")).map(({ id, alarm, nextAlarmAt }) => [id, alarm, nextAlarmAt]),
    [[task.id, 3, undefined]],
  );
  for (const person of [lead, other, reviewer]) assert.deepEqual(await called(person), [], "it wakes nobody");
});

test("what ends in one week is one task, and it ends by itself when every report in it is decided about", async () => {
  const first = await kept("2027-05-10");
  const second = await kept("2027-05-15");
  await kept("2027-05-16");
  const [task, next] = await watchAt("2027-05-18T00:00:00Z");
  // The last day of the third is a Sunday, so that it ends with the Monday of the week after.
  assert.deepEqual([task?.count, next?.count], [2, 1]);
  for (const act of [
    async () => await retryTask(platform.station, task?.id ?? "", lead),
    async () => await closeTask(platform.station, task?.id ?? "", "Seen to.", lead),
    async () => await doneElsewhere(platform.station, task?.id ?? "", { reason: "By hand." }, lead),
  ])
    await assert.rejects(act, { code: "conflict" });
  const letGo = { kind: "let-go", reason: "Nobody needs it any more." } as const;
  await decideKeeping(platform.station, first.report, letGo, lead);
  const after = await watchAt("2027-05-18T01:00:00Z");
  assert.deepEqual(
    ending(after).map(({ count }) => count),
    [1, 1],
  );
  // What may go is a task of its own, and never that of whoever decided it.
  const going = after.find(({ kind }) => kind === "erase");
  assert.deepEqual(
    [going?.what, going?.count, going?.owner?.id, going?.nextAlarmAt],
    ["erasing-waits", 1, other.id, undefined],
  );
  assert.deepEqual(await called(other), []);
  const lastDay = { day: "2028-05-18", zone: "UTC" };
  await decideKeeping(
    platform.station,
    second.report,
    { kind: "longer", reason: "An appeal runs.", lastDay },
    lead,
  );
  assert.deepEqual(
    ending(await watchAt("2027-05-18T02:00:00Z")).map(({ id }) => id),
    [next?.id],
  );
  const { tasks } = await taskList(platform.station, { list: "closed", limit: 1 }, lead);
  assert.deepEqual([tasks[0]?.id, tasks[0]?.closed?.how, tasks[0]?.endsAt], [task?.id, "through", undefined]);
});

test("a hold that is released long before its time makes a task of what only it kept", async () => {
  const { report, hold } = await kept("2030-01-01");
  assert.deepEqual(await watchAt("2027-03-02T09:00:00Z"), []);
  await releaseHold(platform.station, { reportId: report, holdId: hold }, { reason: "Acquitted." }, lead);
  const [task] = await watchAt("2027-03-02T09:00:01Z");
  assert.deepEqual([task?.alarm, task?.count], [3, 1]);
  assert.equal((await keepingView(platform.station, report, lead)).state, "over");
});
