import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, beforeEach, test } from "node:test";
import { exampleEvent, exampleIdentifier, exampleSuspect, exampleVictim } from "@fairlead/assessment/testing";
import type { Person, Report } from "@fairlead/report";
import { addPerson } from "../access/index.ts";
import { decideLink, undoLinkDecision, unlinkReport } from "../linking/index.ts";
import { runJobs } from "../testing/jobs.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { assessNeighbours } from "./index.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let account: string;
let lead: { id: string; name: string; role: string };
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
  const added = await addPerson(at.station.db.kysely, "Kim Example", "lead", Date.now());
  lead = { ...added, name: "Kim Example", role: "lead" };
});
beforeEach(() => {
  account = randomUUID();
});

const eventAt = (address: string) => exampleEvent({ ip: { raw: address, address } });

/** The person of this test, seen at these addresses. */
function suspectAt(addresses: readonly string[], parts: Partial<Person> = {}): Person {
  const identifiers = [exampleIdentifier("account", account, { platform: "Example Chat" })];
  return exampleSuspect({ identifiers, events: addresses.map(eventAt), ...parts });
}

async function reportOf(persons: Person[], parts: Partial<Report> = {}): Promise<string> {
  const id = await accepted(sender, [], { persons, ...parts });
  await workUp(at.station, { reportId: id });
  return id;
}
const seenAt = (...addresses: string[]) => reportOf([suspectAt(addresses)]);

/** What a report's newest assessment takes for possibly mistyped, and how many it has. */
async function mistyped(id: string): Promise<[couldBe: string[], assessments: number]> {
  const { rows } = await at.station.db.pool.query<{ doubts: { code: string; couldBe: string[] }[] }>(
    "select result -> 'doubts' as doubts from assessment where report_id = $1 order by id",
    [id],
  );
  const found = (rows.at(-1)?.doubts ?? []).filter(({ code }) => code === "doubt.digits-transposed");
  return [found.flatMap(({ couldBe }) => couldBe), rows.length];
}

test("an address that a later report of the same person has with two digits exchanged is doubted in the earlier one too", async () => {
  const earlier = await seenAt("192.0.2.45");
  assert.deepEqual(await mistyped(earlier), [[], 1]);
  const later = await seenAt("192.0.2.54");
  assert.deepEqual(await mistyped(later), [["192.0.2.45"], 1]);
  assert.deepEqual(await mistyped(earlier), [["192.0.2.54"], 2]);
});

test("a report whose addresses nobody's resemble is not looked at again, however many come", async () => {
  const first = await seenAt("192.0.2.45");
  const stamp = () =>
    at.station.db.pool
      .query<{ assessed_at: string }>("select assessed_at from report where id = $1", [first])
      .then(({ rows }) => rows[0]?.assessed_at);
  const before = await stamp();
  for (const address of ["192.0.2.45", "192.0.2.46", "198.51.100.7"]) await seenAt(address);
  assert.equal(await stamp(), before);
  await seenAt("192.0.2.54");
  const doubted = await stamp();
  assert.notEqual(doubted, before);
  await seenAt("192.0.2.54");
  assert.equal(await stamp(), doubted, "the same address again is nothing new to it");
});

test("the doubt ends when the other turns out to be somebody else, and comes back when that was a mistake", async () => {
  const [one, two] = [await seenAt("192.0.2.45"), await seenAt("192.0.2.54")];
  const person = "suspect-1";
  const apart = await decideLink(
    at.station,
    one,
    {
      kind: "different",
      person,
      other: { report: two, person },
      reason: "Two sisters, who were both spoken to.",
    },
    lead,
  );
  await assessNeighbours(at.station, apart);
  for (const id of [one, two]) assert.deepEqual((await mistyped(id))[0], []);
  const { rows } = await at.station.db.pool.query<{ id: string }>(
    "select id from link_decision where a_report = any($1)",
    [[one, two]],
  );
  const back = await undoLinkDecision(
    at.station,
    one,
    rows[0]?.id ?? "",
    "It was one of them after all.",
    lead,
  );
  await assessNeighbours(at.station, back);
  assert.deepEqual((await mistyped(one))[0], ["192.0.2.54"]);
});

test("the doubt ends when the other report expires, by the job that its going leaves", async () => {
  const [one, two] = [await seenAt("192.0.2.45"), await seenAt("192.0.2.54")];
  await unlinkReport(at.station, two);
  await runJobs(at.station, {
    "assess-again": (station, { reportIds }) => assessNeighbours(station, reportIds),
  });
  assert.deepEqual((await mistyped(one))[0], []);
  const { rows } = await at.station.db.pool.query("select from report_address where report_id = $1", [two]);
  assert.equal(rows.length, 0, "its addresses are gone with its keys");
});

test("a child's addresses are held against nobody's, and those of an upload are compared", async () => {
  const child = exampleVictim({
    identifiers: [exampleIdentifier("account", randomUUID(), { platform: "Example Chat" })],
    events: [eventAt("192.0.2.45")],
  });
  const withChild = await reportOf([suspectAt(["198.51.100.9"]), child]);
  const file = testFile();
  const made = { persons: [suspectAt([])] };
  const uploaded = await accepted(sender, [file], made);
  await at.station.db.pool.query(
    "update report set content = jsonb_set(content, '{evidence,0,events}', $2::jsonb) where id = $1",
    [uploaded, JSON.stringify([eventAt("192.0.2.45")])],
  );
  await workUp(at.station, { reportId: uploaded });
  const later = await seenAt("192.0.2.54");
  assert.deepEqual(await mistyped(withChild), [[], 1]);
  const { rows } = await at.station.db.pool.query("select read_addresses from report where id = $1", [
    withChild,
  ]);
  assert.deepEqual(rows, [{ read_addresses: null }]);
  assert.deepEqual((await mistyped(uploaded))[0], ["192.0.2.54"]);
  // What came with a file is nobody's in particular: it is compared, and held against no other report.
  assert.deepEqual((await mistyped(later))[0], []);
});

test("the five reports of a person raise no more assessments than their addresses give cause for", async () => {
  const ids: string[] = [];
  for (const address of ["192.0.2.45", "192.0.2.54", "192.0.2.45", "192.0.2.54", "203.0.113.8"])
    ids.push(await seenAt(address));
  const counts = await Promise.all(ids.map(async (id) => (await mistyped(id))[1]));
  assert.deepEqual(counts, [2, 1, 1, 1, 1]);
});
