import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { caseOf, safeguardingOf } from "@fairlead/assessment";
import {
  aFlag,
  arbitraryReport,
  exampleEvent,
  exampleIdentifier,
  exampleSuspect,
  exampleVictim,
  SENDER,
} from "@fairlead/assessment/testing";
import type { Claim, Flag, Report } from "@fairlead/report";
import * as fc from "fast-check";
import { groundOf } from "../assessment/context.ts";
import { assessReport } from "../assessment/index.ts";
import type { QueuePage, ReportView } from "../desk-api/contract.ts";
import type { SafeguardingList } from "../desk-api/contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, testReport, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { catchUpSafeguarding } from "./catch-up.ts";

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
const LEEDS = {
  id: "example-city-council",
  name: "Example City Council, front door for children",
  areas: ["west-yorkshire"],
  contact: { telephone: "01632 960001", outOfHours: "01632 960002" },
};
const NATIONAL = {
  id: "example-national-helpline",
  name: "Example National Helpline",
  areas: ["GB"],
  contact: { telephone: "01632 960003" },
};
const end = endOfFile();
let now = Date.parse("2026-11-20T10:00:00Z");
let at: TestStation;
let sender: TestSender;
let desk: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"], safeguarding: { authorities: [NATIONAL, LEEDS] } },
    clock: () => now,
  });
  sender = await testSender(at);
  desk = await deskOf(at, "reviewer");
});

const said = (...flags: Flag[]): Claim[] =>
  flags.map((name) => ({ about: { kind: "report" }, source: SENDER, states: aFlag(name) }));
const child = exampleVictim({
  identifiers: [exampleIdentifier("account", `kite-${now}`, { platform: "Example Chat" })],
  places: [
    { basis: "declared", addressKind: "home", postcode: "LS1 4AP", country: "GB", verified: "unknown" },
  ],
});

async function reported(parts: Partial<Report> = {}): Promise<string> {
  const id = await accepted(sender, [], { persons: [child], ...parts });
  await workUp(at.station, { reportId: id });
  return id;
}
async function ask(path: string, body: object): Promise<ReportView> {
  const response = await desk.request("POST", `/api/reports/${path}`, body);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return await desk.report(path.split("/")[0] ?? "");
}
const refer = async (id: string, authority = LEEDS.id) =>
  await ask(`${id}/safeguarding`, { step: "decide", authority, reason: "A child may need help." });
const get = async <T>(path: string) => (await (await desk.request("GET", path)).json()) as T;
const counts = async () => (await get<QueuePage>("/api/queue")).counts.children;

describe("what a report means for a child", () => {
  test("is what the pure function says of the same data, for any report", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryReport, async (report) => {
        const { evidence } = report;
        const files = evidence.flatMap(({ id, kind }) => (kind === "file" ? [testFile({ id })] : []));
        const response = await sender.send(
          {
            ...testReport(files),
            ...report,
            references: testReport([]).references,
            evidence: testReport(files).evidence,
          },
          files,
        );
        // Not each arbitrary report passes the door, which knows more of what fits together.
        if (response.status !== 201) return;
        const { id } = (await response.json()) as { id: string };
        await assessReport(at.station, id);
        const ground = await groundOf(at.station, id);
        assert.ok(ground !== undefined);
        // Nothing went before it.
        const context = { ...ground.context, previousTier: undefined };
        const the = caseOf(ground.report, ground.claims, context, at.station.rules, now);
        const expected: unknown = JSON.parse(JSON.stringify(safeguardingOf(the)));
        assert.deepEqual(ground.safeguarding, expected);
        // Nor does it change by being looked at again, though the tier of the report may have been raised by a clock.
        await assessReport(at.station, id);
        assert.deepEqual((await groundOf(at.station, id))?.safeguarding, expected);
        const { lane } = (await desk.report(id)).entry;
        assert.equal(lane, safeguardingOf(the).lane.lane);
      }),
      { numRuns: 20 },
    );
  });

  test("stands on the report's page with its own clock, and the authority of the child's area first", async () => {
    const id = await reported();
    const { safeguarding } = await desk.report(id);
    assert.equal(safeguarding?.state, "undecided");
    assert.equal(safeguarding.dueAt, iso(now + 72 * HOUR_MS));
    assert.equal(safeguarding.area.agency, "west-yorkshire");
    assert.deepEqual(
      safeguarding.authorities.map(({ id: authority, fit }) => [authority, fit]),
      [
        [LEEDS.id, "area"],
        [NATIONAL.id, "country"],
      ],
    );
  });

  test("is due sooner when it becomes more pressing, for a referral that nobody has told yet too, and never later", async () => {
    const id = await reported();
    await refer(id);
    const received = now;
    now += HOUR_MS;
    const states = { kind: "flag", flag: "sextortion", value: true };
    const view = await ask(`${id}/claims`, { about: { kind: "report" }, states });
    const due = iso(received + 24 * HOUR_MS);
    assert.equal(view.safeguarding?.dueAt, due);
    assert.deepEqual(
      [view.safeguarding.referrals[0]?.dueAt, view.safeguarding.referrals[0]?.urgency],
      [due, "harm"],
    );
  });
});

