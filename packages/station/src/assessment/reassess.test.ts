import assert from "node:assert/strict";
import { before, test } from "node:test";
import { affectedBy, assess, dependenceOf, nextChangeAt } from "@fairlead/assessment";
import { aFlag, exampleEvent, exampleSuspect, SENDER, TEST_NOW } from "@fairlead/assessment/testing";
import type { Claim } from "@fairlead/report";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { groundOf, reassess, reassessStale, wakeStale } from "./index.ts";

const DAY_MS = 86_400_000;
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
    config: {
      roles: ["intake", "desk"],
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "192.0.2.0/24", country: "GB", network: "access" }],
      },
    },
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});

/** An upload from an access network, of a viewed file: L3 for as long as the network's data are kept. */
async function attributable(account: string): Promise<string> {
  const file = testFile();
  const viewed: Claim = {
    about: { kind: "evidence", id: file.id },
    source: SENDER,
    states: aFlag("viewed-in-full"),
  };
  const person = exampleSuspect({ events: [exampleEvent()] });
  const [identifier] = person.identifiers;
  assert.ok(identifier !== undefined);
  const identifiers = [{ ...identifier, raw: account, value: account }];
  const id = await accepted(sender, [file], { persons: [{ ...person, identifiers }], claims: [viewed] });
  await workUp(at.station, { reportId: id });
  return id;
}

async function wakesAt(id: string): Promise<number | undefined> {
  const { rows } = await at.station.db.pool.query<{ job: string | Date; changes_at: string }>(
    `select jobs.run_at as job, report.changes_at from report
      left join graphile_worker.jobs on jobs.key = 'reassess:' || report.id where report.id = $1`,
    [id],
  );
  const [row] = rows;
  if (row?.job === null || row === undefined) return undefined;
  assert.equal(Date.parse(String(row.job)), Date.parse(row.changes_at));
  return Date.parse(row.changes_at);
}

test("a report's level and tier follow its clocks in the queue without anybody opening it, each at its moment", async () => {
  now = TEST_NOW;
  const id = await attributable("clock-1");
  const seen: string[] = [];
  const level = async () => {
    const { entries } = (await (await lead.request("GET", "/api/queue?limit=200")).json()) as {
      entries: { id: string; level: string; tier: string }[];
    };
    const entry = entries.find((each) => each.id === id);
    return `${entry?.level} ${entry?.tier}`;
  };
  seen.push(await level());
  const window = Date.parse("2027-11-12T12:00:00Z");
  for (let guard = 0; guard < 30; guard += 1) {
    const next = await wakesAt(id);
    if (next === undefined || next > window) break;
    assert.ok(next > now);
    now = next - 1;
    const before = await level();
    await reassess(at.station, id);
    assert.equal(await level(), before, `nothing changes before ${new Date(next).toISOString()}`);
    now = next;
    await reassess(at.station, id);
    if ((await level()) !== seen.at(-1)) seen.push(await level());
  }
  assert.deepEqual(seen, ["L3 R5", "L3 R4", "L2 R4"]);
  assert.equal(now, window);
});

test("a report has one job of the clock, at the moment that the rules give for what it rests on", async () => {
  now = TEST_NOW;
  const id = await attributable("clock-2");
  const ground = await groundOf(at.station, id);
  assert.ok(ground !== undefined);
  const { report, claims, context } = ground;
  assert.equal(await wakesAt(id), nextChangeAt(report, claims, context, at.station.rules, now));
  await lead.request("POST", `/api/reports/${id}/claims`, {
    about: { kind: "report" },
    states: { kind: "flag", flag: "grooming", value: true },
  });
  const { rows } = await at.station.db.pool.query("select from graphile_worker.jobs where key = $1", [
    `reassess:${id}`,
  ]);
  assert.equal(rows.length, 1);
  assert.ok(((await wakesAt(id)) ?? 0) > now);
});

