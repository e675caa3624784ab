import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import {
  defaultCampaignRules,
  emptyCard,
  foldReport,
  SCORED_FIELDS,
  type ReportFacts,
  type Scorecard,
} from "@fairlead/assessment";
import {
  aFlag,
  exampleEvent,
  exampleIdentifier,
  exampleSuspect,
  SENDER,
  TEST_NOW,
} from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import { rollUpCampaigns } from "../campaigns/index.ts";
import type { SenderView } from "../desk-api/sender-contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { scoreDue, scoreLater } from "./index.ts";

const HOUR_MS = 3_600_000;
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake", "desk"] },
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});

async function reportOf(name: string, parts: Partial<Report> = {}): Promise<string> {
  const id = await accepted(sender, [testFile()], {
    sender: { kind: "platform", id: name, name: `Example ${name}` },
    ...parts,
  });
  await workUp(at.station, { reportId: id });
  return id;
}

async function cardOf(name: string): Promise<SenderView> {
  const response = await lead.request("GET", `/api/senders/${name}`);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as SenderView;
}

test("a card is what its reports come to, however often and in whatever hours they were summed", async () => {
  for (let index = 0; index < 5; index += 1) {
    now = TEST_NOW + index * HOUR_MS;
    const port = index % 2 === 0 ? { port: 40_000 } : {};
    await reportOf("alpha", { persons: [exampleSuspect({ events: [exampleEvent(port)] })] });
    if (index % 2 === 0) await scoreDue(at.station);
  }
  await scoreDue(at.station);
  const { rows } = await at.station.db.pool.query<{ facts: ReportFacts }>(
    "select facts from sender_facts where sender = 'alpha'",
  );
  assert.equal(rows.length, 5);
  const whole = rows.reduce(
    (card: Scorecard, { facts }) => foldReport(card, facts),
    emptyCard("alpha", rows[0]?.facts.month ?? ""),
  );
  const stored = await at.station.db.pool.query<{ card: Scorecard }>(
    "select card from sender_month where sender = 'alpha'",
  );
  assert.deepEqual(stored.rows[0]?.card, whole);
  const [month] = (await cardOf("alpha")).months;
  assert.deepEqual(
    [month?.reports, month?.fields["event-port"].count, month?.fields["event-port"].of],
    [5, 3, 5],
  );
});

test("an outcome that comes later changes the month in which its report came", async () => {
  now = TEST_NOW;
  const id = await reportOf("beta", { claims: [] });
  await scoreDue(at.station);
  assert.equal((await cardOf("beta")).months[0]?.shares.confirmed.share, undefined);
  now += 40 * 24 * HOUR_MS;
  const outcome = { kind: "useless", reason: "not-abuse-material" };
  assert.equal((await lead.request("POST", `/api/reports/${id}/outcomes`, outcome)).status, 200);
  await scoreDue(at.station);
  const { months } = await cardOf("beta");
  assert.deepEqual(
    months.map(({ reports, shares }) => [reports, shares.confirmed.count, shares.confirmed.of]),
    [[1, 0, 1]],
  );
});

test("a report is viral exactly while one of its items belongs to a campaign, whenever it was scored", async () => {
  now = TEST_NOW;
  const file = testFile();
  const handIn = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const account = exampleIdentifier("account", randomUUID(), { platform: "Example Chat" });
      const id = await accepted(sender, [{ ...file, id: randomUUID() as typeof file.id }], {
        sender: { kind: "platform", id: "epsilon", name: "Example epsilon" },
        persons: [exampleSuspect({ identifiers: [account], events: [] })],
      });
      await workUp(at.station, { reportId: id });
    }
  };
  const viral = async () => {
    await scoreDue(at.station);
    const { count, of } = (await cardOf("epsilon")).months[0]?.shares.viral ?? {};
    return [count, of];
  };
  await handIn(3);
  await rollUpCampaigns(at.station);
  assert.deepEqual(await viral(), [0, 3]);
  const holders = defaultCampaignRules.holders + 1;
  await handIn(holders - 3);
  assert.deepEqual(await viral(), [0, holders], "nobody has counted yet");
  await rollUpCampaigns(at.station);
  assert.deepEqual(await viral(), [holders, holders]);
  const { pool } = at.station.db;
  await pool.query("delete from score_due");
  await handIn(1);
  // Scored with what was there before the campaign was: its part is in the making while the lists are made.
  await pool.query(
    "delete from sender_facts where report_id = (select max(report_id::text)::uuid from sender_facts)",
  );
  await rollUpCampaigns(at.station);
  assert.deepEqual(await viral(), [holders + 1, holders + 1]);
  await pool.query("delete from campaign");
  await pool.query("update campaign_cursor set position = 0");
  await pool.query("update sighting set exact = encode(sha256(report_id::text::bytea), 'hex')");
  await rollUpCampaigns(at.station);
  assert.deepEqual(await viral(), [0, holders + 1], "an item that is taken apart is nobody's campaign");
});

test("what is due stays due when working it out fails, and is worked out by one of two who try at once", async () => {
  now = TEST_NOW;
  const id = await reportOf("zeta");
  const { pool } = at.station.db;
  await pool.query("alter table sender_month rename to sender_month_away");
  await assert.rejects(scoreDue(at.station));
  await pool.query("alter table sender_month_away rename to sender_month");
  await problemOf(await lead.request("GET", "/api/senders/zeta"), 404);
  await scoreLater(at.station.db.kysely, [id]);
  await Promise.all([scoreDue(at.station), scoreDue(at.station)]);
  await scoreDue(at.station);
  assert.equal((await cardOf("zeta")).months[0]?.reports, 1);
  assert.equal((await pool.query("select from score_due")).rowCount, 0);
});

test("no level, no tier and no place in the queue ever rests on a scorecard", async () => {
  now = TEST_NOW;
  const id = await reportOf("gamma");
  const view = await lead.report(id);
  await scoreDue(at.station);
  const { entry, assessment } = await lead.report(id);
  assert.deepEqual([entry, assessment], [view.entry, view.assessment]);
  assert.doesNotMatch(JSON.stringify(view), /completeness/);
  const queue = await (await lead.request("GET", "/api/queue")).text();
  assert.doesNotMatch(queue, /completeness|scorecard/);
});

test("a card goes out as a table that no spreadsheet takes for a formula", async () => {
  now = TEST_NOW;
  await reportOf("=1+1", { claims: [{ about: { kind: "report" }, source: SENDER, states: aFlag("spam") }] });
  await scoreDue(at.station);
  const response = await lead.request("GET", `/api/senders/${encodeURIComponent("=1+1")}/scorecard.csv`);
  const lines = (await response.text()).split("\r\n");
  assert.match(response.headers.get("content-type") ?? "", /^text\/csv/);
  assert.equal(lines.length, 2 + SCORED_FIELDS.length + 6);
  assert.ok(lines.slice(1, -1).every((line) => line.startsWith("'=1+1,2026-11,1,")));
  await problemOf(await lead.request("GET", "/api/senders/nobody"), 404);
});