describe("a child's clock", () => {
  test("is not hurried because data about the suspect will soon be gone, however often it is looked at", async () => {
    const long = iso(now - 355 * 24 * HOUR_MS);
    const suspect = exampleSuspect({
      identifiers: [exampleIdentifier("account", "old-kite", { platform: "Example Chat" })],
      events: [exampleEvent({ moment: { raw: long, at: long, zone: "stated" } })],
    });
    const id = await reported({ persons: [suspect], claims: said("grooming") });
    await workUp(at.station, { reportId: id });
    const states = { kind: "flag", flag: "commercial", value: true };
    await desk.request("POST", `/api/reports/${id}/claims`, { about: { kind: "report" }, states });
    await workUp(at.station, { reportId: id });
    const { entry, safeguarding } = await desk.report(id);
    assert.equal(entry.tier, "R2", "the clock has raised the report");
    assert.equal(safeguarding?.urgency, "help");
  });

  test("is never put back", async () => {
    const id = await reported();
    const early = iso(now - HOUR_MS);
    await at.station.db.pool.query("update safeguarding set due_at = $2 where report_id = $1", [id, early]);
    const states = { kind: "flag", flag: "grooming", value: true };
    await ask(`${id}/claims`, { about: { kind: "report" }, states });
    assert.equal((await desk.report(id)).safeguarding?.dueAt, early);
  });
});

