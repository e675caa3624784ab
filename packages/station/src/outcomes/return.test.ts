import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { generateSigningKey, signStatement, type SigningKey, verifyStatement } from "@fairlead/sealing";
import type { OutcomeStatement } from "../desk-api/contract.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { footprint } from "../testing/footprint.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { type Relay, startRelay } from "../testing/relay.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { outcomesMessage, outcomesReceipt, type OutcomesMessage, type ReturnedOutcome } from "./message.ts";

const end = endOfFile();
let platform: TestStation;
let agency: TestStation;
let force: TestStation;
/** The line from the agency back to the platform. */
let back: Relay;
let desks: { platform: TestDesk; agency: TestDesk; force: TestDesk };
before(async () => {
  platform = await startTestStation(end, { id: "platform-one", profile: "platform" });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency" });
  force = await startTestStation(end, { id: "force-one", profile: "police-force" });
  back = await startRelay(end, platform.url);
  await introduce(platform, peerOf(agency));
  await introduce(agency, peerOf(platform, { url: back.url }), peerOf(force));
  await introduce(force, peerOf(agency));
  desks = {
    platform: await deskOf(platform, "reviewer"),
    agency: await deskOf(agency, "analyst"),
    force: await deskOf(force, "officer"),
  };
});

/** The station's own id for the report that a peer calls `reference`. */
async function arrived(at: TestStation, reference: string): Promise<string> {
  return await until("the package's arrival", async () => {
    const row = await at.station.db.kysely
      .selectFrom("report")
      .select("id")
      .where("handed_reference", "=", reference)
      .executeTakeFirst();
    return row?.id;
  });
}

interface Chain {
  platform: string;
  agency: string;
  force: string;
}

/** A report that has gone from the platform to the force by two people's decisions. */
async function chain(): Promise<Chain> {
  const atPlatform = await accepted(await testSender(platform), [testFile()]);
  const refer = async (desk: TestDesk, id: string, peer: string) => {
    const response = await desk.request("POST", `/api/reports/${id}/referrals`, {
      peer,
      reason: "A case for them.",
    });
    assert.equal(response.status, 200, await response.text());
  };
  await refer(desks.platform, atPlatform, "agency-one");
  const atAgency = await arrived(agency, atPlatform);
  await refer(desks.agency, atAgency, "force-one");
  return { platform: atPlatform, agency: atAgency, force: await arrived(force, atAgency) };
}

async function record(id: string, statement: OutcomeStatement): Promise<void> {
  const response = await desks.force.request("POST", `/api/reports/${id}/outcomes`, statement);
  assert.equal(response.status, 200, await response.text());
}

test("outcomes of every kind travel back hop by hop to the platform that reported, each once", async () => {
  const ids = await chain();
  const statements: OutcomeStatement[] = [
    { kind: "arrest", arrests: 1 },
    { kind: "charge", charges: 2 },
    { kind: "children-safeguarded", children: 3 },
    { kind: "no-further-action", reason: "already-known" },
    { kind: "useless", reason: "wrong-or-missing-time" },
    { kind: "duplicate", of: "1007" },
  ];
  for (const statement of statements) await record(ids.force, statement);
  const page = await until("the outcomes' return", async () => {
    const found = await desks.platform.report(ids.platform);
    return found.outcomes.length >= statements.length && found;
  });
  const byKind = (a: { kind: string }, b: { kind: string }) => a.kind.localeCompare(b.kind);
  assert.deepEqual(
    page.outcomes.map(({ statement }) => statement).toSorted(byKind),
    statements.toSorted(byKind),
  );
  assert.ok(page.outcomes.every(({ by, returned }) => by === "Test force-one" && returned === "nowhere"));
  await until("the note of each return", async () =>
    (await desks.agency.report(ids.agency)).outcomes.every(({ returned }) => returned === "delivered"),
  );
  assert.equal((await desks.force.report(ids.force)).entry.status, "closed");
  assert.equal(
    (await desks.platform.report(ids.platform)).entry.status,
    "referred",
    "a received outcome informs, it decides nothing",
  );
});

test("an outcome whose way back is broken waits with words, and arrives once when the line is whole", async () => {
  const ids = await chain();
  back.heard = [];
  back.answer = (response) => void response.writeHead(500).end("boom");
  await record(ids.force, { kind: "arrest", arrests: 1 });
  const waiting = await until("the failure's note", async () => {
    const [outcome] = (await desks.agency.report(ids.agency)).outcomes;
    return outcome?.lastError !== undefined && outcome;
  });
  assert.equal(waiting.returned, "waiting");
  assert.match(waiting.lastError ?? "", /answered 500/);
  // Taken, but the receipt is lost: the agency must send it again, and the platform must not take it twice.
  back.answer = "swallow";
  await until(
    "a lost receipt",
    async () => back.heard.length >= 2 && (await desks.platform.report(ids.platform)).outcomes.length === 1,
  );
  back.answer = (response) => void response.writeHead(200).end("{}");
  const before = back.heard.length;
  await until("an answer that is no receipt", () => Promise.resolve(back.heard.length > before));
  back.answer = "forward";
  await until(
    "the delivery",
    async () => (await desks.agency.report(ids.agency)).outcomes[0]?.returned === "delivered",
  );
  assert.equal((await desks.platform.report(ids.platform)).outcomes.length, 1);
});

