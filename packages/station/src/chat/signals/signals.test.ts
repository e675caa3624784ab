import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { exampleReport } from "@fairlead/assessment/testing";
import { identifier, parseMoment, type Person, personKeySchema } from "@fairlead/report";
import { answerOf, register, startTestHub, type TestDevice, type TestHub, text } from "../../testing/chat.ts";
import { officeOf } from "../../testing/chat-report.ts";
import { clientOf, makeRoom } from "../../testing/chat-rooms.ts";
import { deskOf, until } from "../../testing/desk.ts";
import { runJobs } from "../../testing/jobs.ts";
import { problemOf } from "../../testing/problem.ts";
import { formOf } from "../../testing/report.ts";
import { endOfFile } from "../../testing/station.ts";
import { newId } from "../../store/index.ts";
import type { Safety } from "./contract.ts";
import { type Hub, openHub } from "../hub.ts";
import { sweepHub } from "../retention.ts";
import { endDueActions } from "./end.ts";
import { lookAtAccount } from "./look.ts";

const DAY_MS = 24 * 3_600_000;
const YOUNG = new Date().getUTCFullYear() - 14;
const GROWN = new Date().getUTCFullYear() - 40;

const end = endOfFile();
let hub: TestHub;
/** The hub's own parts, for what it does by itself. */
let own: Hub;
let aheadMs = 0;
const clock = () => Date.now() + aheadMs;
before(async () => {
  hub = await startTestHub(end, {
    clock,
    chat: { signals: true },
    config: { roles: ["intake", "hub", "desk"] },
  });
  const { chat } = hub.config;
  assert.ok(chat !== undefined);
  const opened = await openHub(hub.station, chat);
  own = opened;
  end.after(async () => opened[Symbol.asyncDispose]());
});

const later = (days: number) => {
  aheadMs += days * DAY_MS;
};
const look = () => runJobs(hub.station, { "look-at-account": lookAtAccount });
const safety = (by: TestDevice) => by.ask<Safety>("GET", "/chat/safety");
const actionsOf = async (by: TestDevice) => (await safety(by)).actions.map(({ action }) => action).toSorted();
const asks = async (by: TestDevice) =>
  (await by.ask<{ received: Array<{ uri: string }> }>("GET", "/chat/requests")).received.map(
    ({ uri }) => uri,
  );

/** Somebody grown up who has been here for a while, and so many young people. */
async function someone(young: number): Promise<{ who: TestDevice; them: TestDevice[] }> {
  const who = await register(hub, { birthYear: GROWN });
  const them = [];
  for (let n = 0; n < young; n += 1) them.push(await register(hub, { birthYear: YOUNG }));
  later(2);
  return { who, them };
}

const ask = (by: TestDevice, to: TestDevice) => by.request("POST", "/chat/requests", { to: to.uri });
async function askAll(by: TestDevice, them: readonly TestDevice[]): Promise<void> {
  for (const to of them) assert.equal((await ask(by, to)).status, 202);
}
const answer = (by: TestDevice, to: TestDevice, accept: boolean) =>
  by.request("POST", `/chat/requests/${to.handle}`, { accept });
const block = (by: TestDevice, whom: TestDevice) => by.ask("POST", "/chat/blocks", { uri: whom.uri });

/** A young person reports, and the verifier finds it genuine. */
async function report(by: TestDevice, about: TestDevice, wrote = true): Promise<void> {
  const reportId = newId(clock());
  await by.ask("POST", "/chat/reports", { reportId, sealed: text(randomBytes(64)), holds: [] });
  const account = identifier("account", about.uri, { platform: "Example Platform" });
  const moment = parseMoment("2026-01-01T00:00:00Z");
  assert.ok(account !== undefined && moment !== undefined);
  const suspect: Person = {
    key: personKeySchema.parse("suspect-1"),
    role: "suspect",
    identifiers: [account],
    events: wrote ? [{ kind: "send", moment }] : [],
    places: [],
  };
  const accepted = await fetch(`${hub.url}/door/reports`, {
    method: "POST",
    headers: { authorization: hub.verifier.authorization },
    body: formOf(
      exampleReport({
        references: [{ kind: "this-report", issuer: "Example Platform", value: reportId }],
        persons: [suspect],
        evidence: [],
        claims: [],
      }),
      [],
    ),
  });
  const { id: reference } = await answerOf<{ id: string }>(accepted);
  const office = officeOf(hub);
  for (let n = 0; n < 2; n += 1)
    assert.equal(
      (await office("POST", `reports/${reportId}/result`, { state: "verified", reference })).status,
      204,
    );
}

