import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { exampleEvent, exampleIdentifier, exampleSuspect, exampleVictim } from "@fairlead/assessment/testing";
import type { Claim } from "@fairlead/report";
import type { Station } from "../context.ts";
import { accepted, testFile, type TestFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { linkReport } from "./link-report.ts";
import { linksOf } from "./links-of.ts";
import { samePerson } from "./same-person.ts";

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
  const { links } = await linksOf(at.station, report);
  return links.map(({ report: other, kind, strength }) => ({ other, kind, strength }));
}

async function subjectOf(report: string): Promise<string | undefined> {
  const { rows } = await at.station.db.pool.query<{ subject: string }>(
    "select subject from subject_member where report_id = $1",
    [report],
  );
  return rows[0]?.subject;
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

test("a value that too many hold links nobody any more, and those whom it held together are apart again", async () => {
  const { rules } = at.station;
  const station: Station = { ...at.station, rules: { ...rules, linking: { ...rules.linking, dfCap: 3 } } };
  const reports: string[] = [];
  for (let holder = 0; holder < 3; holder += 1) {
    const id = await reportOf("+447700900102");
    await linkReport(station, id);
    reports.push(id);
  }
  assert.deepEqual(new Set(await Promise.all(reports.map(subjectOf))).size, 1);
  assert.ok((await subjectOf(reports[0] ?? "")) !== undefined);
  const fourth = await reportOf("+447700900102");
  await linkReport(station, fourth);
  for (const id of [...reports, fourth]) {
    assert.equal(await subjectOf(id), undefined);
    const { links, blocked } = await linksOf(station, id);
    assert.deepEqual(links, []);
    assert.deepEqual(
      blocked.map(({ kind, why, holders }) => [kind, why, holders]),
      [["phone", "common", 4]],
    );
  }
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
  assert.equal((await linksOf(station, reports[3] ?? "")).links.length, 3);
  assert.equal((await samePerson(at.station.db.pool, reports)).get(reports[0] ?? ""), 3);
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
  assert.equal(edges.length, 100);
  assert.ok(edges.every(({ other }) => other === two));
  const { rows } = await at.station.db.pool.query("select from claim where report_id = $1", [two]);
  assert.equal(rows.length, 9000);
});
