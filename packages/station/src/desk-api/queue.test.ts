import assert from "node:assert/strict";
import { before, test } from "node:test";
import { aFlag, daysAgo, exampleSuspect, SENDER } from "@fairlead/assessment/testing";
import type { Flag } from "@fairlead/report";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { assessReport } from "../assessment/index.ts";
import type { QueuePage } from "./contract.ts";

const end = endOfFile();
const FLAGS: Array<Flag | undefined> = [
  "spam",
  "grooming",
  "threat-to-life",
  undefined,
  "sextortion",
  "several-events",
  "grooming",
  undefined,
];
let at: TestStation;
let lead: TestDesk;
const unassessed: string[] = [];
const all: string[] = [];
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  lead = await deskOf(at, "lead");
  const sender = await testSender(at);
  for (const [index, flag] of [...FLAGS, ...FLAGS].entries()) {
    const id = await accepted(sender, [], {
      incident: { type: "abuse-material", occurred: daysAgo(10 + index) },
      persons: [exampleSuspect()],
      claims: flag === undefined ? [] : [{ about: { kind: "report" }, source: SENDER, states: aFlag(flag) }],
    });
    all.push(id);
    if (index < 14) await assessReport(at.station, id);
    else unassessed.push(id);
  }
});

async function page(query: string): Promise<QueuePage> {
  const response = await lead.request("GET", `/api/queue?${query}`);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as QueuePage;
}

async function walk(status: string, limit: number): Promise<string[]> {
  const seen: string[] = [];
  let after = "";
  for (;;) {
    const found = await page(`status=${status}&limit=${limit}${after}`);
    assert.ok(found.entries.length <= limit);
    seen.push(...found.entries.map(({ id }) => id));
    if (found.next === undefined) return seen;
    assert.ok(seen.length <= all.length, "the pages end");
    after = `&after=${encodeURIComponent(found.next)}`;
  }
}

test("the queue is in the order of assessment's key, with what nobody has assessed yet on top", async () => {
  const { entries } = await page("status=new&limit=200");
  assert.deepEqual(
    entries
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
    unassessed.toSorted(),
  );
  const { rows } = await at.station.db.pool.query<{ id: string; queue_key: string }>(
    "select id, queue_key from report where queue_key is not null",
  );
  const expected = rows.toSorted((a, b) => (a.queue_key < b.queue_key ? -1 : 1)).map(({ id }) => id);
  assert.deepEqual(
    entries.slice(2).map(({ id }) => id),
    expected,
  );
  const tiers = entries.slice(2).map(({ tier }) => tier ?? "");
  assert.deepEqual(tiers, tiers.toSorted());
  assert.ok(new Set(tiers).size >= 4);
});

test("pages of every size give every report once", async () => {
  const whole = (await page("status=new&limit=200")).entries.map(({ id }) => id);
  assert.deepEqual(whole.toSorted(), all.toSorted());
  for (const limit of [1, 3, 5, 16]) {
    assert.deepEqual(await walk("new", limit), whole, `pages of ${limit}`);
    assert.deepEqual((await walk("all", limit)).toSorted(), all.toSorted());
  }
});

test("a report that leaves the queue between two pages moves no other", async () => {
  const whole = (await page("status=new&limit=200")).entries.map(({ id }) => id);
  const first = await page("status=new&limit=5");
  await at.station.db.pool.query("update report set status = 'closed' where id = $1", [whole[2]]);
  const second = await page(`status=new&limit=200&after=${encodeURIComponent(first.next ?? "")}`);
  assert.deepEqual(
    second.entries.map(({ id }) => id),
    whole.slice(5),
  );
  assert.deepEqual(
    (await page("status=closed")).entries.map(({ id }) => id),
    [whole[2]],
  );
  await at.station.db.pool.query("update report set status = 'new' where id = $1", [whole[2]]);
});

test("the counts are those of the reports", async () => {
  await at.station.db.pool.query("update report set status = 'referred' where id = $1", [all[0]]);
  const { counts } = await page("limit=1");
  assert.deepEqual([counts.new, counts.referred, counts.closed, counts.waiting], [15, 1, 0, 0]);
  assert.equal(
    Object.values(counts.byTier).reduce((sum, n) => sum + n, 0),
    13,
    "new and assessed",
  );
  const entries = (await page("status=new&limit=200")).entries;
  for (const tier of ["R1", "R2", "R3", "R4", "R5"] as const)
    assert.equal(counts.byTier[tier], entries.filter((entry) => entry.tier === tier).length, tier);
  await at.station.db.pool.query("update report set status = 'new' where id = $1", [all[0]]);
});

test("a cursor that is none starts at the top or is refused, and never harms", async () => {
  const top = (await page("limit=3")).entries.map(({ id }) => id);
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const cursor of [
    "x",
    "%00",
    "bnVsbA",
    encoded([]),
    encoded([1, 2]),
    encoded(["", "-".repeat(36)]),
    encoded(["", "' or 1=1 --"]),
    encoded({}),
  ])
    assert.deepEqual(
      (await page(`limit=3&after=${cursor}`)).entries.map(({ id }) => id),
      top,
      cursor,
    );
  const nul = await lead.request("GET", `/api/queue?after=${encoded(["\u0000", all[0]])}`);
  assert.ok(nul.status === 200 || nul.status === 422, String(nul.status));
  for (const query of ["limit=0", "limit=201", "limit=x", "limit=1.5", "status=lost"])
    await problemOf(await lead.request("GET", `/api/queue?${query}`), 422);
});