describe("a referral for a child", () => {
  test("goes from a decision to the authority's answer, each step with who and when and a leaf", async () => {
    const id = await reported();
    const [referral] = (await refer(id)).safeguarding?.referrals ?? [];
    assert.equal(referral?.decided.by, "Test reviewer");
    now += HOUR_MS;
    const step = { referral: referral?.id };
    await ask(`${id}/safeguarding`, {
      ...step,
      step: "told",
      how: "telephone",
      takenBy: "Duty desk, R. Example",
      reference: "EX-17",
    });
    now += HOUR_MS;
    const view = await ask(`${id}/safeguarding`, {
      ...step,
      step: "answered",
      answeredBy: "R. Example",
      answer: "They will visit.",
    });
    assert.equal(view.safeguarding?.state, "acknowledged");
    const [done] = view.safeguarding.referrals;
    assert.deepEqual(done?.told, {
      by: "Test reviewer",
      at: iso(now - HOUR_MS),
      how: "telephone",
      takenBy: "Duty desk, R. Example",
      reference: "EX-17",
      late: false,
    });
    assert.equal(done.acknowledged?.answer, "They will visit.");
    assert.deepEqual(
      view.history.map(({ kind }) => kind).filter((kind) => kind.startsWith("safeguarding.")),
      ["safeguarding.decided", "safeguarding.told", "safeguarding.acknowledged"],
    );
    // No word of what people wrote or of the child is in a leaf.
    const { rows } = await at.station.db.pool.query<{ body: object }>(
      "select body from leaf where report_id = $1 and kind like 'safeguarding.%'",
      [id],
    );
    assert.doesNotMatch(JSON.stringify(rows), /Example,|visit|EX-17|help/);
  });

  test("waits for nothing on the arrest side: a closed report's child is referred, and still counts until somebody is told", async () => {
    const id = await reported();
    await ask(`${id}/outcomes`, { kind: "no-further-action", reason: "no-suspect-identified" });
    const before = await counts();
    const view = await refer(id);
    assert.equal(view.entry.status, "closed");
    assert.equal((await counts())?.open, before?.open);
    await ask(`${id}/safeguarding`, {
      step: "told",
      referral: view.safeguarding?.referrals[0]?.id,
      how: "portal",
      takenBy: "Portal",
    });
    assert.equal((await counts())?.open, (before?.open ?? 0) - 1);
  });

  test("is decided once, however often it is asked for at the same time, and again after it was withdrawn", async () => {
    const id = await reported();
    const views = await Promise.all([refer(id), refer(id), refer(id)]);
    assert.equal((await desk.report(id)).safeguarding?.referrals.length, 1);
    const referral = views[0]?.safeguarding?.referrals[0]?.id ?? "";
    const back = await ask(`${id}/safeguarding`, {
      step: "withdraw",
      referral,
      reason: "Decided for the wrong council.",
    });
    assert.equal(back.safeguarding?.state, "undecided");
    assert.equal((await refer(id)).safeguarding?.referrals.length, 2);
    for (let again = 0; again < 6; again += 1) await refer(id);
    assert.equal((await desk.report(id)).safeguarding?.referrals.length, 2);
  });

  test("is as far as the least advanced of a report's two", async () => {
    const id = await reported();
    const first = (await refer(id)).safeguarding?.referrals[0]?.id ?? "";
    await refer(id, NATIONAL.id);
    const view = await ask(`${id}/safeguarding`, {
      step: "told",
      referral: first,
      how: "telephone",
      takenBy: "Duty desk",
    });
    assert.equal(view.safeguarding?.state, "decided");
  });

  test("cannot be told twice, answered before it was told, or taken back from an authority that has it", async () => {
    const id = await reported();
    const referral = (await refer(id)).safeguarding?.referrals[0]?.id ?? "";
    const path = `/api/reports/${id}/safeguarding`;
    const told = { step: "told", referral, how: "telephone", takenBy: "Duty desk" };
    const refused = async (step: string, body: object) =>
      (await problemOf(await desk.request("POST", path, { step, referral, ...body }), 409)).detail;
    assert.match(await refused("answered", { answeredBy: "Duty desk" }), /nobody has told/);
    const both = await Promise.all([1, 2].map(async () => await desk.request("POST", path, told)));
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    await desk.request("POST", path, { step: "answered", referral, answeredBy: "Duty desk" });
    assert.match(await refused("withdraw", { reason: "The wrong council." }), /acknowledged/);
    await problemOf(await desk.request("POST", `/api/reports/${await reported()}/safeguarding`, told), 404);
  });

  test("goes to no authority that the configuration does not name today", async () => {
    const id = await reported();
    const body = { step: "decide", authority: "nobody", reason: "A child may need help." };
    await problemOf(await desk.request("POST", `/api/reports/${id}/safeguarding`, body), 422);
  });

  test("can be decided before the report has been assessed, and is found again by the assessment", async () => {
    const id = await accepted(sender, [], { persons: [child] });
    await refer(id);
    await workUp(at.station, { reportId: id });
    assert.equal((await desk.report(id)).safeguarding?.state, "decided");
  });

  test("makes every assessment look anew that began before it", async () => {
    const id = await reported();
    const before = await groundOf(at.station, id);
    await refer(id);
    assert.notEqual((await groundOf(at.station, id))?.assessedAt, before?.assessedAt);
  });

  test("stays decided when an assessment began before the decision and ends after it", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await reported();
      await Promise.all([
        refer(id),
        ask(`${id}/claims`, {
          about: { kind: "report" },
          states: { kind: "flag", flag: "grooming", value: true },
        }),
        ask(`${id}/claims`, {
          about: { kind: "report" },
          states: { kind: "flag", flag: "coercion", value: true },
        }),
      ]);
      assert.equal((await desk.report(id)).safeguarding?.state, "decided");
    }
  });
});

describe("a decision that no referral is needed", () => {
  test("holds until something new is said of a child", async () => {
    const id = await reported();
    const view = await ask(`${id}/safeguarding`, {
      step: "not-needed",
      reason: "Their school has told the council.",
    });
    assert.deepEqual([view.safeguarding?.state, view.safeguarding?.declined?.holds], ["declined", true]);
    await workUp(at.station, { reportId: id });
    assert.equal((await desk.report(id)).safeguarding?.state, "declined");
    const states = { kind: "flag", flag: "live-abuse", value: true };
    const after = await ask(`${id}/claims`, { about: { kind: "report" }, states });
    assert.deepEqual([after.safeguarding?.state, after.safeguarding?.declined?.holds], ["undecided", false]);
  });

  test("cannot be made while a referral stands", async () => {
    const id = await reported();
    await refer(id);
    const body = { step: "not-needed", reason: "Their school has told the council." };
    await problemOf(await desk.request("POST", `/api/reports/${id}/safeguarding`, body), 409);
  });
});

