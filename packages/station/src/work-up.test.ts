import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { aFlag, exampleEvent, exampleIdentifier, exampleSuspect, SENDER } from "@fairlead/assessment/testing";
import type { Claim, Person } from "@fairlead/report";
import { deskOf, type TestDesk } from "./testing/desk.ts";
import { problemOf } from "./testing/problem.ts";
import { accepted, testSender, type TestSender } from "./testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "./testing/station.ts";
import { workUp } from "./work-up.ts";

const CARRIER_NAT = "198.51.100.7";
const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
before(async () => {
  // Without workers: each report is worked up by hand.
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: {
      roles: ["intake", "desk"],
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "198.51.100.0/24", country: "GB", network: "carrier-nat" }],
      },
    },
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
});

/** A report about this person, worked up. */
async function reportOf(person: Person, claims: Claim[] = []): Promise<string> {
  const id = await accepted(sender, [], { persons: [person], claims });
  await workUp(at.station, { reportId: id });
  return id;
}

function suspect(account: string, parts: Partial<Person> = {}): Person {
  return exampleSuspect({
    identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
    events: [],
    ...parts,
  });
}

const flagged = (flag: Parameters<typeof aFlag>[0]): Claim => ({
  about: { kind: "report" },
  source: SENDER,
  states: aFlag(flag),
});

test("reports about the same account on the same platform are one person's, on both pages and in the queue", async () => {
  const account = randomUUID();
  const [one, two] = [await reportOf(suspect(account)), await reportOf(suspect(account))];
  const stranger = await reportOf(suspect(randomUUID()));
  for (const [id, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const page = await lead.report(id);
    assert.equal(page.entry.samePerson, 1);
    assert.deepEqual(
      page.links.map(({ report, strength }) => [report, strength]),
      [[other, "strong"]],
    );
    assert.ok((page.links[0]?.reason ?? "").length > 10);
  }
  assert.equal((await lead.report(stranger)).entry.samePerson, 0);
});

test("an account of the same name on another platform is another person", async () => {
  const account = randomUUID();
  await reportOf(suspect(account));
  const other = exampleSuspect({
    identifiers: [exampleIdentifier("account", account, { platform: "Example Photos" })],
    events: [],
  });
  assert.equal((await lead.report(await reportOf(other))).entry.samePerson, 0);
});

test("an address that a carrier shares among its customers makes no subject", async () => {
  const event = exampleEvent({ ip: { raw: CARRIER_NAT, address: CARRIER_NAT } });
  const first = await reportOf(suspect(randomUUID(), { events: [event] }));
  const second = await reportOf(suspect(randomUUID(), { events: [event] }));
  for (const id of [first, second]) {
    const page = await lead.report(id);
    assert.equal(page.entry.samePerson, 0);
    assert.ok(page.links.every(({ strength }) => strength !== "strong"));
    assert.ok(page.claims.some((claim) => claim.source.kind === "list" && claim.states.kind === "network"));
  }
});

test("work-up that runs again, or many times at once, changes nothing", async () => {
  const account = randomUUID();
  await reportOf(suspect(account));
  const id = await reportOf(suspect(account));
  const counts = async () => {
    const { rows } = await at.station.db.pool.query<Record<string, string>>(
      `select (select count(*) from subject_member) as members, (select sum(members) from subject) as counted, (select count(*) from value_standing) as standings, (select count(*) from linking_key) as keys, (select count(*) from claim) as claims,
        (select count(*) from assessment) as assessments, (select count(*) from leaf) as leaves, (select sum(tier) from report) as tiers`,
    );
    return rows[0];
  };
  const earlier = await counts();
  await workUp(at.station, { reportId: id });
  await Promise.all([1, 2, 3].map(() => workUp(at.station, { reportId: id })));
  assert.deepEqual(await counts(), earlier);
});

test("what is urgent about one report of a person raises the other, which was assessed before", async () => {
  const account = randomUUID();
  const calm = await reportOf(suspect(account));
  const before = (await lead.report(calm)).entry.tier ?? "";
  await reportOf(suspect(account), [flagged("threat-to-life")]);
  const after = (await lead.report(calm)).entry.tier ?? "";
  assert.ok(after < before, `${before} became ${after}`);
});

test("a lead's lowering holds however often the report is assessed, until something new is said", async () => {
  const id = await reportOf(suspect(randomUUID()), [flagged("grooming")]);
  assert.equal((await lead.report(id)).entry.tier, "R3");
  const lower = (tier: string, reason = "Both are of the same age and said so.") =>
    lead.request("POST", `/api/reports/${id}/urgency`, { tier, reason });
  await problemOf(await lower("R1"), 409);
  await problemOf(await lower("R3"), 409);
  await problemOf(await lower("R5", "short"), 422);
  assert.equal((await lower("R5")).status, 200);
  await workUp(at.station, { reportId: id });
  const lowered = await lead.report(id);
  assert.equal(lowered.entry.tier, "R5");
  assert.ok(lowered.history.some(({ kind }) => kind === "urgency.lowered"));
  const claim = { about: { kind: "report" }, states: { kind: "flag", flag: "threat-to-life", value: true } };
  assert.equal((await lead.request("POST", `/api/reports/${id}/claims`, claim)).status, 200);
  assert.equal((await lead.report(id)).entry.tier, "R1");
});

test("an assessment that another one overtook starts again, so that the newest rests on everything that was said", async () => {
  const id = await reportOf(suspect(randomUUID()));
  const { pool } = at.station.db;
  const claim = (flag: string) =>
    `insert into claim (id, report_id, about, source, states, made_at) values (gen_random_uuid(), '${id}', '{"kind":"report"}',
      '${JSON.stringify(SENDER)}', '{"kind":"flag","flag":"${flag}","value":true}', now())`;
  await pool.query(claim("grooming"));
  const other = await pool.connect();
  try {
    await other.query("begin");
    await other.query(`update report set assessed_at = assessed_at + interval '1 second' where id = '${id}'`);
    const overtaken = workUp(at.station, { reportId: id });
    // It has read what it rests on, and waits to keep what came out.
    await other.query(`do $$ begin
      while not exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
      loop perform pg_sleep(0.01); perform pg_stat_clear_snapshot(); end loop;
    end $$`);
    await other.query(claim("threat-to-life"));
    await other.query("commit");
    await overtaken;
  } finally {
    other.release();
  }
  assert.equal((await lead.report(id)).entry.tier, "R1");
});

test("a claim is about something that the report has, or it is refused with its place", async () => {
  const id = await reportOf(suspect(randomUUID()));
  const claim = (about: object) =>
    lead.request("POST", `/api/reports/${id}/claims`, {
      about,
      states: { kind: "flag", flag: "spam", value: true },
    });
  for (const about of [
    { kind: "person", key: "suspect-9" },
    { kind: "evidence", id: randomUUID() },
  ])
    assert.equal((await problemOf(await claim(about), 422)).problems?.[0]?.path, "/about");
  await problemOf(await claim({ kind: "landscape" }), 422);
  assert.equal((await lead.report(id)).claims.length, 0);
  assert.equal((await claim({ kind: "person", key: "suspect-1" })).status, 200);
  const [added] = (await lead.report(id)).claims;
  assert.equal(added?.source.kind, "person");
});
