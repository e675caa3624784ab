import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import { addPerson, type Principal } from "../access/index.ts";
import { linkReport } from "../linking/index.ts";
import { killedEverywhere } from "../testing/dying.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { keepingView, linkedReports, type NewHold, placeHold } from "./index.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let by: Principal;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
  by = await addPerson(at.station.db.kysely, "Test reviewer", "reviewer", Date.now());
});

const HOLD: NewHold = { kind: "legal-hold", authority: "Example Court", reason: "A trial." };

/** Reports about one account each, linked. */
async function reportsOf(...accounts: string[]): Promise<string[]> {
  const reports = [];
  for (const account of accounts) {
    const person = exampleSuspect({
      identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
      events: [],
    });
    const report = await accepted(sender, [testFile()], { persons: [person] });
    await linkReport(at.station, report);
    reports.push(report);
  }
  return reports;
}
const standing = async (report: string) =>
  (await keepingView(at.station, report, by)).holds.filter(({ state }) => state === "stands");

test("a hold is offered to the reports that strong links join, with what links them, and reaches none unasked", async () => {
  const account = randomUUID();
  const [first = "", second = "", third = "", other = ""] = await reportsOf(
    account,
    account,
    account,
    randomUUID(),
  );
  const offered = await linkedReports(at.station, first);
  assert.deepEqual(offered.map(({ report }) => report).toSorted(), [second, third].toSorted());
  assert.ok(offered.every(({ why, held }) => why.length === 1 && why[0] !== "" && !held));
  await placeHold(at.station, first, HOLD, by);
  for (const report of [second, third, other]) assert.deepEqual(await standing(report), []);
  await placeHold(at.station, first, { ...HOLD, also: [third, third] }, by);
  assert.equal((await standing(first)).length, 2);
  assert.equal((await standing(second)).length, 0);
  const [hold, ...more] = await standing(third);
  assert.deepEqual(more, []);
  assert.match(hold?.steps[0]?.reason ?? "", /^A trial\. Placed with report \d+: ./);
  assert.deepEqual(
    (await linkedReports(at.station, first)).map(({ report, held }) => [report, held]),
    [
      [second, false],
      [third, true],
    ],
  );
});

test("a report that is not linked is refused, and then nothing is held", async () => {
  const account = randomUUID();
  const [first = "", second = "", other = ""] = await reportsOf(account, account, randomUUID());
  await assert.rejects(placeHold(at.station, first, { ...HOLD, also: [second, other] }, by), {
    code: "conflict",
  });
  for (const report of [first, second, other]) assert.deepEqual(await standing(report), []);
});

test("a process that dies on its way leaves all of the holds or none", async () => {
  const account = randomUUID();
  await killedEverywhere(at.station, async ({ dies }) => {
    const [first = "", second = ""] = await reportsOf(account, account);
    await dies(async (station) => await placeHold(station, first, { ...HOLD, also: [second] }, by));
    assert.equal((await standing(first)).length, (await standing(second)).length);
    await at.station.db.pool.query("update hold set released_at = now() where released_at is null");
  });
});