describe("what is overdue", () => {
  test("is counted over the queue and in the station's health, and stands first in the list, from the moment it is due", async () => {
    const id = await reported();
    const due = Date.parse((await desk.report(id)).safeguarding?.dueAt ?? "");
    // The person works on for days.
    await at.station.db.pool.query("update session set expires_at = 'infinity'");
    now = due - 1;
    const before = (await counts())?.overdue ?? 0;
    now = due;
    assert.ok(((await counts())?.overdue ?? 0) > before);
    const listed: SafeguardingList["entries"] = [];
    let after: string | undefined;
    do {
      const page = await get<SafeguardingList>(
        `/api/safeguarding?limit=2${after === undefined ? "" : `&after=${after}`}`,
      );
      listed.push(...page.entries);
      after = page.next;
    } while (after !== undefined);
    assert.equal(new Set(listed.map(({ report }) => report)).size, listed.length);
    const dues = listed.map(({ dueAt }) => Date.parse(dueAt));
    assert.deepEqual(
      dues,
      dues.toSorted((a, b) => a - b),
    );
    assert.equal(listed.find(({ report }) => report === id)?.overdue, true);
    const health = await get<{ checks: Array<{ id: string; state: string; count: number }> }>("/api/health");
    const check = health.checks.find((found) => found.id === "safeguarding-overdue");
    assert.deepEqual([check?.state, check?.count], ["red", (await counts())?.overdue]);
  });

  test("is not counted at a station that names no authority", async () => {
    const { safeguarding } = at.station.config;
    at.station.config = { ...at.station.config, safeguarding: { authorities: [] } };
    assert.equal(await counts(), undefined);
    at.station.config = { ...at.station.config, safeguarding };
  });
});

describe("the lane that puts safeguarding first", () => {
  const minor = exampleSuspect({
    identifiers: [exampleIdentifier("account", "minor-kite", { platform: "Example Chat" })],
    ageYears: 15,
    events: [],
  });

  test("is shown and filtered, in the queue's own order", async () => {
    const peers = await reported({ persons: [minor], claims: said("minor-to-minor") });
    const own = await reported({ persons: [], claims: said("possible-self-production") });
    const other = await reported({ persons: [] });
    const { entries } = await get<QueuePage>("/api/queue?lane=safeguarding-first&limit=200");
    const all = await get<QueuePage>("/api/queue?limit=200");
    assert.deepEqual(
      entries.map(({ id }) => id),
      all.entries.filter(({ lane }) => lane === "safeguarding-first").map(({ id }) => id),
    );
    const ids = new Set(entries.map(({ id }) => id));
    assert.deepEqual([ids.has(peers), ids.has(own), ids.has(other)], [true, true, false]);
    assert.ok(
      (await desk.report(peers)).safeguarding?.laneReasons.includes("It is said to be among children."),
    );
    assert.equal((await counts())?.lane, entries.length);
  });

  test("never lowers how urgent a report is", async () => {
    for (const flags of [["live-abuse"], ["sextortion"], ["grooming"], []] satisfies Flag[][]) {
      const plain = await reported({ persons: [], claims: said(...flags) });
      const peers = await reported({
        persons: [],
        claims: said("minor-to-minor", "possible-self-production", ...flags),
      });
      const tier = async (id: string) => (await desk.report(id)).entry.tier;
      assert.equal(await tier(peers), await tier(plain));
    }
  });
});

test("reports that were assessed by a version without safeguarding are assessed again at the start, and page nobody", async () => {
  const id = await reported({ claims: said("live-abuse") });
  const { pool } = at.station.db;
  for (const table of ["page_call", "page", "safeguarding"])
    await pool.query(
      table === "page_call" ? "delete from page_call" : `delete from ${table} where report_id = '${id}'`,
    );
  await catchUpSafeguarding(at.station);
  const { rows } = await pool.query("select 1 from graphile_worker.jobs where key = $1", [`work-up:${id}`]);
  assert.equal(rows.length, 1);
  await workUp(at.station, { reportId: id });
  const view = await desk.report(id);
  assert.equal(view.safeguarding?.state, "undecided");
  assert.deepEqual(view.pages, []);
});
