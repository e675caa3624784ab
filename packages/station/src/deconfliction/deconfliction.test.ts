import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, beforeEach, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import { BATCH, DEFAULT_QUERY_LIMITS, makeQueries } from "@fairlead/assessment/deconfliction";
import { type Envelope, generateSigningKey, signStatement, verifyStatement } from "@fairlead/sealing";
import { assessReport } from "../assessment/assess-report.ts";
import type { QueuePage } from "../desk-api/contract.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { agree, introduce, peerOf } from "../testing/peers.ts";
import { type Relay, startRelay } from "../testing/relay.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { askingAt } from "./crypto.ts";
import { answerMessage, queryMessage } from "./message.ts";
import { renewInterests } from "./renew.ts";

const end = endOfFile();
const YEAR = new Date().getUTCFullYear();
const KEYS = new Map([YEAR, YEAR - 1, YEAR + 1].map((year) => [year, new Uint8Array(32).fill(7)]));
let one: TestStation;
let two: TestStation;
/** The line from the first station to the second. */
let line: Relay;
let senders: { one: TestSender; two: TestSender };
let desks: { one: TestDesk; two: TestDesk };
before(async () => {
  one = await startTestStation(end, { id: "station-one", profile: "platform" });
  two = await startTestStation(end, { id: "station-two", profile: "platform" });
  line = await startRelay(end, two.url);
  await introduce(one, peerOf(two, { url: line.url }));
  await introduce(two, peerOf(one));
  agree(one, "station-two", KEYS);
  agree(two, "station-one", KEYS);
  senders = { one: await testSender(one), two: await testSender(two) };
  desks = { one: await deskOf(one, "lead"), two: await deskOf(two, "lead") };
});
beforeEach(async () => {
  line.answer = "forward";
  line.heard.length = 0;
  for (const { station } of [one, two])
    await station.db.pool.query(
      "truncate conflict, deconfliction_token, deconfliction_holder, deconfliction_query, deconfliction_answer, deconfliction_allowance",
    );
});

/** A report about somebody with these accounts, which is worked up to the level at which others are asked. */
async function reportAbout(at: "one" | "two", ...accounts: string[]): Promise<string> {
  const id = await accepted(senders[at], [testFile()], {
    persons: [
      exampleSuspect({
        identifiers: accounts.map((account) =>
          exampleIdentifier("account", account, { platform: "Example Chat" }),
        ),
      }),
    ],
  });
  return id;
}
const stationOf = (at: "one" | "two") => (at === "one" ? one : two).station;

async function noted(at: "one" | "two", id: string): Promise<void> {
  await until("the report's note", async () => {
    const { rows } = await stationOf(at).db.pool.query(
      "select from deconfliction_holder where report_id = $1",
      [id],
    );
    return rows.length > 0;
  });
}
async function answeredAll(at: "one" | "two"): Promise<void> {
  await until("all answers", async () => {
    const { rows } = await stationOf(at).db.pool.query<{ n: number }>(
      `select (select count(*) from deconfliction_query where state = 'asking')::integer
        + (select count(*) from deconfliction_token where query is null)::integer as n`,
    );
    return rows[0]?.n === 0;
  });
}
const leavesOf = async (at: "one" | "two", kind: string) =>
  (await stationOf(at).db.pool.query("select report_id, body from leaf where kind = $1", [kind]))
    .rows as Array<{
    report_id: string | null;
    body: { query: string };
  }>;

