import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { signStatement, verifyStatement } from "@fairlead/sealing";
import type { Station } from "../context.ts";
import { loadKeys, type StationKeys } from "../keys.ts";
import { until } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, prepareStation, startTestStation, type TestStation } from "../testing/station.ts";
import { OUTCOMES_PER_MESSAGE, outcomesMessage, outcomesReceipt } from "./message.ts";
import { saveOutcomes } from "./record.ts";
import { returnOutcomes } from "./return.ts";
import { COMPANY_MS, wakeReturns } from "./wake.ts";

const end = endOfFile();
/** Far ahead of the database's clock, so that the station's own worker leaves the jobs alone. */
const start = Date.now() + 86_400_000;
const KEY = "return-outcomes:platform-one";
/** Passes outcomes on from a force to a platform. Its profile is one with a door that a report comes through most easily. */
let here: TestStation;
let reportId: string;
let platform: { keys: StationKeys };
before(async () => {
  here = await startTestStation(end, { id: "here-one", profile: "platform" });
  const { dir, card } = await prepareStation(end, { id: "platform-one", profile: "platform" });
  platform = { keys: await loadKeys(join(dir, "keys"), "platform-one") };
  await introduce(here, peerOf({ card }));
  reportId = await accepted(await testSender(here, "platform-one"), [testFile()]);
});
beforeEach(async () => {
  await here.station.db.pool.query("delete from outcome_return");
  await forget();
});

/** An outcome for the platform, taken `after` milliseconds from the start. */
async function save(after: number): Promise<string> {
  const id = randomUUID();
  const now = start + after;
  const origin = { station: "force-one", name: "Test force-one" };
  await here.station.db.transaction((tx) =>
    saveOutcomes(
      tx,
      [{ id, reportId, statement: { kind: "arrest", arrests: 1 }, recordedAt: now, origin }],
      { peer: "platform-one", envelope: {} },
      now,
    ),
  );
  return id;
}

/** When the job that waits for the platform will run, in milliseconds from the start. */
async function wakesAfter(): Promise<number[]> {
  const { rows } = await here.station.db.pool.query<{ run_at: string }>(
    "select run_at from graphile_worker.jobs where key = $1 and queue_name = $1 and locked_at is null",
    [KEY],
  );
  return rows.map((row) => Date.parse(row.run_at) - start);
}

/** Takes the waiting job out of the queue, as a worker does. */
async function forget(): Promise<void> {
  await here.station.db.pool.query("select graphile_worker.remove_job($1)", [KEY]);
}

/** Runs the job `after` milliseconds from the start against a peer that answers so. @returns what each message carried */
async function run(after: number, answer: (ids: string[]) => Promise<Response>): Promise<string[][]> {
  const messages: string[][] = [];
  const station: Station = {
    ...here.station,
    clock: () => start + after,
    fetch: async (_url, init) => {
      const envelope: unknown = JSON.parse(Buffer.from(init?.body as Uint8Array).toString("utf8"));
      const { body } = verifyStatement(envelope, [here.station.keys.signing.verifyingKey], outcomesMessage);
      messages.push(body.outcomes.map(({ id }) => id));
      assert.ok(messages.length < 10, "the peer is asked without end");
      return await answer(messages.at(-1) ?? []);
    },
  };
  await forget();
  await returnOutcomes(station, { peerId: "platform-one" });
  return messages;
}

const down = () => Promise.reject(new TypeError("fetch failed"));
const receipt = async (taken: string[], to = "here-one") =>
  Response.json(
    await signStatement(
      outcomesReceipt,
      {
        from: "platform-one",
        to,
        receivedAt: new Date(start).toISOString(),
        taken,
        unknown: [],
      },
      [platform.keys.signing],
    ),
  );

test("the first outcome waits for company, and those that join it do not make it wait longer", async () => {
  const ids = [await save(0)];
  assert.deepEqual(await wakesAfter(), [COMPANY_MS]);
  ids.push(await save(300), await save(900));
  assert.deepEqual(await wakesAfter(), [COMPANY_MS]);
  assert.deepEqual(
    (await run(COMPANY_MS, receipt)).map((message) => message.toSorted()),
    [ids.toSorted()],
    "all in one message",
  );
  const { rows } = await here.station.db.pool.query<{ outcome: string }>(
    "select body ->> 'outcome' as outcome from leaf where kind = 'outcome.returned' and report_id = $1 order by position",
    [reportId],
  );
  assert.deepEqual(rows.map((row) => row.outcome).toSorted(), ids.toSorted(), "each return has its leaf");
});

