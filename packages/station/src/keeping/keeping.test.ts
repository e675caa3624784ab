import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addMonths } from "@fairlead/assessment";
import { addPerson, type Principal } from "../access/index.ts";
import { assessReport, reassess } from "../assessment/index.ts";
import type { KeepingView } from "../desk-api/contract.ts";
import { advanceReferral } from "../referral/index.ts";
import { killedEverywhere } from "../testing/dying.ts";
import { filingPeer, introduce } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { lawsOf } from "./facts.ts";
import {
  countStarted,
  decideKeeping,
  extendHold,
  keepingList,
  keepingView,
  type NewHold,
  placeHold,
  releaseHold,
} from "./index.ts";

const DAY = 86_400_000;
const end = endOfFile();
let platform: TestStation;
let house: TestStation;
let sender: TestSender;
let lead: Principal;
let other: Principal;
/** How far the platform's clock is ahead. */
let ahead = 0;
before(async () => {
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config,
    clock: () => Date.now() + ahead,
  });
  house = await startTestStation(end, { id: "house-one", profile: "clearinghouse", config });
  const peer = await filingPeer(end, platform, house);
  await introduce(platform, peer);
  platform.station.config.peers = [peer];
  sender = await testSender(platform);
  lead = await addPerson(platform.station.db.kysely, "Test lead", "lead", Date.now());
  other = await addPerson(platform.station.db.kysely, "Other lead", "lead", Date.now());
});

const HOLD: NewHold = {
  kind: "preservation-request",
  authority: "Example Police",
  reference: "EP/2026/17",
  reason: "Their warrant is on its way.",
  lastDay: { day: "2099-06-30", zone: "Europe/London" },
};

/** A report that was filed with the clearinghouse. */
async function filed(): Promise<string> {
  const report = await accepted(sender, [testFile()]);
  await advanceReferral(platform.station, { referralId: await referred(platform, report, "house-one") });
  return report;
}
async function viewOf(report: string, by = lead): Promise<KeepingView> {
  return await keepingView(platform.station, report, by);
}
async function counted(report: string) {
  return await platform.station.db.kysely
    .selectFrom("keeping")
    .selectAll()
    .where("report_id", "=", report)
    .executeTakeFirst();
}
async function leaves(report: string): Promise<string[]> {
  const { rows } = await platform.station.db.pool.query<{ kind: string }>(
    "select kind from leaf where report_id = $1 and kind ~ '^(hold|keeping)' order by position",
    [report],
  );
  return rows.map(({ kind }) => kind);
}

test("a filing starts its year in the statement that stores it, and no assessment afterwards moves the end", async () => {
  const started = Date.now();
  const report = await filed();
  assert.deepEqual((await counted(report))?.counted, false);
  const before = await viewOf(report);
  assert.deepEqual([before.state, before.duties.length], ["runs", 1]);
  assert.deepEqual(
    [before.duties[0]?.law?.name, before.duties[0]?.peer, before.duties[0]?.covers],
    ["18 U.S.C. 2258A(h)", house.card.name, "content"],
  );
  const until = Date.parse(before.until ?? "");
  assert.ok(until >= addMonths(started, 12) && until <= addMonths(Date.now(), 12) + DAY + 3_600_000);
  await countStarted(platform.station);
  const row = await counted(report);
  assert.deepEqual([row?.counted, row?.content_by], [true, "us-2258a-h"]);
  assert.equal(Date.parse(row?.content_until ?? ""), until);
  await assessReport(platform.station, report);
  ahead = 40 * DAY;
  await reassess(platform.station, report);
  // The peer's wire may change afterwards; what was filed stays filed.
  await platform.station.db.pool.query("update peer set wire = 'package' where id = 'house-one'");
  await platform.station.db.pool.query("update keeping set counted = false");
  await countStarted(platform.station);
  await platform.station.db.pool.query("update peer set wire = 'cybertipline' where id = 'house-one'");
  assert.equal((await viewOf(report)).until, before.until);
  assert.deepEqual(await counted(report), row);
  ahead = 0;
});