test("two stations that work on one person learn of each other, and of nothing else", async () => {
  const account = randomUUID();
  const theirs = await reportAbout("two", account);
  await noted("two", theirs);
  await answeredAll("two");
  const ours = await reportAbout("one", account);
  const nobody = await reportAbout("one", randomUUID());
  await noted("one", ours);
  await answeredAll("one");
  const page = await until("the hit", async () => {
    const found = await desks.one.report(ours);
    return found.conflicts.length > 0 && found;
  });
  const [conflict] = page.conflicts;
  assert.equal(conflict?.contact, "deconfliction@station-two.example");
  assert.equal(conflict?.peer, "station-two");
  assert.deepEqual([conflict?.state, conflict?.paused, conflict?.overdue], ["open", true, false]);
  assert.ok(Date.parse(conflict?.deadline ?? "") > Date.now());
  assert.deepEqual((await desks.one.report(nobody)).conflicts, []);
  const [other] = (await desks.two.report(theirs)).conflicts;
  assert.deepEqual([other?.side, other?.contact], ["was-asked", undefined]);
  assert.deepEqual(other?.references, conflict?.references);
  // Every query is padded, and no value of a report is in what went over the line.
  for (const { body } of line.heard) {
    const { payload } = JSON.parse(body.toString()) as Envelope;
    const text = Buffer.from(payload, "base64").toString();
    assert.equal((JSON.parse(text) as { query: { tokens: string[] } }).query.tokens.length, BATCH);
    assert.ok(!text.includes(account) && !text.includes(ours) && !text.includes(theirs));
  }
  const asked = await leavesOf("one", "deconfliction.asked");
  assert.ok(asked.some(({ report_id }) => report_id === ours));
  assert.ok((await leavesOf("one", "deconfliction.hit")).some(({ report_id }) => report_id === ours));
  assert.ok((await leavesOf("two", "deconfliction.hit")).some(({ report_id }) => report_id === theirs));
  const answered = new Set((await leavesOf("two", "deconfliction.answered")).map(({ body }) => body.query));
  assert.ok(asked.every(({ body }) => answered.has(body.query)));
});

test("a conflict is taken, spoken about, put off and released, each step with its leaf, and is overdue until then", async () => {
  const account = randomUUID();
  await noted("two", await reportAbout("two", account));
  await answeredAll("two");
  const id = await reportAbout("one", account);
  await until("the hit", async () => (await desks.one.report(id)).conflicts.length > 0);
  const steps = `/api/reports/${id}/conflicts/station-two/steps`;
  const step = async (body: object) => await desks.one.request("POST", steps, body);
  const view = async () => (await desks.one.report(id)).conflicts[0];
  assert.equal((await view())?.owner, undefined, "until a person has it");
  const inQueue = async () => {
    const page = (await (await desks.one.request("GET", "/api/queue")).json()) as QueuePage;
    return { mark: page.entries.find((entry) => entry.id === id)?.conflict, counts: page.counts.conflicts };
  };
  const fresh = await inQueue();
  assert.equal(Date.parse(fresh.mark?.dueAt ?? ""), Date.parse((await view())?.deadline ?? "-"));
  assert.deepEqual(fresh.counts, { open: 1, overdue: 0 });
  assert.equal((await step({ kind: "taken" })).status, 200);
  assert.deepEqual([(await view())?.mine, (await view())?.owner], [true, "Test lead"]);
  assert.equal((await step({ kind: "contacted", note: "They call back tomorrow." })).status, 200);
  assert.equal((await view())?.state, "contacted");
  await one.station.db.pool.query(
    "update conflict set content = jsonb_set(content, '{deadline}', '\"2026-01-01T00:00:00Z\"')",
  );
  const all = (await (await desks.one.request("GET", "/api/deconfliction")).json()) as {
    conflicts: Array<{ report: string; overdue: boolean }>;
  };
  assert.deepEqual(
    all.conflicts.map(({ report, overdue }) => [report, overdue]),
    [[id, true]],
  );
  assert.deepEqual((await inQueue()).counts, { open: 1, overdue: 1 });
  const later = new Date(Date.now() + 86_400_000).toISOString();
  assert.equal((await step({ kind: "extended", until: later, note: "They call back." })).status, 200);
  assert.deepEqual([(await inQueue()).counts, (await view())?.overdue], [{ open: 1, overdue: 0 }, false]);
  assert.equal(Date.parse((await inQueue()).mark?.dueAt ?? ""), Date.parse(later));
  const early = await step({ kind: "extended", until: "2020-01-01T00:00:00Z", note: "Not yet." });
  assert.equal(early.status, 409);
  const released = { kind: "released", how: "they-continue", note: "Theirs is the older case." };
  assert.equal((await step(released)).status, 200);
  assert.deepEqual([(await view())?.state, (await view())?.paused], ["released", true]);
  assert.equal((await step(released)).status, 404);
  assert.equal((await leavesOf("one", "deconfliction.step")).filter((l) => l.report_id === id).length, 4);
  assert.deepEqual(
    (await view())?.steps.map(({ kind, by, note }) => [kind, by, note]),
    [
      ["taken", "Test lead", undefined],
      ["contacted", "Test lead", "They call back tomorrow."],
      ["extended", "Test lead", "They call back."],
      ["released", "Test lead", "Theirs is the older case."],
    ],
  );
  assert.deepEqual(await inQueue(), { mark: undefined, counts: { open: 0, overdue: 0 } });
});