async function count(table: string, where: string, ...values: unknown[]): Promise<number> {
  const { rows } = await hub.station.db.pool.query<{ n: string }>(
    `select count(*) as n from ${table} where ${where}`,
    values,
  );
  return Number(rows[0]?.n);
}

/** An account for which every rule but one's own word holds. */
async function everything(): Promise<{ who: TestDevice; them: TestDevice[] }> {
  const { who, them } = await someone(9);
  await askAll(who, them.slice(0, 8));
  for (const one of them.slice(0, 5)) assert.equal((await answer(one, who, false)).status, 204);
  for (const one of them.slice(0, 2)) await block(one, who);
  for (const one of them.slice(2, 4)) await report(one, who);
  await look();
  return { who, them };
}

test("an account whose requests many young strangers decline is slowed, told until when, and no longer after that", async () => {
  const { who, them } = await someone(14);
  await askAll(who, them.slice(0, 10));
  await look();
  assert.deepEqual(await actionsOf(who), []);
  for (const one of them.slice(0, 6)) await answer(one, who, false);
  await look();
  const [slow] = (await safety(who)).actions;
  assert.equal(slow?.action, "friction");
  assert.ok(slow !== undefined && slow.until - slow.since === 14 * DAY_MS);
  later(1.1);
  await askAll(who, them.slice(10, 12));
  const refusal = await ask(who, them[12] as TestDevice);
  assert.ok(Number(refusal.headers.get("retry-after")) > 3600);
  assert.equal((await problemOf(refusal, 429)).code, "chat.slowed");
  assert.equal(
    (await ask(who, them[10] as TestDevice)).status,
    202,
    "what was asked before may be asked again",
  );
  assert.deepEqual(await asks(them[12] as TestDevice), [], "what was refused left no trace");
  later(1.1);
  assert.equal((await ask(who, them[12] as TestDevice)).status, 202);
  later(14);
  assert.deepEqual(await actionsOf(who), []);
  assert.equal((await ask(who, them[13] as TestDevice)).status, 202);
  await endDueActions(own);
  assert.equal(await count("safety_action", "account = $1 and ended_why = 'time'", who.handle), 1);
  assert.deepEqual(
    await until("the log to have it", async () => {
      const { rows } = await hub.station.db.pool.query<{ kind: string }>(
        "select kind from leaf where body->>'account' = $1 and kind like 'safety.%' order by position",
        [who.handle],
      );
      return rows.map(({ kind }) => kind);
    }),
    ["safety.began", "safety.ended"],
  );
});

test("somebody whom most know, and whoever is turned to, is left alone", async () => {
  const { who, them } = await someone(10);
  const [first, ...others] = them as [TestDevice, ...TestDevice[]];
  await ask(who, first);
  await answer(first, who, true);
  // Who shares a contact with the one who asks is no stranger.
  for (const one of others) {
    await ask(one, first);
    await answer(first, one, true);
  }
  await askAll(who, others);
  for (const one of others) await answer(one, who, false);
  later(8);
  await block(others[0] as TestDevice, who);
  await look();
  assert.deepEqual(await actionsOf(who), []);
  assert.equal(await count("signal_event", "account = $1 and kind = 'asked' and not common", who.handle), 1);
  const two = await register(hub, { birthYear: YOUNG });
  await askAll(who, [two]);
  await two.ask("POST", "/chat/key-packages/take", { uri: who.uri });
  assert.equal(await count("signal_event", "account = $1 and kind = 'accepted'", who.handle), 2);
});

test("what grown-ups do among themselves is not noted at all", async () => {
  const [one, two] = [await register(hub, { birthYear: GROWN }), await register(hub)];
  await ask(one, two);
  await block(two, one);
  await block(one, two);
  await two.ask("DELETE", `/chat/blocks/${one.handle}`);
  await report(two, one);
  assert.equal(await count("signal_event", "account in ($1, $2)", one.handle, two.handle), 0);
});

test("a report counts for whoever is proven to have written in it, once, and for nobody whom a reporter only names", async () => {
  const { who, them } = await someone(2);
  await report(them[0] as TestDevice, who);
  await report(them[1] as TestDevice, who, false);
  assert.equal(await count("signal_event", "account = $1 and kind = 'reported'", who.handle), 1);
});

