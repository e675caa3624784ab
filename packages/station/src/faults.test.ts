import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import {
  aFlag,
  exampleEvent,
  exampleIdentifier,
  exampleSuspect,
  exampleVictim,
  SENDER,
  TEST_NOW,
} from "@fairlead/assessment/testing";
import type { Claim, Flag, Person, Report } from "@fairlead/report";
import { addPerson } from "./access/index.ts";
import { addClaim, assessNeighbours, assessSenderDay, lowerUrgency, reassess } from "./assessment/index.ts";
import type { Station } from "./context.ts";
import { advancePage } from "./paging/index.ts";
import { draftRequest, markSent, recordAnswer, settleAnswers } from "./requests/index.ts";
import { takeStep } from "./safeguarding/index.ts";
import { killedEverywhere } from "./testing/dying.ts";
import { runJobs } from "./testing/jobs.ts";
import { accepted, testFile, testSender, type TestSender } from "./testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "./testing/station.ts";
import { workUp } from "./work-up.ts";

const MINUTE_MS = 60_000;
const CARRIER_NAT = "198.51.100.7";
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let sender: TestSender;
let lead: { id: string; name: string; role: string };
before(async () => {
  // Without workers: what is interrupted is taken up again where the test says that the station has started again.
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    clock: () => now,
    config: {
      roles: ["intake", "desk"],
      paging: { webhook: "http://127.0.0.1:1/page" },
      safeguarding: {
        authorities: [
          {
            id: "example-helpline",
            name: "Example National Helpline",
            areas: ["GB"],
            contact: { telephone: "01632 960003" },
          },
        ],
      },
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "198.51.100.0/24", country: "GB", network: "carrier-nat" }],
      },
    },
  });
  sender = await testSender(at);
  const added = await addPerson(at.station.db.kysely, "Kim Example", "lead", Date.now());
  lead = { ...added, name: "Kim Example", role: "lead" };
});

const flagged = (flag: Flag): Claim => ({ about: { kind: "report" }, source: SENDER, states: aFlag(flag) });
const suspect = (account: string, address: string, parts: Partial<Person> = {}) =>
  exampleSuspect({
    identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
    events: [exampleEvent({ ip: { raw: address, address } })],
    ...parts,
  });

async function reportOf(persons: Person[], claims: Claim[] = []): Promise<string> {
  return await accepted(sender, [], { persons, claims, sender: aPlatform() });
}

/** Each its own: what one shows of its clock would be read by all. */
const aPlatform = (): Report["sender"] => ({ kind: "platform", id: randomUUID(), name: "Example Platform" });

/** The station has started again: it does what waits. Pages are left alone. */
const restart = () =>
  runJobs(at.station, {
    "work-up": workUp,
    "assess-again": (station, { reportIds }) => assessNeighbours(station, reportIds),
    "assess-sender-day": assessSenderDay,
    "settle-answers": settleAnswers,
  });

/** Everything that the tables say of these reports, without what differs from one to the next. */
async function said(ids: readonly string[]): Promise<unknown[]> {
  const { rows } = await at.station.db.pool.query<Record<string, unknown>>(
    `select report.tier, report.level, report.read_addresses is not null as reads_addresses,
       (select count(*)::integer from subject_member where report_id = report.id) as members,
       (select count(*)::integer from linking_key where report_id = report.id) as keys,
       (select count(*)::integer from report_address where report_id = report.id) as addresses,
       (select count(*)::integer from claim where report_id = report.id) as claims,
       (select count(*)::integer from assessment where report_id = report.id) as assessments,
       (select count(*)::integer from safeguarding where report_id = report.id) as children,
       (select json_agg(state order by decided_at) from safeguarding_referral where report_id = report.id) as referrals,
       (select count(*)::integer from page where report_id = report.id) as pages,
       (select count(*)::integer from graphile_worker.jobs join page on jobs.key = 'advance-page:' || page.id
          where page.report_id = report.id) as calls,
       (select count(*)::integer from urgency_decision where report_id = report.id) as lowered,
       (select json_agg(assessed_after is not null) from request_answer where report_id = report.id) as answers,
       (select json_agg(kind order by kind) from leaf where report_id = report.id) as leaves
     from report where id = any($1) order by number`,
    [ids],
  );
  return rows;
}