test("of several values that the same person is known by, more time moves those that are due before it, and shortens none", async () => {
  const accounts = [randomUUID(), randomUUID()];
  await noted("two", await reportAbout("two", ...accounts));
  await answeredAll("two");
  const id = await reportAbout("one", ...accounts);
  const deadlines = async () =>
    (
      await one.station.db.pool.query<{ id: string; due: string }>(
        "select id, content ->> 'deadline' as due from conflict where report_id = $1 order by id",
        [id],
      )
    ).rows;
  await until("both hits", async () => (await deadlines()).length === 2);
  const [overdue, other] = await deadlines();
  assert.ok(overdue !== undefined && other !== undefined);
  await one.station.db.pool.query(
    "update conflict set content = jsonb_set(content, '{deadline}', '\"2026-01-01T00:00:00Z\"') where id = $1",
    [overdue.id],
  );
  const soon = new Date(Date.now() + 60_000).toISOString();
  assert.ok(Date.parse(soon) < Date.parse(other.due));
  const more = async () =>
    await desks.one.request("POST", `/api/reports/${id}/conflicts/station-two/steps`, {
      kind: "extended",
      until: soon,
      note: "They call back.",
    });
  assert.equal((await more()).status, 200);
  const { rows } = await one.station.db.pool.query<{ steps: number }>(
    "select jsonb_array_length(content -> 'steps') as steps from conflict where report_id = $1 order by id",
    [id],
  );
  assert.deepEqual(rows, [{ steps: 1 }, { steps: 0 }]);
  const [view] = (await desks.one.report(id)).conflicts;
  assert.deepEqual([Date.parse(view?.deadline ?? ""), view?.overdue], [Date.parse(soon), false]);
  assert.deepEqual(
    (await leavesOf("one", "deconfliction.step")).filter((leaf) => leaf.report_id === id).length,
    1,
  );
  assert.equal((await more()).status, 409, "where it would move none");
});

test("a query whose answer is lost, or whose peer is down, is sent again as it was, and hits once", async () => {
  const account = randomUUID();
  await noted("two", await reportAbout("two", account));
  await answeredAll("two");
  line.answer = "swallow";
  const id = await reportAbout("one", account);
  await until("a lost answer", () => Promise.resolve(line.heard.length > 0));
  line.answer = (response) => void response.writeHead(503).end("down");
  const before = line.heard.length;
  await until("a station that is down", () => Promise.resolve(line.heard.length > before));
  line.answer = "forward";
  await until("the hit", async () => (await desks.one.report(id)).conflicts.length > 0);
  const queries = line.heard.map(({ body }) => {
    const { payload } = JSON.parse(body.toString()) as Envelope;
    return JSON.stringify(
      (JSON.parse(Buffer.from(payload, "base64").toString()) as { query: unknown }).query,
    );
  });
  assert.equal(new Set(queries).size, 1);
  for (const at of ["one", "two"] as const) {
    const { rows } = await stationOf(at).db.pool.query("select from conflict");
    assert.equal(rows.length, 1, at);
  }
  const { rows } = await two.station.db.pool.query<{ remaining: number }>(
    "select remaining from deconfliction_allowance",
  );
  assert.ok((rows[0]?.remaining ?? 0) >= DEFAULT_QUERY_LIMITS.burst - 1, "sent again, it costs nothing");
});

