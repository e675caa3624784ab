import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import type { SenderView } from "../desk-api/sender-contract.ts";
import { addPerson } from "../access/index.ts";
import { StationError } from "../errors.ts";
import { pageList } from "../paging/index.ts";
import { taskList, watchEffects } from "../tasks/index.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { accepted, testFile, testReport, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { keepCounts, openCallCounts } from "./call-counts.ts";

const MINUTE_MS = 60_000;
const end = endOfFile();
let ahead = 0;
let at: TestStation;
let account: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => Date.now() + ahead,
    config: { roles: ["intake", "desk"] },
  });
  account = await testSender(at);
  lead = await deskOf(at, "lead");
});

const counts = () => at.doorkeeper.counts;
/** A minute goes by, and what was counted in it is written down. */
async function minute(): Promise<void> {
  ahead += MINUTE_MS;
  await keepCounts(at.station, counts());
}
async function refused(): Promise<void> {
  const file = testFile();
  const report = { ...testReport([file]), incident: undefined };
  assert.equal((await account.send(report, [file])).status, 422);
}
async function senderOf(id: string): Promise<SenderView> {
  return (await (await lead.request("GET", `/api/senders/${id}`)).json()) as SenderView;
}

test("an account whose reports are refused at the door is a task with a call, though nothing of it is here", async () => {
  for (let n = 0; n < 4; n += 1) {
    for (let call = 0; call < 5; call += 1) await refused();
    await minute();
  }
  const { bursts, months, name } = await senderOf(account.username);
  assert.deepEqual(
    bursts.map(({ field, state, now }) => [field, state, now.count, now.of]),
    [["refused", "on", 20, 20]],
  );
  assert.deepEqual([months, name], [[], account.username]);
  await watchEffects(at.station);
  const person = await addPerson(at.station.db.kysely, "Test reader", "lead", Date.now());
  const { tasks } = await taskList(at.station, { list: "open", limit: 50 }, person);
  const task = tasks.find(({ sender }) => sender === account.username);
  assert.deepEqual(
    task?.bursts.map(({ field }) => field),
    ["refused"],
  );
  const { pages } = await pageList(at.station, { list: "unanswered", limit: 50 }, person);
  const page = pages.find((each) => each.task === task?.id);
  assert.ok(page !== undefined);
  assert.equal(page.report, undefined);
  const answered = await lead.request("POST", `/api/pages/${page.id}/answer`);
  assert.equal(answered.status, 200, await answered.text());
  const { senders } = (await (await lead.request("GET", "/api/senders")).json()) as {
    senders: { id: string; alarms: number; reports: number }[];
  };
  const entry = senders.find(({ id }) => id === account.username);
  assert.deepEqual([entry?.alarms, entry?.reports], [1, 0]);
});

test("it is over when its reports get in again, and not because it sends none", async () => {
  ahead += 60 * MINUTE_MS;
  await minute();
  assert.equal((await senderOf(account.username)).bursts[0]?.state, "on");
  for (let n = 0; n < 4; n += 1) {
    for (let call = 0; call < 10; call += 1) await accepted(account, [testFile()]);
    await minute();
  }
  assert.equal((await senderOf(account.username)).bursts[0]?.state, "over");
});

test("a quota, a wrong secret and a fault of the station are no account's format", async () => {
  const own = openCallCounts();
  for (const status of [401, 403, 408, 429, 499 + 1, 503]) own.note("someone", status);
  assert.equal(own.take().size, 0);
  const limited = new StationError("rate.limited", "Too many.", { remedy: "Wait.", retryAfterSeconds: 1 });
  await assert.rejects(own.counted("someone", () => Promise.reject(limited)));
  assert.equal(own.take().size, 0);
  const invalid = new StationError("request.invalid", "Not a report.", { remedy: "Send one." });
  await assert.rejects(own.counted("someone", () => Promise.reject(invalid)));
  await own.counted("someone", () => Promise.resolve(randomUUID()));
  assert.deepEqual(own.take().get("someone"), { taken: 1, refused: 1 });
});
