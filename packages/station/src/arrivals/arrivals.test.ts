import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, beforeEach, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import type { QueuePage, ReportView } from "../desk-api/contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import {
  formOf,
  testFile,
  type TestFile,
  testReport,
  testSender,
  type TestSender,
} from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { noteArrivals, wakeNoteArrivals } from "./index.ts";

const DAY_MS = 86_400_000;
const end = endOfFile();
let now = Date.parse("2026-11-20T12:00:00Z");
let at: TestStation;
let one: TestSender;
let two: TestSender;
let lead: TestDesk;
before(async () => {
  // Without workers: each step is made by hand.
  at = await startTestStation(end, {
    id: "example-chat",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake", "desk"] },
  });
  [one, two] = [await testSender(at), await testSender(at)];
  lead = await deskOf(at, "lead");
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});
beforeEach(async () => {
  await at.station.db.pool.query("update report set status = 'closed'");
});

interface Telling {
  by?: TestSender;
  account?: string;
  file?: TestFile | undefined;
  second?: number;
  references?: Report["references"];
  more?: Partial<Report>;
}

const EVENT = Date.parse("2026-11-10T08:00:00Z");
const called = (value: string) => ({ kind: "this-report" as const, issuer: "Example Platform", value });
const names = (value: string, issuer = "Example Platform") => ({
  kind: "prior-report" as const,
  issuer,
  value,
});

/** Hands a telling in and works it up, as the next hour comes. */
async function tell({
  by = one,
  account = "1",
  file,
  second = 0,
  references,
  more = {},
}: Telling): Promise<string> {
  const id = await handIn({ by, account, file, second, ...(references && { references }), more });
  await workUp(at.station, { reportId: id });
  return id;
}

async function handIn({ by = one, account = "1", file, second = 0, references, more = {} }: Telling) {
  now += 3_600_000;
  const raw = new Date(EVENT + second * 1000).toISOString();
  const files = file === undefined ? [] : [{ ...file, id: randomUUID() as TestFile["id"] }];
  const identifiers = [exampleIdentifier("account", account, { platform: "Example Chat" })];
  const report = testReport(files, {
    incident: { type: "abuse-material", occurred: { raw, at: raw, zone: "stated", offset: "Z" } },
    persons: [exampleSuspect({ identifiers, events: [] })],
    references: references ?? [called(`case-${randomUUID()}`)],
    ...more,
  });
  const response = await fetch(`${at.url}/door/reports`, {
    method: "POST",
    headers: { authorization: by.authorization },
    body: formOf(report, files),
  });
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { id: string }).id;
}

const queue = async (status = "new") =>
  (await (await lead.request("GET", `/api/queue?status=${status}&limit=200`)).json()) as QueuePage;
const queued = async () => (await queue()).entries.map(({ id }) => id);
const related = async (id: string) =>
  (await lead.report(id)).arrivals.members.map(({ report, relation }) => [report, relation]);
const decide = async (id: string, body: object) =>
  await lead.request("POST", `/api/reports/${id}/arrival-decisions`, { reason: "It says so.", ...body });
async function close(id: string): Promise<void> {
  const body = { kind: "no-further-action", reason: "not-an-offence" };
  const response = await lead.request("POST", `/api/reports/${id}/outcomes`, body);
  assert.equal(response.status, 200, await response.text());
}

test("the same report by two accounts is one row, and what was decided about one is seen on the other", async () => {
  const file = testFile();
  const first = await tell({ file });
  const second = await tell({ file, by: two });
  assert.deepEqual(await queued(), [first]);
  const page = await queue();
  assert.deepEqual([page.entries[0]?.arrivals, page.counts.new, page.counts.behind], [2, 1, 1]);
  assert.deepEqual(await related(second), [
    [second, "this"],
    [first, "same"],
  ]);
  assert.deepEqual(
    (await queue("behind")).entries.map(({ id }) => id),
    [second],
  );
  await close(first);
  assert.deepEqual(await queued(), [], "the work is done once");
  const { members } = (await lead.report(second)).arrivals;
  assert.deepEqual([members[1]?.status, members[1]?.outcomes], ["closed", ["no-further-action"]]);
  const all = (await queue("all")).entries.map(({ id }) => id);
  assert.ok(all.includes(second), "and nothing is in no list");
  const history = (await lead.report(second)).history.map(({ kind }) => kind);
  assert.ok(history.includes("arrival.joined"));
});