const query = (parts: object = {}) => {
  const [asked] = makeQueries(
    [{ kind: "phone", role: "suspect", value: "+447700900123" }],
    {
      from: "station-one",
      to: "station-two",
      key: { year: YEAR, key: new Uint8Array(32).fill(7) },
      askedAt: new Date().toISOString(),
    },
    askingAt(Date.now()),
  );
  return { ...asked?.query, ...parts };
};
async function posted(value: unknown, parts: object = {}, key = one.station.keys.signing): Promise<Response> {
  const body = {
    from: "station-one",
    to: "station-two",
    sentAt: new Date().toISOString(),
    query: value,
    ...parts,
  };
  const message = await signStatement(queryMessage, body, [key]);
  return await fetch(`${two.url}/door/deconfliction`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
  });
}
async function said(response: Response) {
  assert.equal(response.status, 200);
  const envelope: unknown = await response.json();
  return verifyStatement(envelope, [two.station.keys.signing.verifyingKey], answerMessage).body;
}

test("a replay gets the answer that it got, another question under its number is refused, and both cost what they should", async () => {
  const first = query();
  const answer = await said(await posted(first));
  assert.equal(answer.kind, "answered");
  assert.deepEqual(await said(await posted(first)), answer);
  const other = await said(await posted(query({ id: first.id })));
  assert.deepEqual([other.kind, other.kind === "refused" && other.why], ["refused", "form"]);
  const { rows } = await two.station.db.pool.query<{ remaining: number }>(
    "select remaining from deconfliction_allowance",
  );
  assert.equal(Math.floor((rows[0]?.remaining ?? 0) + 0.01), DEFAULT_QUERY_LIMITS.burst - 2);
});

test("what is malformed, misaddressed, of a year without a key, or too much is refused and logged; what is forged is not read", async () => {
  const why = async (value: unknown) => {
    const body = await said(await posted(value));
    return body.kind === "refused" ? body.why : body.kind;
  };
  assert.equal(await why(query({ tokens: ["a"] })), "form");
  assert.equal(await why("kites"), "form");
  assert.equal(await why(query({ to: "station-three" })), "addressee");
  assert.equal(await why(query({ from: "station-three" })), "peer");
  assert.equal(await why(query({ year: YEAR - 5 })), "year");
  agree(two, "station-one", new Map());
  assert.equal(await why(query()), "year");
  agree(two, "station-one", KEYS);
  assert.equal((await posted(query(), {}, generateSigningKey())).status, 422);
  assert.equal((await posted(query(), { to: "station-three" })).status, 422);
  assert.equal((await posted(query(), { from: "nobody" })).status, 403);
  await two.station.db.pool.query("update deconfliction_allowance set remaining = 0.5, at = $1", [
    Date.now(),
  ]);
  const refused = await said(await posted(query()));
  assert.equal(refused.kind === "refused" && refused.why, "too-many");
  assert.ok(refused.kind === "refused" && Date.parse(refused.retryAt ?? "") > Date.now());
  const logged = await leavesOf("two", "deconfliction.answered");
  assert.ok(logged.some(({ body }) => "refused" in body && body.refused === "too-many"));
});

test("without a key nobody is asked and the station says so; a key that is agreed later asks for what is open already", async () => {
  agree(one, "station-two", new Map());
  const pair = async () =>
    (
      (await (await desks.one.request("GET", "/api/deconfliction")).json()) as {
        pairs: Array<{ peer: string; state: string }>;
      }
    ).pairs.find(({ peer }) => peer === "station-two")?.state;
  assert.equal(await pair(), "no-key");
  const account = randomUUID();
  await noted("two", await reportAbout("two", account));
  const id = await reportAbout("one", account);
  await until("its assessment", async () => (await desks.one.report(id)).assessment !== undefined);
  await assessReport(one.station, id);
  assert.equal(line.heard.length, 0);
  agree(one, "station-two", KEYS);
  assert.equal(await pair(), "on");
  await renewInterests(one.station);
  await until("the hit", async () => (await desks.one.report(id)).conflicts.length > 0);
});