test("hiding: nobody new finds the account or is shown its requests; who knows it does, and a lift brings all back", async () => {
  const { who, them } = await everything();
  const friend = clientOf(await register(hub, { birthYear: GROWN }));
  const room = clientOf(who);
  await makeRoom(hub, room, [friend.device.uri]);
  assert.deepEqual(await actionsOf(who), ["friction", "hide", "notice"]);
  const stranger = await register(hub, { birthYear: GROWN });
  const path = `/chat/accounts/${who.handle}`;
  assert.equal((await problemOf(await stranger.request("GET", path), 404)).code, "not-found");
  assert.equal((await friend.device.request("GET", path)).status, 200);
  assert.equal((await who.request("GET", path)).status, 200);
  const asked = them[7] as TestDevice;
  assert.deepEqual(await asks(asked), []);
  const last = them[8] as TestDevice;
  later(1.1);
  assert.equal((await ask(who, last)).status, 202, "whoever asks sees no difference");
  assert.deepEqual(await asks(last), []);
  assert.equal(
    await count("chat_event", "device_id = $1 and data->>'code' = 'request'", Buffer.from(last.deviceId)),
    0,
    "nor is their telephone told of one",
  );
  assert.equal(
    await count("signal_event", "account = $1 and other = $2 and induced", who.handle, last.handle),
    1,
    "that nobody answers what nobody saw counts for nothing",
  );
  const desk = await deskOf(hub, "reviewer");
  const decide = (body: object) => desk.request("POST", `/api/accounts/${who.handle}/decisions`, body);
  assert.equal((await decide({ decision: "lift", reason: "A club's new secretary." })).status, 200);
  assert.deepEqual(await actionsOf(who), []);
  assert.deepEqual(await asks(last), [who.uri]);
  assert.equal((await stranger.request("GET", path)).status, 200);
  // What a person has lifted does not count again.
  const fresh = await register(hub, { birthYear: YOUNG });
  await ask(who, fresh);
  await answer(fresh, who, false);
  await look();
  assert.deepEqual(await actionsOf(who), []);
});

test("a young person who was asked gets a calm notice once, and what they do after it is not counted against anybody", async () => {
  const { who, them } = await everything();
  const [, , , , , , six, seven] = them;
  assert.ok(six !== undefined && seven !== undefined);
  const noticed = async (by: TestDevice) => (await safety(by)).notices.map(({ uri }) => uri);
  assert.deepEqual(await noticed(six), [who.uri]);
  await six.ask("POST", `/chat/safety/notices/${who.handle}/fine`);
  assert.deepEqual(await noticed(six), []);
  await block(seven, who);
  assert.deepEqual(await noticed(seven), [], "whoever has blocked them needs no notice");
  assert.equal(await count("signal_event", "account = $1 and kind = 'blocked' and induced", who.handle), 1);
  assert.equal(await look(), 0, "and is nothing to look at");
  later(15);
  await seven.ask("DELETE", `/chat/blocks/${who.handle}`);
  assert.deepEqual(await noticed(seven), []);
});

test("a signal never reports anybody, and is intelligence only", async () => {
  const before = await count("report", "true");
  const { who } = await everything();
  // The two reports are those that young people made.
  assert.equal((await count("report", "true")) - before, 2);
  assert.equal(await count("referral", "true"), 0);
  assert.equal(await count("safety_action", "account = $1 and level = 'L1'", who.handle), 4);
  for (const [change, what] of [
    ["level = 'L2'", "a higher level"],
    ["action = 'report'", "another action"],
  ])
    await assert.rejects(
      hub.station.db.pool.query(`update safety_action set ${change} where account = $1`, [who.handle]),
      /check constraint/,
      what,
    );
});

test("a look that is taken again, or twice at once, begins nothing twice; only a new event makes anything longer", async () => {
  const { who, them } = await everything();
  const state = async () =>
    (
      await hub.station.db.pool.query<{ action: string; ends_at: string }>(
        "select action, ends_at from safety_action where account = $1 order by action",
        [who.handle],
      )
    ).rows;
  const first = await state();
  assert.equal(first.length, 4);
  later(2);
  await Promise.all([1, 2, 3].map(() => lookAtAccount(hub.station, { account: who.handle })));
  assert.deepEqual(await state(), first);
  await report(them[0] as TestDevice, who);
  await look();
  const rules = await hub.station.db.pool.query("select 1 from signal_event where account = $1 and induced", [
    who.handle,
  ]);
  assert.equal(rules.rows.length, 1, "a report after a notice does not make it longer either");
  assert.deepEqual(await state(), first);
});

test("a look that dies before its end has done nothing, and the next does all of it", async () => {
  const { who, them } = await someone(8);
  await askAll(who, them);
  for (const one of them.slice(0, 5)) await answer(one, who, false);
  for (const one of them.slice(0, 2)) await block(one, who);
  for (const one of them.slice(2, 4)) await report(one, who);
  await hub.station.db.pool.query(`create function die() returns trigger language plpgsql as
    $$ begin if new.data->>'code' = 'safety' then raise 'the process is gone'; end if; return new; end $$`);
  await hub.station.db.pool.query(
    "create trigger die before insert on chat_event for each row execute function die()",
  );
  await assert.rejects(lookAtAccount(hub.station, { account: who.handle }), /the process is gone/);
  await hub.station.db.pool.query("drop function die cascade");
  assert.equal(await count("safety_action", "account = $1", who.handle), 0);
  assert.equal(await count("safety_notice", "account = $1", who.handle), 0);
  await look();
  assert.equal(await count("safety_action", "account = $1", who.handle), 4);
});