test("a copy that is more urgent than what was decided is in the queue again", async () => {
  const file = testFile();
  const first = await tell({ file });
  await close(first);
  const second = await tell({ file, by: two });
  await at.station.db.pool.query("update report set tier = 5 where id = $1", [first]);
  await at.station.db.pool.query("update report set tier = 1 where id = $1", [second]);
  assert.deepEqual(await queued(), [second]);
});

test("an addition is not hidden behind a copy that is done with, however early that copy would stand", async () => {
  const file = testFile();
  const number = `case-${randomUUID()}`;
  const first = await tell({ file, account: "70", references: [called(number)] });
  const copy = await tell({ file, account: "70", by: two });
  await close(first);
  const addition = await tell({
    account: "70",
    second: 9,
    references: [called(randomUUID()), names(number)],
  });
  // As if the copy stood before the addition, were it in the queue at all.
  await at.station.db.pool.query(
    "update report set queue_key = (case id when $1 then '1' else '2' end)::text where id in ($1, $2)",
    [copy, addition],
  );
  assert.deepEqual(await queued(), [addition]);
});

test("a person parts one: it stands by itself, what it held together falls apart, and taking it back joins them", async () => {
  const file = testFile();
  const number = called(`shared-${randomUUID()}`);
  const told = { file, by: two, account: "9" };
  const a = await tell({ file, account: "9", references: [called(randomUUID())] });
  const b = await tell({ ...told, references: [called(randomUUID()), number] });
  const c = await tell({ ...told, second: 30, by: one, references: [called(randomUUID()), number] });
  assert.deepEqual(
    (await related(a)).map(([id]) => id),
    [a, b, c],
  );
  await problemOf(await decide(a, { kind: "different", other: c }), 409);
  assert.equal((await decide(b, { kind: "apart" })).status, 200);
  for (const id of [a, b, c]) assert.deepEqual(await related(id), [[id, "this"]]);
  assert.deepEqual((await lead.report(b)).arrivals.maybe, [], "nobody is asked again about what they parted");
  assert.deepEqual((await queued()).toSorted(), [a, b, c].toSorted());
  await problemOf(await decide(b, { kind: "apart" }), 409);
  for (const id of [a, b, c]) {
    await workUp(at.station, { reportId: id });
    assert.ok((await lead.report(id)).history.some(({ kind }) => kind === "arrival.decided"));
  }
  assert.equal((await related(b)).length, 1, "working a report up again joins nobody whom a person parted");
  const [decision] = (await lead.report(b)).arrivals.decisions;
  const undo = `/api/reports/${b}/arrival-decisions/${decision?.id}/undo`;
  assert.equal((await lead.request("POST", undo, { reason: "It is." })).status, 200);
  assert.deepEqual(
    (await related(a)).map(([id]) => id),
    [a, b, c],
  );
  await problemOf(await lead.request("POST", undo, { reason: "Twice." }), 409);
});

test("what matches in part is suggested, and joined or dismissed by a person", async () => {
  const file = testFile();
  const first = await tell({ file, account: "20" });
  const second = await tell({ file, account: "20", second: 40, by: two });
  assert.deepEqual((await queued()).length, 2);
  const maybe = async (id: string) => (await lead.report(id)).arrivals.maybe.map(({ report }) => report);
  assert.deepEqual([await maybe(first), await maybe(second)], [[second], [first]]);
  assert.equal((await decide(second, { kind: "different", other: first })).status, 200);
  assert.deepEqual([await maybe(first), await maybe(second)], [[], []]);
  const [decision] = (await lead.report(first)).arrivals.decisions;
  await lead.request("POST", `/api/reports/${first}/arrival-decisions/${decision?.id}/undo`, {
    reason: "Yes.",
  });
  assert.equal((await decide(second, { kind: "same", other: first })).status, 200);
  assert.deepEqual(await related(first), [
    [first, "this"],
    [second, "same"],
  ]);
  assert.equal((await queued()).length, 1);
});

