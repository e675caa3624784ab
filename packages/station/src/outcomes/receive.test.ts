import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { before, test } from "node:test";
import { type SigningKey, signStatement, verifyStatement } from "@fairlead/sealing";
import { loadKeys } from "../keys.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, prepareStation, startTestStation, type TestStation } from "../testing/station.ts";
import { outcomesMessage, outcomesReceipt, type OutcomesReceipt, type ReturnedOutcome } from "./message.ts";

const end = endOfFile();
let platform: TestStation;
let agencyKey: SigningKey;
before(async () => {
  platform = await startTestStation(end, { id: "platform-one", profile: "platform" });
  const { dir, card } = await prepareStation(end, { id: "agency-one", profile: "national-agency" });
  agencyKey = (await loadKeys(join(dir, "keys"), "agency-one")).signing;
  await introduce(platform, peerOf({ card }));
});

/** A report that the agency knows by the same id. */
async function delivered(): Promise<string> {
  const id = await accepted(await testSender(platform), [testFile()]);
  await referred(platform, id, "agency-one");
  await platform.station.db.pool.query(
    "update referral set stage = 'confirmed', remote_reference = report_id where report_id = $1",
    [id],
  );
  return id;
}

function outcome(reference: string, name = "Test force-one"): ReturnedOutcome {
  return {
    id: randomUUID(),
    reference,
    statement: { kind: "arrest", arrests: 1 },
    recordedAt: new Date().toISOString(),
    origin: { station: "force-one" as ReturnedOutcome["origin"]["station"], name },
  };
}

async function send(outcomes: ReturnedOutcome[]): Promise<Response> {
  const message = await signStatement(
    outcomesMessage,
    { from: "agency-one", to: "platform-one", sentAt: new Date().toISOString(), outcomes },
    [agencyKey],
  );
  return await fetch(`${platform.url}/door/outcomes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
  });
}

async function receiptOf(response: Response): Promise<OutcomesReceipt> {
  const answer: unknown = await response.json();
  assert.equal(response.status, 200, JSON.stringify(answer));
  return verifyStatement(answer, [platform.station.keys.signing.verifyingKey], outcomesReceipt).body;
}

/** How many of these are stored with their leaf, and in how many transactions. */
async function stored(outcomes: ReturnedOutcome[]): Promise<{ outcomes: number; transactions: number }> {
  const { rows } = await platform.station.db.pool.query<{ outcomes: number; transactions: number }>(
    `select count(*)::int as outcomes, count(distinct outcome.xmin::text)::int as transactions
     from outcome join leaf on leaf.body ->> 'outcome' = outcome.id::text
     where outcome.id = any($1::uuid[])`,
    [outcomes.map(({ id }) => id)],
  );
  return rows[0] ?? { outcomes: -1, transactions: -1 };
}

test("a message is taken in one transaction, whatever it says about how many reports", async () => {
  const [one, two] = [await delivered(), await delivered()];
  const known = [outcome(one), outcome(two), outcome(one)];
  const strange = outcome(randomUUID());
  const { taken, unknown } = await receiptOf(await send([...known, strange]));
  assert.deepEqual([taken, unknown], [known.map(({ id }) => id), [strange.id]]);
  assert.deepEqual(await stored(known), { outcomes: 3, transactions: 1 });
});

test("one outcome that cannot be stored holds none of its message back, and the receipt says of it alone what is wrong", async () => {
  const id = await delivered();
  const [first, last] = [outcome(id), outcome(id)];
  const bad = [outcome(id, "nul\u0000"), outcome("nul\u0000")];
  for (let time = 0; time < 2; time += 1) {
    const receipt = await receiptOf(await send([first, ...bad, last]));
    assert.deepEqual(receipt.taken, [first.id, last.id]);
    assert.deepEqual(
      receipt.refused?.map(({ id }) => id),
      bad.map(({ id: each }) => each),
    );
    assert.match(receipt.refused?.[0]?.why ?? "", /U\+0000/);
    assert.deepEqual(await stored([first, ...bad, last]), { outcomes: 2, transactions: 2 });
  }
  const { taken } = await receiptOf(await send([first, last]));
  assert.deepEqual(taken, [first.id, last.id]);
  assert.deepEqual(await stored([first, last]), { outcomes: 2, transactions: 2 });
});

test("a database that goes away under a message is asked once, and nothing of the message is kept", async () => {
  const { pool } = platform.station.db;
  await pool.query(`
    create sequence tries;
    create function go_away() returns trigger language plpgsql as $$ begin
      perform nextval('tries'), pg_terminate_backend(pg_backend_pid());
      return new;
    end $$;
    create trigger go_away after insert on outcome for each statement execute function go_away()`);
  const id = await delivered();
  const outcomes = [outcome(id), outcome(id)];
  try {
    await problemOf(await send(outcomes), 503);
    const { rows } = await pool.query<{ last_value: string }>("select last_value from tries");
    assert.equal(rows[0]?.last_value, "1");
  } finally {
    await pool.query("drop trigger go_away on outcome");
  }
  assert.deepEqual(await stored(outcomes), { outcomes: 0, transactions: 0 });
  assert.equal((await receiptOf(await send(outcomes))).taken.length, 2);
});