test("the owner appeals once; another person than before decides, and only what is hidden can be hidden for longer", async () => {
  const { who } = await everything();
  const { who: slow, them } = await someone(10);
  await askAll(slow, them);
  for (const each of them) await answer(each, slow, false);
  await look();
  const [one, two] = [await deskOf(hub, "reviewer"), await deskOf(hub, "lead")];
  const decide = (desk: typeof one, body: object, account = who.handle) =>
    desk.request("POST", `/api/accounts/${account}/decisions`, body);
  const list = async () =>
    (
      await answerOf<{ accounts: Array<{ account: string; why: string[] }> }>(
        await one.request("GET", "/api/accounts"),
      )
    ).accounts.find(({ account }) => account === who.handle)?.why;
  assert.deepEqual(await list(), ["signal"]);
  assert.equal((await decide(one, { decision: "keep", reason: "Two blocks and two reports." })).status, 200);
  assert.equal(await list(), undefined);
  assert.deepEqual(await actionsOf(who), ["friction", "hide", "notice"]);
  await lookAtAccount(hub.station, { account: who.handle });
  assert.equal(await list(), undefined, "nobody is asked the same again");
  const appeal = () => who.request("POST", "/chat/safety/appeals", { words: "I run the chess club." });
  assert.equal((await appeal()).status, 204);
  await problemOf(await appeal(), 409);
  assert.deepEqual(await list(), ["appeal"]);
  await problemOf(await decide(one, { decision: "keep", reason: "As before." }), 409);
  await problemOf(await decide(two, { decision: "longer", reason: "For longer." }), 422);
  const page = await answerOf<{ history: Array<{ what: string }>; appeal?: object }>(
    await decide(two, { decision: "longer", days: 30, reason: "The reports are clear." }),
  );
  assert.equal(page.appeal, undefined);
  assert.deepEqual(
    page.history
      .map(({ what }) => what)
      .filter((what) => what !== "began")
      .toSorted(),
    ["appealed", "decided", "keep", "longer"],
  );
  const hidden = (await safety(who)).actions.find(({ action }) => action === "hide");
  assert.ok(hidden !== undefined && Math.abs(hidden.until - clock() - 30 * DAY_MS) < 60_000);
  await decide(two, { decision: "longer", days: 1, reason: "A day more." });
  const still = (await safety(who)).actions.find(({ action }) => action === "hide");
  assert.equal(still?.until, hidden.until, "longer is never shorter");
  assert.ok((await safety(who)).appeal?.decidedAt !== null);
  await problemOf(await decide(two, { decision: "longer", days: 3, reason: "Hide it." }, slow.handle), 409);
  const nothing = await register(hub);
  await problemOf(await nothing.request("POST", "/chat/safety/appeals", { words: "" }), 409);
  await problemOf(await decide(two, { decision: "lift", reason: "Nothing." }, nothing.handle), 409);
  await problemOf(await one.request("GET", `/api/accounts/${nothing.handle}`), 404);
});

test("the owner is not told which rule held: that would say that somebody blocked or reported them", async () => {
  const { who } = await everything();
  const told = JSON.stringify(await safety(who));
  assert.doesNotMatch(told, /block|report|declin|rule|person-/);
});

test("events go when no rule looks back so far, and the rest with the hub's records", async () => {
  const { who } = await everything();
  later(89);
  await sweepHub(own);
  assert.ok((await count("signal_event", "account = $1", who.handle)) > 0);
  later(2);
  await sweepHub(own);
  assert.equal(await count("signal_event", "account = $1", who.handle), 0);
  await endDueActions(own);
  assert.equal(await count("safety_action", "account = $1 and ended_at is not null", who.handle), 4);
  later(500);
  await sweepHub(own);
  assert.equal(await count("safety_action", "account = $1", who.handle), 0);
});

test("a hub whose signals are switched off notes nothing and looks at nothing", async () => {
  const quiet = await startTestHub(end, { clock });
  const who = await register(quiet, { birthYear: GROWN });
  const one = await register(quiet, { birthYear: YOUNG });
  await ask(who, one);
  await block(one, who);
  const { rows } = await quiet.station.db.pool.query("select 1 from signal_event");
  assert.equal(rows.length, 0);
});