test("an outcome that comes while a message is under way waits for the next, and a backlog goes at once", async () => {
  const first = await save(0);
  let second = "";
  const sent = await run(1000, async (ids) => {
    second = await save(1000);
    return await receipt(ids);
  });
  assert.deepEqual(sent, [[first]]);
  assert.deepEqual(await wakesAfter(), [1000 + COMPANY_MS]);
  assert.deepEqual(await run(2000, receipt), [[second]]);
  assert.deepEqual(await wakesAfter(), [], "nothing is left to wake for");
  for (let n = 0; n <= OUTCOMES_PER_MESSAGE; n += 1) await save(3000);
  assert.deepEqual(
    (await run(4000, receipt)).map((message) => message.length),
    [OUTCOMES_PER_MESSAGE, 1],
  );
});

test("a late retry holds no fresh outcome back, and a fresh outcome's time is kept by a later retry", async () => {
  await wakeReturns(here.station.db.kysely, "platform-one", start, start + 300_000);
  assert.deepEqual(await wakesAfter(), [300_000]);
  await save(5000);
  assert.deepEqual(await wakesAfter(), [5000 + COMPANY_MS]);
  await wakeReturns(here.station.db.kysely, "platform-one", start, start + 300_000);
  assert.deepEqual(await wakesAfter(), [5000 + COMPANY_MS]);
});

test("a peer that is down is asked at an outcome's retry time, and not twice within a second", async () => {
  const first = await save(0);
  assert.deepEqual(await run(1000, down), [[first]]);
  // Its retry is due half a second later.
  assert.deepEqual(await run(1100, down), [], "not before its time");
  assert.deepEqual(await wakesAfter(), [1100 + COMPANY_MS]);
  const second = await save(1200);
  assert.deepEqual(await wakesAfter(), [1100 + COMPANY_MS], "a fresh one joins the retry");
  assert.deepEqual(
    (await run(2100, down)).map((message) => message.toSorted()),
    [[first, second].toSorted()],
  );
  await here.station.db.pool.query("update outcome_return set next_attempt_at = $1", [
    new Date(start + 60_000).toISOString(),
  ]);
  assert.deepEqual(await run(3100, down), []);
  assert.deepEqual(await wakesAfter(), [60_000]);
});

test("a receipt that was meant for another station says nothing about what was sent from here", async () => {
  const id = await save(0);
  assert.deepEqual(await run(1000, (ids) => receipt(ids, "force-two")), [[id]]);
  const { rows } = await here.station.db.pool.query(
    "select state, last_error from outcome_return where outcome_id = $1",
    [id],
  );
  assert.deepEqual(rows, [
    { state: "intended", last_error: "The peer's receipt is not for what was sent to it." },
  ]);
  await run(5000, receipt);
});

test("a receipt that does not name an outcome leaves it to a later message", async () => {
  const id = await save(0);
  const kept = async () =>
    (await here.station.db.pool.query("select from outcome_message where peer_id = 'platform-one'")).rowCount;
  const before = await kept();
  assert.deepEqual(await run(1000, () => receipt([])), [[id]]);
  assert.equal(await kept(), before, "a receipt about nothing is not kept");
  assert.deepEqual(await run(2000, receipt), []);
  assert.deepEqual(await run(3000, receipt), [[id]]);
});

test("an outcome that comes at the moment at which a worker takes the waiting job gets a job of its own", async () => {
  const { pool } = here.station.db;
  await save(0);
  const worker = await pool.connect();
  try {
    await worker.query("begin");
    await worker.query(
      "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker' where key = $1",
      [KEY],
    );
    const saved = save(500);
    await until("its wait for the worker", async () => {
      const { rowCount } = await pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%add_job%'",
      );
      return rowCount === 1;
    });
    await worker.query("commit");
    await saved;
    assert.deepEqual(await wakesAfter(), [500 + COMPANY_MS]);
  } finally {
    worker.release(true);
  }
});
