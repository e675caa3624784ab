import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { exampleEvent, exampleIdentifier, exampleSuspect, exampleVictim } from "@fairlead/assessment/testing";
import type { Claim } from "@fairlead/report";
import type { Station } from "../context.ts";
import { accepted, testFile, type TestFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { linkReport } from "./link-report.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
before(async () => {
  // Without workers: each report is linked by hand.
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: {
      roles: ["intake"],
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "2001:db8::/32", country: "GB", network: "access" }],
      },
    },
  });
  sender = await testSender(at);
});

/** A report about somebody with an account of their own and this telephone, not linked yet. */
const reportOf = (phone: string, files: readonly TestFile[] = []) =>
  accepted(sender, files, {
    persons: [
      exampleSuspect({
        identifiers: [
          exampleIdentifier("account", randomUUID(), { platform: "Example Chat" }),
          exampleIdentifier("phone", phone, { verified: "yes" }),
        ],
        events: [],
      }),
    ],
  });

async function edgesOf(report: string): Promise<Array<{ other: string; kind: string; strength: string }>> {
  const { rows } = await at.station.db.pool.query<{ other: string; kind: string; strength: string }>(
    "select case a when $1 then b else a end as other, kind, strength from link where $1 in (a, b)",
    [report],
  );
  return rows;
}

async function keysOf(report: string): Promise<Array<{ id: string; kind: string; strength: string }>> {
  const { rows } = await at.station.db.pool.query<{ id: string; kind: string; strength: string }>(
    "select id, kind, detail ->> 'strength' as strength from linking_key where report_id = $1 order by id",
    [report],
  );
  return rows;
}

test("reports that are linked at the same time see each other", async () => {
  const reports = await Promise.all(Array.from({ length: 6 }, () => reportOf("+447700900101")));
  await Promise.all(reports.map((id) => linkReport(at.station, id)));
  for (const id of reports) {
    const edges = await edgesOf(id);
    assert.deepEqual(
      edges.map(({ other }) => other).toSorted(),
      reports.filter((other) => other !== id).toSorted(),
    );
    assert.ok(edges.every(({ kind, strength }) => kind === "phone" && strength === "strong"));
  }
});

test("a value that too many hold links nobody any more", async () => {
  const { rules } = at.station;
  const station: Station = { ...at.station, rules: { ...rules, linking: { ...rules.linking, dfCap: 3 } } };
  const reports: string[] = [];
  for (let holder = 0; holder < 5; holder += 1) {
    const id = await reportOf("+447700900102");
    await linkReport(station, id);
    reports.push(id);
  }
  const edges = await Promise.all(reports.map(async (id) => (await edgesOf(id)).length));
  assert.deepEqual(edges, [2, 2, 2, 0, 0]);
});

test("one holder who was reported many times is one holder", async () => {
  const { rules } = at.station;
  const station: Station = { ...at.station, rules: { ...rules, linking: { ...rules.linking, dfCap: 1 } } };
  const person = exampleSuspect({
    identifiers: [exampleIdentifier("account", randomUUID(), { platform: "Example Chat" })],
    events: [],
  });
  const reports: string[] = [];
  for (let time = 0; time < 4; time += 1) {
    const id = await accepted(sender, [], { persons: [person] });
    await linkReport(station, id);
    reports.push(id);
  }
  assert.equal((await edgesOf(reports[3] ?? "")).length, 3);
});

test("keys stay as they are when a report is linked again, and are replaced when a claim changes what they can do", async () => {
  const file = testFile();
  const id = await reportOf("+447700900103", [file]);
  await linkReport(at.station, id);
  const first = await keysOf(id);
  await linkReport(at.station, id);
  assert.deepEqual(await keysOf(id), first);
  const viral: Claim["states"] = { kind: "flag", flag: "viral", value: true };
  await at.station.db.kysely
    .insertInto("claim")
    .values({
      id: randomUUID(),
      report_id: id,
      about: JSON.stringify({ kind: "evidence", id: file.id }),
      source: JSON.stringify({ kind: "person", id: "p-1", role: "analyst" }),
      states: JSON.stringify(viral),
      made_at: new Date(at.station.clock()).toISOString(),
      made_by: null,
      from_peer: null,
    })
    .execute();
  await linkReport(at.station, id);
  const later = await keysOf(id);
  assert.deepEqual(
    later.map(({ kind }) => kind),
    first.map(({ kind }) => kind),
  );
  assert.equal(first.find(({ kind }) => kind === "file")?.strength, "medium");
  assert.equal(later.find(({ kind }) => kind === "file")?.strength, "never");
});

test("a report is linked however many addresses and names it has, and however many it shares with another", async () => {
  const address = (number: number) => `2001:db8:${number.toString(16)}::1`;
  const persons = [exampleSuspect, exampleVictim].map((person, place) =>
    person({
      identifiers: Array.from({ length: 4000 }, (_, number) =>
        exampleIdentifier("screen-name", `lighthouse-${place}-${number}`, { platform: "Example Chat" }),
      ),
      events: Array.from({ length: 4500 }, (_, number) => {
        const raw = address(place * 4500 + number);
        return exampleEvent({ ip: { raw, address: raw } });
      }),
    }),
  );
  const [one, two] = [await accepted(sender, [], { persons }), await accepted(sender, [], { persons })];
  await linkReport(at.station, one);
  await linkReport(at.station, two);
  const edges = await edgesOf(one);
  assert.equal(edges.filter(({ kind }) => kind === "user-name").length, 8000);
  const { rows } = await at.station.db.pool.query("select from claim where report_id = $1", [two]);
  assert.equal(rows.length, 9000);
});