test("an amendment says field by field what it adds, and is work of its own once the first was decided", async () => {
  const file = testFile();
  const number = `case-${randomUUID()}`;
  const first = await tell({ file, account: "30", references: [called(number)] });
  const { number: ours } = (await lead.report(first)).entry;
  const mail = exampleIdentifier("email", "kite@example.com");
  const later = await tell({
    account: "30",
    second: 99,
    references: [called(randomUUID()), names(ours, "Test example-chat")],
    more: {
      persons: [
        exampleSuspect({
          identifiers: [exampleIdentifier("account", "30", { platform: "Example Chat" }), mail],
          events: [],
        }),
      ],
    },
  });
  assert.equal((await queued()).length, 1, "both open: one thing to work on");
  const page: ReportView = await lead.report(first);
  assert.deepEqual(
    page.arrivals.members.map(({ relation, names: named }) => [relation, named]),
    [
      ["this", []],
      ["adds", [ours]],
    ],
  );
  const [amendment] = page.arrivals.amendments;
  assert.deepEqual([amendment?.report, amendment?.to.report], [later, first]);
  const changes = amendment?.changes.map(({ kind, field, after }) => [kind, field, after ?? ""]);
  assert.deepEqual(changes, [
    ["changed", "occurred", new Date(EVENT + 99_000).toISOString()],
    ["added", "identifier", "email kite@example.com"],
    ["added", "reference", `Test example-chat ${ours}`],
    ["gone", "file", ""],
  ]);
  await close(first);
  assert.deepEqual(await queued(), [later], "what was added since is not decided with it");
});

test("an amendment that comes before its original waits for it by its reference", async () => {
  const number = `case-${randomUUID()}`;
  const later = await tell({ account: "40", references: [called(randomUUID()), names(number)] });
  assert.deepEqual((await lead.report(later)).arrivals.awaited, [`Example Platform ${number}`]);
  const stranger = await tell({ account: "40", second: 500, by: two, references: [called(number)] });
  assert.deepEqual(
    await related(stranger),
    [[stranger, "this"]],
    "another sender's number is another number",
  );
  const first = await tell({ account: "40", second: 600, references: [called(number)] });
  assert.deepEqual((await lead.report(later)).arrivals.awaited, []);
  assert.deepEqual(await related(first), [
    [first, "this"],
    [later, "adds"],
  ]);
});

test("an arrival that is 400 days late, over the year's border, is taken, joined and marked with how late it is", async () => {
  const before = now;
  const file = testFile();
  const number = `case-${randomUUID()}`;
  try {
    now = Date.parse("2026-12-31T22:59:59.999Z");
    const first = await tell({ file, account: "50", references: [called(number)] });
    await close(first);
    now = Date.parse("2026-12-31T22:59:59.999Z") + 400 * DAY_MS;
    const copy = await tell({ file, account: "50", by: two });
    const amendment = await tell({
      account: "50",
      second: 10,
      references: [called(randomUUID()), names(number)],
    });
    const { members } = (await lead.report(copy)).arrivals;
    assert.deepEqual(
      members.map(({ report, relation }) => [report, relation]),
      [
        [copy, "this"],
        [first, "same"],
        [amendment, "related"],
      ],
    );
    assert.deepEqual(members[0]?.late, { days: 451, since: "event" });
    assert.deepEqual(members[1]?.late, { days: 51, since: "event" });
    const again = (await lead.report(amendment)).arrivals.members;
    assert.deepEqual(again[0]?.late, { days: 451, since: "event" });
    assert.deepEqual(await queued(), [amendment]);
    const { assessment, entry } = await lead.report(amendment);
    assert.ok(assessment !== undefined && entry.tier !== undefined);
  } finally {
    now = before + 3_600_000;
  }
});

test("reports from before anybody looked for arrivals are noted when the station starts", async () => {
  const file = testFile();
  const first = await tell({ file, account: "60" });
  await at.station.db.pool.query("delete from arrival_key");
  await at.station.db.pool.query("update report set arrivals_noted = false, same_as = null, matter = null");
  await wakeNoteArrivals(at.station);
  const { rows } = await at.station.db.pool.query(
    "select from graphile_worker.jobs where key = 'note-arrivals:all'",
  );
  assert.equal(rows.length, 1);
  await noteArrivals(at.station);
  const second = await tell({ file, account: "60", by: two });
  assert.deepEqual(
    (await related(second)).map(([id]) => id),
    [second, first],
  );
});