/** That it comes to the same wherever it was interrupted, as if it had not been; and that it was, everywhere. */
async function sameWhereverKilled(
  prepare: () => Promise<string[]>,
  work: (station: Station, ids: readonly string[]) => Promise<unknown>,
  recover: (ids: readonly string[]) => Promise<unknown> = restart,
): Promise<void> {
  const whole = await prepare();
  await work(at.station, whole);
  await recover(whole);
  const expected = await said(whole);
  let time = 0;
  const statements = await killedEverywhere(at.station, async ({ dies }) => {
    const ids = await prepare();
    await dies((station) => work(station, ids));
    await recover(ids);
    assert.deepEqual(await said(ids), expected, `killed after ${time} statements`);
    time += 1;
  });
  assert.ok(statements >= 3, `${statements} statements`);
}

test("a report is linked, assessed, paged for and raises its person's other report once, wherever its work-up is killed", async () => {
  await sameWhereverKilled(
    async () => {
      const account = randomUUID();
      const calm = await reportOf([suspect(account, "192.0.2.45")]);
      await restart();
      return [calm, await reportOf([suspect(account, "192.0.2.54")], [flagged("threat-to-life")])];
    },
    (station, ids) => workUp(station, { reportId: ids[1] ?? "" }),
  );
});

test("a claim that a person adds counts once, wherever adding it is killed", async () => {
  const claim = {
    about: { kind: "report" as const },
    states: { kind: "flag" as const, flag: "grooming" as const, value: true },
  };
  await sameWhereverKilled(
    async () => {
      const account = randomUUID();
      const ids = [
        await reportOf([suspect(account, "192.0.2.45")]),
        await reportOf([suspect(account, "192.0.2.46")]),
      ];
      await restart();
      return ids;
    },
    (station, ids) => addClaim(station, ids[1] ?? "", claim, lead),
    async (ids) => {
      await restart();
      // Whoever was told that it failed, and sees that it is not there, adds it again.
      const { rows } = await at.station.db.pool.query(
        "select from claim where report_id = $1 and made_by is not null",
        [ids[1]],
      );
      if (rows.length === 0) await addClaim(at.station, ids[1] ?? "", claim, lead);
      await restart();
    },
  );
});

test("a claim's own job is gone once what it calls for is done, and another's stays", async () => {
  const id = await reportOf([suspect(randomUUID(), "192.0.2.45")]);
  await restart();
  const other = `work-up:${id}:another`;
  const { pool } = at.station.db;
  await pool.query("select graphile_worker.add_job('work-up', $1::json, job_key := $2)", [
    JSON.stringify({ reportId: id }),
    other,
  ]);
  const claim = {
    about: { kind: "report" as const },
    states: { kind: "flag" as const, flag: "grooming" as const, value: true },
  };
  await addClaim(at.station, id, claim, lead);
  const { rows } = await pool.query("select key from graphile_worker.jobs where key like $1", [
    `work-up:${id}%`,
  ]);
  assert.deepEqual(rows, [{ key: other }]);
});

test("a person's lowering holds once, wherever it is killed", async () => {
  const lowering = { tier: "R5" as const, reason: "Both are of the same age and said so." };
  await sameWhereverKilled(
    async () => {
      const id = await reportOf([suspect(randomUUID(), "192.0.2.45")], [flagged("grooming")]);
      await restart();
      return [id];
    },
    (station, [id = ""]) => lowerUrgency(station, id, lowering, lead),
    async ([id = ""]) => {
      await restart();
      const { rows } = await at.station.db.pool.query("select from urgency_decision where report_id = $1", [
        id,
      ]);
      if (rows.length === 0) await lowerUrgency(at.station, id, lowering, lead);
    },
  );
});