test("an outcome about a report that the peer cannot place yet is sent again until it can", async () => {
  const ids = await chain();
  const { pool } = platform.station.db;
  await pool.query("update referral set remote_reference = null where report_id = $1", [ids.platform]);
  await record(ids.force, { kind: "charge", charges: 1 });
  const waiting = await until("the peer's answer", async () => {
    const [outcome] = (await desks.agency.report(ids.agency)).outcomes;
    return outcome?.lastError !== undefined && outcome;
  });
  assert.match(waiting.lastError ?? "", /does not know the report yet/);
  await pool.query("update referral set remote_reference = report_id where report_id = $1", [ids.platform]);
  await until(
    "the delivery",
    async () => (await desks.agency.report(ids.agency)).outcomes[0]?.returned === "delivered",
  );
  assert.equal((await desks.platform.report(ids.platform)).outcomes.length, 1);
});

function outcome(reference: string, parts: Partial<ReturnedOutcome> = {}): ReturnedOutcome {
  return {
    id: randomUUID(),
    reference,
    statement: { kind: "arrest", arrests: 1 },
    recordedAt: new Date().toISOString(),
    origin: { station: agency.station.config.station.id, name: "Test agency-one" },
    ...parts,
  };
}

async function message(
  outcomes: ReturnedOutcome[],
  parts: Partial<OutcomesMessage> = {},
  key: SigningKey = agency.station.keys.signing,
) {
  const body = {
    from: "agency-one",
    to: "platform-one",
    sentAt: new Date().toISOString(),
    outcomes,
    ...parts,
  };
  return await signStatement(outcomesMessage, body, [key]);
}

const post = (body: unknown) =>
  fetch(`${platform.url}/door/outcomes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

test("a resend is taken once, and what nobody referred is called unknown, in one signed receipt", async () => {
  const ids = await chain();
  await until(
    "the delivery's note",
    async () => (await desks.platform.report(ids.platform)).entry.delivery === "delivered",
  );
  const known = outcome(ids.platform);
  const strange = outcome(randomUUID());
  const sent = await message([known, strange]);
  for (let time = 0; time < 3; time += 1) {
    const response = await post(sent);
    assert.equal(response.status, 200);
    const { body } = verifyStatement(
      await response.json(),
      [platform.station.keys.signing.verifyingKey],
      outcomesReceipt,
    );
    assert.deepEqual([body.taken, body.unknown, body.to], [[known.id], [strange.id], "agency-one"]);
  }
  await Promise.all([post(sent), post(sent)]);
  assert.equal((await desks.platform.report(ids.platform)).outcomes.length, 1);
});

test("a forged, foreign, misaddressed or malformed message is refused, and nothing of it is kept", async () => {
  const ids = await chain();
  await until(
    "the delivery's note",
    async () => (await desks.platform.report(ids.platform)).entry.delivery === "delivered",
  );
  const good = outcome(ids.platform);
  const forged = await message([good], {}, generateSigningKey());
  const signed = await message([good]);
  const other = await message([outcome(ids.platform)]);
  const attacks: Array<[number, unknown]> = [
    [422, forged],
    // The platform is no peer of its own.
    [403, await message([good], { from: "platform-one" }, platform.station.keys.signing)],
    [403, await message([good], { from: "force-one" }, force.station.keys.signing)],
    [422, await message([good], { to: "force-one" })],
    [422, { ...signed, signatures: other.signatures }],
    [422, { ...signed, signatures: [] }],
    [422, { ...signed, payloadType: "text/plain" }],
    [422, {}],
    [422, { payload: "e30=" }],
    [422, "null"],
    [400, "{"],
    [403, { ...signed, payload: Buffer.from(JSON.stringify({ from: "nobody" })).toString("base64") }],
    [422, { ...signed, payload: Buffer.from(JSON.stringify({ from: "nul\u0000" })).toString("base64") }],
  ];
  const earlier = await footprint(platform);
  for (const [index, [status, body]] of attacks.entries()) {
    const response = await post(body);
    await problemOf(response, status);
    assert.deepEqual(await footprint(platform), earlier, `attack ${index}`);
  }
  // What cannot be stored is refused by itself, in a receipt that says so.
  assert.equal((await post(await message([outcome("nul\u0000")]))).status, 200);
  assert.deepEqual(await footprint(platform), earlier);
});

test("a peer cannot say what became of a report that another peer has", async () => {
  const ids = await chain();
  await introduce(platform, peerOf(agency), peerOf(force));
  const sent = await message([outcome(ids.platform)], { from: "force-one" }, force.station.keys.signing);
  const { body } = verifyStatement(
    await (await post(sent)).json(),
    [platform.station.keys.signing.verifyingKey],
    outcomesReceipt,
  );
  assert.deepEqual(body.taken, []);
  assert.equal((await desks.platform.report(ids.platform)).outcomes.length, 0);
  await introduce(platform, peerOf(agency));
});
