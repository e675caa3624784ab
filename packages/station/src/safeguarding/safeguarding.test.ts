import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { caseOf, safeguardingOf } from "@fairlead/assessment";
import {
  arbitraryReport,
  exampleEvent,
  exampleIdentifier,
  exampleSuspect,
} from "@fairlead/assessment/testing";
import type { Flag } from "@fairlead/report";
import * as fc from "fast-check";
import { groundOf } from "../assessment/context.ts";
import { assessReport } from "../assessment/index.ts";
import type { QueuePage, SafeguardingList } from "../desk-api/contract.ts";
import { type ChildDesk, childDesk, LEEDS, NATIONAL, said } from "../testing/child-desk.ts";
import type { TestDesk } from "../testing/desk.ts";
import { testFile, testReport, type TestSender } from "../testing/report.ts";
import { endOfFile, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { catchUpSafeguarding } from "./catch-up.ts";

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
const end = endOfFile();
let now = Date.parse("2026-11-20T10:00:00Z");
let at: TestStation;
let sender: TestSender;
let desk: TestDesk;
let reported: ChildDesk["reported"];
let ask: ChildDesk["ask"];
let refer: ChildDesk["refer"];
let get: ChildDesk["get"];
let counts: ChildDesk["counts"];
before(async () => {
  ({ at, sender, desk, reported, ask, refer, get, counts } = await childDesk(end, () => now));
});

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