test("an answer counts once, wherever writing it down is killed", async () => {
  const requests = new Map<string, string>();
  const answer = (id: string, station: Station) =>
    recordAnswer(
      station,
      { reportId: id, requestId: requests.get(id) ?? "" },
      {
        whole: true,
        provider: "Example Chat",
        receivedAt: new Date(now).toISOString(),
        claims: [],
        events: [
          {
            person: "suspect-1",
            kind: "upload",
            time: exampleEvent().moment?.raw ?? "",
            address: CARRIER_NAT,
            port: 40_123,
          },
        ],
      },
      lead,
    );
  await sameWhereverKilled(
    async () => {
      const file = testFile();
      const claims: Claim[] = [
        { about: { kind: "evidence", id: file.id }, source: SENDER, states: aFlag("viewed-in-full") },
      ];
      const id = await accepted(sender, [file], {
        persons: [suspect(randomUUID(), CARRIER_NAT)],
        claims,
        sender: aPlatform(),
      });
      await restart();
      const words = {
        subject: "The port",
        body: "Which port was it?",
        necessity: "Nothing less leads to them.",
      };
      const requestId = await draftRequest(at.station, id, { rule: "source-port", ...words }, lead);
      const sent = {
        to: "law.enforcement@chat.example",
        at: new Date(now).toISOString(),
        way: "portal" as const,
      };
      await markSent(at.station, { reportId: id, requestId }, sent, lead);
      requests.set(id, requestId);
      return [id];
    },
    (station, [id = ""]) => answer(id, station),
    async ([id = ""]) => {
      await restart();
      const { rows } = await at.station.db.pool.query("select from request_answer where report_id = $1", [
        id,
      ]);
      if (rows.length === 0) await answer(id, at.station);
    },
  );
});

test("a child's authority is decided on, told and answered once, wherever a step is killed", async () => {
  const steps = async (station: Station, id: string) => {
    const decided = {
      step: "decide" as const,
      authority: "example-helpline",
      reason: "A child may need help.",
    };
    const { rows } = await at.station.db.pool.query<{ id: string; state: string }>(
      "select id, state from safeguarding_referral where report_id = $1",
      [id],
    );
    const referral = rows[0]?.id ?? (await takeStep(station, id, decided, lead)) ?? "";
    const state = rows[0]?.state ?? "decided";
    if (state === "decided")
      await takeStep(station, id, { step: "told", referral, how: "telephone", takenBy: "A. Example" }, lead);
    if (state !== "acknowledged")
      await takeStep(station, id, { step: "answered", referral, answeredBy: "A. Example" }, lead);
  };
  await sameWhereverKilled(
    async () => {
      const id = await reportOf([
        exampleVictim({
          identifiers: [exampleIdentifier("account", randomUUID(), { platform: "Example Chat" })],
        }),
      ]);
      await restart();
      return [id];
    },
    (station, [id = ""]) => steps(station, id),
    async ([id = ""]) => {
      await restart();
      await steps(at.station, id);
      await reassess(at.station, id);
    },
  );
});

test("a page goes to each stage once and out under one name, wherever passing it on is killed", async () => {
  const got: string[] = [];
  const fetch: Station["fetch"] = async (_, sent) => {
    const { page, audience } = JSON.parse(typeof sent?.body === "string" ? sent.body : "{}") as {
      page: string;
      audience: string;
    };
    got.push(`${page} ${audience}`);
    return new Response();
  };
  const pageOf = async (id: string) => {
    const { rows } = await at.station.db.pool.query<{ id: string }>(
      "select id from page where report_id = $1",
      [id],
    );
    return rows[0]?.id ?? "";
  };
  const calls = async (page: string) =>
    (
      await at.station.db.pool.query<{ audience: string; state: string }>(
        "select audience, state from page_call where page_id = $1 order by due_at",
        [page],
      )
    ).rows.map(({ audience, state }) => `${audience} ${state}`);
  const expected: string[] = [];
  await sameWhereverKilled(
    async () => {
      const id = await reportOf([], [flagged("live-abuse")]);
      await restart();
      return [id];
    },
    async (station, [id = ""]) => {
      const page = await pageOf(id);
      now += 60 * MINUTE_MS;
      await advancePage({ ...station, fetch }, { pageId: page });
    },
    async ([id = ""]) => {
      const page = await pageOf(id);
      // The queue does it again, the second time when a call that was under way must have ended.
      for (let again = 0; again < 2; again += 1) {
        now += MINUTE_MS;
        await advancePage({ ...at.station, fetch }, { pageId: page });
      }
      await at.station.db.pool.query("delete from graphile_worker._private_jobs where key = $1", [
        `advance-page:${page}`,
      ]);
      const ended = await calls(page);
      if (expected.length === 0) expected.push(...ended);
      assert.deepEqual(ended, expected);
      for (const call of ended) {
        assert.match(call, / told$/);
        const times = got.filter((name) => name === `${page} ${call.split(" ", 1)[0]}`).length;
        assert.ok(times === 1 || times === 2, `${call}: ${times}`);
      }
    },
  );
});