test("a claim that makes one report of a person urgent lifts the others at once, as the rules say whom it affects", async () => {
  now = TEST_NOW;
  const [one, two] = [await attributable("clock-3"), await attributable("clock-3")];
  const stranger = await attributable("clock-4");
  const tierOf = async (id: string) => (await lead.report(id)).entry.tier;
  const before = [await tierOf(one), await tierOf(two), await tierOf(stranger)];
  const claim = { about: { kind: "report" }, states: { kind: "flag", flag: "threat-to-life", value: true } };
  assert.equal((await lead.request("POST", `/api/reports/${one}/claims`, claim)).status, 200);
  const after = [await tierOf(one), await tierOf(two), await tierOf(stranger)];
  assert.equal(after[0], "R1");
  assert.ok((after[1] ?? "") < (before[1] ?? ""));
  assert.equal(after[2], before[2]);
  // The same by the pure functions: whom a change affects, and what each is assessed to be.
  const grounds = await Promise.all([one, two, stranger].map(async (id) => groundOf(at.station, id)));
  const held = grounds.flatMap((ground, index) =>
    ground === undefined ? [] : [dependenceOf([one, two, stranger][index] ?? "", ground.report, undefined)],
  );
  const subject = (tier: "R1" | "R5") => [
    [
      { report: one, tier },
      { report: two, tier: "R5" as const },
    ],
  ];
  assert.deepEqual(affectedBy({ kind: "subject", before: subject("R5"), after: subject("R1") }, held), [two]);
  for (const [index, id] of [one, two, stranger].entries()) {
    const ground = grounds[index];
    assert.ok(ground !== undefined);
    const pure = assess(ground.report, ground.claims, ground.context, at.station.rules, now);
    assert.equal(await tierOf(id), pure.urgency.tier);
  }
});

test("under other rules every open report is assessed again, a part at a time, and what was said before keeps its version", async () => {
  now = TEST_NOW;
  const ids = [await attributable("rules-1"), await attributable("rules-2"), await attributable("rules-3")];
  const { station } = at;
  const newer = { ...station, rules: { ...station.rules, version: "test-2", currencyDays: 5 } };
  await wakeStale(newer);
  const waiting = async (key: string) =>
    (await station.db.pool.query("select from graphile_worker.jobs where key = $1", [key])).rows.length;
  assert.equal(await waiting("reassess-stale:all"), 1);
  let after: string | null = null;
  const { rows: open } = await station.db.pool.query<{ id: string }>(
    "select id from report where status <> 'closed' order by id",
  );
  for (let index = 1; index < open.length; index += 2) {
    await reassessStale(newer, { after }, 2);
    after = open[index]?.id ?? null;
  }
  await reassessStale(newer, { after }, 2);
  for (const id of ids) {
    const { rows } = await station.db.pool.query<{ run_at: string | Date }>(
      "select run_at from graphile_worker.jobs where key = $1",
      [`reassess:${id}`],
    );
    assert.ok(Date.parse(String(rows[0]?.run_at)) <= Date.now(), "it is due now");
    await reassess(newer, id);
    const versions = await station.db.pool.query<{ rule_version: string }>(
      "select rule_version from assessment where report_id = $1 order by id",
      [id],
    );
    assert.deepEqual(
      versions.rows.map(({ rule_version }) => rule_version),
      [station.rules.version, "test-2"],
    );
  }
  await reassess(newer, open[0]?.id ?? "");
});

test("a report that cannot change by time alone has no job, and the clock's job is gone once that is so", async () => {
  now = TEST_NOW + 40 * 365 * DAY_MS;
  const id = await attributable("clock-5");
  await reassess(at.station, id);
  const { rows } = await at.station.db.pool.query<{ changes_at: string | null }>(
    "select changes_at from report where id = $1",
    [id],
  );
  assert.equal(rows[0]?.changes_at, null);
  assert.equal(await wakesAt(id), undefined);
});