test("a report that was held before it was filed is counted anew once it is", async () => {
  const report = await accepted(sender, [testFile()]);
  const day = new Date(Date.now() + 90 * DAY).toISOString().slice(0, 10);
  await placeHold(platform.station, report, { ...HOLD, lastDay: { day, zone: "UTC" } }, lead);
  assert.deepEqual([(await counted(report))?.content_by, (await counted(report))?.counted], ["hold", true]);
  await advanceReferral(platform.station, { referralId: await referred(platform, report, "house-one") });
  await countStarted(platform.station);
  assert.equal((await counted(report))?.content_by, "us-2258a-h");
});

test("a report that nobody has filed has no clock, and a clearinghouse shows what its sender must keep", async () => {
  const report = await accepted(sender, [testFile()]);
  const here = await viewOf(report);
  assert.deepEqual([here.state, here.duties, here.letGo], ["none", [], "keeping.none"]);
  await filed();
  const { rows } = await house.station.db.pool.query<{ id: string }>("select id from report limit 1");
  const there = await keepingView(house.station, rows[0]?.id ?? "", lead);
  assert.deepEqual([there.state, there.duties], ["none", []]);
  assert.deepEqual(
    there.sender.duties.map(({ law }) => law.name),
    ["18 U.S.C. 2258A(h)"],
  );
});

test("a hold is placed, extended and released by two persons, each step with its leaf, and the laws' end comes back", async () => {
  const report = await filed();
  const byLaw = (await viewOf(report)).until;
  const holdId = await placeHold(platform.station, report, HOLD, lead);
  const held = await viewOf(report);
  assert.deepEqual(
    [held.until, held.duties[0]?.by, held.duties.length],
    ["2099-06-30T23:00:00.000Z", "hold", 2],
  );
  assert.deepEqual([held.holds[0]?.state, held.holds[0]?.mine, held.letGo], ["stands", true, "keeping.held"]);
  const of = { reportId: report, holdId };
  const sooner = { reason: "They need it less long.", lastDay: { day: "2099-06-30", zone: "Europe/Paris" } };
  await assert.rejects(extendHold(platform.station, of, sooner, lead), { code: "conflict" });
  await extendHold(platform.station, of, { reason: "Until their trial is over." }, lead);
  const endless = await viewOf(report);
  assert.deepEqual([endless.state, endless.until, endless.holds[0]?.until], ["no-end", undefined, undefined]);
  const over = { reason: "The trial is over." };
  await assert.rejects(releaseHold(platform.station, of, over, lead), /somebody else releases it/);
  await releaseHold(platform.station, of, over, other);
  const released = await viewOf(report);
  assert.deepEqual([released.until, released.state, released.holds[0]?.state], [byLaw, "runs", "released"]);
  assert.equal(Date.parse((await counted(report))?.content_until ?? ""), Date.parse(byLaw ?? ""));
  await assert.rejects(releaseHold(platform.station, of, over, other), { code: "conflict" });
  assert.deepEqual(await leaves(report), ["hold.placed", "hold.extended", "hold.released"]);
  assert.equal((await counted(report))?.endless, false);
});

test("a hold on another report's page is not found, a last day that is none or over is refused, and nothing is written", async () => {
  const report = await accepted(sender, [testFile()]);
  const holdId = await placeHold(platform.station, report, HOLD, lead);
  const elsewhere = { reportId: await accepted(sender, [testFile()]), holdId };
  await assert.rejects(extendHold(platform.station, elsewhere, { reason: "Longer." }, lead), {
    code: "not-found",
  });
  await assert.rejects(releaseHold(platform.station, elsewhere, { reason: "Over." }, other), {
    code: "not-found",
  });
  for (const lastDay of [
    { day: "2027-02-29", zone: "UTC" },
    { day: "2027-02-28", zone: "Europe/Atlantis" },
    { day: "2020-01-01", zone: "UTC" },
  ])
    await assert.rejects(placeHold(platform.station, elsewhere.reportId, { ...HOLD, lastDay }, lead), {
      code: "request.invalid",
    });
  assert.deepEqual(await leaves(elsewhere.reportId), []);
  assert.equal(await counted(elsewhere.reportId), undefined);
});

