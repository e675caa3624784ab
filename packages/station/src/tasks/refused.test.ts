import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addPerson, type Principal } from "../access/index.ts";
import { advanceReferral } from "../referral/index.ts";
import { killedEverywhere } from "../testing/dying.ts";
import { filingPeer, introduce } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { correctTask, retryTask, taskList, watchEffects } from "./index.ts";

const end = endOfFile();
let platform: TestStation;
let house: TestStation;
let sender: TestSender;
let lead: Principal;
before(async () => {
  // Without workers: each try is made by hand.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, { id: "platform-one", profile: "platform", config });
  house = await startTestStation(end, { id: "house-one", profile: "clearinghouse", config });
  const peer = await filingPeer(end, platform, house);
  await introduce(platform, peer);
  platform.station.config.peers = [peer];
  sender = await testSender(platform);
  lead = await addPerson(platform.station.db.kysely, "Test lead", "lead", Date.now());
});

/** Files with a clearinghouse that refuses the document for good. */
async function refusedFiling(): Promise<{ id: string; task: string }> {
  const id = await referred(platform, await accepted(sender, [testFile()]), "house-one");
  const { station } = platform;
  const refusing = {
    ...station,
    fetch: async (url: Parameters<typeof fetch>[0], init?: RequestInit) =>
      typeof url === "string" && url.endsWith("/submit")
        ? new Response(
            "<reportResponse><responseCode>4100</responseCode><responseDescription>Validation failed: the kite has no string.</responseDescription></reportResponse>",
            { status: 400, headers: { "content-type": "application/xml" } },
          )
        : await station.fetch(url, init),
  };
  await advanceReferral(refusing, { referralId: id });
  await watchEffects(station);
  const { tasks } = await taskList(station, { list: "open", limit: 50 }, lead);
  const task = tasks.find(({ effects }) => effects.some((effect) => effect.id === id));
  assert.ok(task !== undefined);
  assert.deepEqual([task.what, task.effects[0]?.stage], ["refused", "refused"]);
  assert.match(task.effects[0]?.lastError ?? "", /the kite has no string/);
  assert.ok(task.owner !== undefined);
  return { id, task: task.id };
}

async function filedAt(): Promise<number> {
  const { rows } = await house.station.db.pool.query<{ n: number }>(
    "select count(*)::integer as n from report",
  );
  return rows[0]?.n ?? 0;
}

async function stageOf(id: string): Promise<string | undefined> {
  return (
    await platform.station.db.kysely
      .selectFrom("referral")
      .select("stage")
      .where("id", "=", id)
      .executeTakeFirst()
  )?.stage;
}

test("what a clearinghouse refuses for good is a task at once, is not tried by itself, and is filed once when it was corrected", async () => {
  const before = await filedAt();
  const { id, task } = await refusedFiling();
  await advanceReferral(platform.station, { referralId: id });
  assert.equal(await stageOf(id), "refused");
  await correctTask(platform.station, task, lead);
  await advanceReferral(platform.station, { referralId: id });
  await advanceReferral(platform.station, { referralId: id });
  assert.equal(await stageOf(id), "confirmed");
  assert.equal(await filedAt(), before + 1);
  await watchEffects(platform.station);
  const { tasks } = await taskList(platform.station, { list: "open", limit: 50 }, lead);
  assert.ok(tasks.every((each) => each.id !== task));
});

test("what was refused can be sent as it was, once more", async () => {
  const { id, task } = await refusedFiling();
  await retryTask(platform.station, task, lead);
  await advanceReferral(platform.station, { referralId: id });
  assert.equal(await stageOf(id), "confirmed");
});

test("a filing whose process dies between any two statements of its own is finished once by whoever takes it over", async () => {
  const deaths = await killedEverywhere(platform.station, async ({ dies }) => {
    const before = await filedAt();
    const id = await referred(platform, await accepted(sender, [testFile()]), "house-one");
    await dies(async (station) => await advanceReferral(station, { referralId: id }));
    await advanceReferral(platform.station, { referralId: id });
    assert.equal(await stageOf(id), "confirmed");
    assert.equal(await filedAt(), before + 1);
  });
  assert.ok(deaths >= 10, `it was killed at ${deaths} places only`);
});