test("a process that dies between any two statements leaves a hold with its leaf and its count, or none of them", async () => {
  const deaths = await killedEverywhere(platform.station, async ({ dies }) => {
    const report = await accepted(sender, [testFile()]);
    await dies(async (station) => await placeHold(station, report, HOLD, lead));
    const holds = (await viewOf(report)).holds.length;
    assert.equal((await leaves(report)).length, holds);
    assert.equal((await counted(report))?.content_by ?? "none", holds === 1 ? "hold" : "none");
  });
  assert.ok(deaths >= 6, `it was killed at ${deaths} places only`);
});

test("what ends is let go only in its last month, never under a hold, and a hold afterwards asks again", async () => {
  const report = await filed();
  const until = Date.parse((await viewOf(report)).until ?? "");
  const letGo = { kind: "let-go", reason: "Nobody needs it any more." } as const;
  await assert.rejects(decideKeeping(platform.station, report, letGo, lead), /more than 30 days/);
  ahead = until - Date.now() - 10 * DAY;
  assert.equal((await viewOf(report)).state, "ends-soon");
  const hold = await placeHold(platform.station, report, { ...HOLD, lastDay: undefined }, lead);
  await assert.rejects(decideKeeping(platform.station, report, letGo, lead), /A hold stands/);
  await releaseHold(platform.station, { reportId: report, holdId: hold }, { reason: "Not ours." }, other);
  ahead += 1000;
  await decideKeeping(platform.station, report, letGo, lead);
  const decided = await viewOf(report);
  assert.deepEqual([decided.decisions[0]?.stands, decided.until], [true, new Date(until).toISOString()]);
  assert.deepEqual(
    (await keepingList(platform.station, { list: "let-go", limit: 50 })).entries.map((entry) => entry.report),
    [report],
  );
  ahead += 1000;
  await placeHold(platform.station, report, HOLD, lead);
  assert.equal((await viewOf(report)).decisions[0]?.stands, false);
  assert.equal((await counted(report))?.let_go, null);
  // What it was about is all still there.
  const { rows } = await platform.station.db.pool.query<{ n: number }>(
    "select count(*)::integer as n from evidence join vault_object on vault_object.name = object_name where report_id = $1",
    [report],
  );
  assert.equal(rows[0]?.n, 1);
  ahead = 0;
});

test("keeping it longer must be longer than what binds anyway, and the last such decision counts", async () => {
  const report = await filed();
  const longer = (day: string) =>
    ({ kind: "longer", reason: "The account is looked into.", lastDay: { day, zone: "UTC" } }) as const;
  const soon = new Date(Date.now() + 100 * DAY).toISOString().slice(0, 10);
  await assert.rejects(decideKeeping(platform.station, report, longer(soon), lead), { code: "conflict" });
  await decideKeeping(platform.station, report, longer("2099-12-31"), lead);
  await decideKeeping(platform.station, report, longer("2098-12-31"), lead);
  const view = await viewOf(report);
  assert.equal(view.until, "2099-01-01T00:00:00.000Z");
  assert.deepEqual(
    view.decisions.map(({ stands }) => stands),
    [true, false],
  );
  assert.deepEqual(await leaves(report), ["keeping.longer", "keeping.longer"]);
});

test("only a provider is bound to keep what it reported: who passes a report on is not", () => {
  assert.ok(lawsOf(platform.station).length > 0);
  assert.deepEqual(lawsOf(house.station), []);
});

test("the lists go on by their cursor and name each report once", async () => {
  await platform.station.db.pool.query("update hold set released_at = now() where released_at is null");
  const reports = [];
  for (let n = 0; n < 5; n += 1) {
    const report = await accepted(sender, [testFile()]);
    const day = `2088-01-0${n + 1}`;
    const lastDay = n === 4 ? undefined : { day, zone: "UTC" };
    await placeHold(platform.station, report, { ...HOLD, lastDay }, lead);
    reports.push(report);
  }
  const found = [];
  let after: string | undefined;
  do {
    const page = await keepingList(platform.station, { list: "held", limit: 2, after });
    assert.equal(page.counts.held, 5);
    found.push(...page.entries.map(({ report }) => report));
    after = page.next;
  } while (after !== undefined);
  assert.deepEqual(found, reports);
  ahead = Date.parse("2088-01-05T12:00:00Z") - Date.now();
  const { counts } = await keepingList(platform.station, { list: "overdue", limit: 2 });
  assert.deepEqual([counts.held, counts.month, counts.overdue >= 4], [1, 0, true]);
  ahead = 0;
});
