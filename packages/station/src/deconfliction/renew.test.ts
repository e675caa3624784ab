import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import { until } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { openPairs } from "./pairs.ts";
import { countedKeys, renewKeys } from "./renew.ts";

const end = endOfFile();
const LAST = 2025;
const NEXT = 2026;
/** Both stations' clock. It lies in the past, so that whatever is due by it is due by the queue's as well. */
let now = Date.UTC(LAST, 11, 30, 12);
let one: TestStation;
let two: TestStation;
let senders: { one: TestSender; two: TestSender };
let folder: string;
const fileOf = (at: TestStation, year: number) => join(folder, `${at.card.id}-${year}.key`);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairlead-test-year-"));
  end.after(async () => await rm(folder, { recursive: true, force: true }));
  const clock = () => now;
  one = await startTestStation(end, { id: "station-one", profile: "platform", clock });
  two = await startTestStation(end, { id: "station-two", profile: "platform", clock });
  await agreeFor(LAST);
  for (const [at, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const { id } = at.card;
    const keys = [LAST, NEXT].map((year) => ({ year, file: fileOf(at, year) }));
    const peer = peerOf(other, {
      deconfliction: { contact: `desk@${id}.example`, answerHours: 1, conflictHours: 72, keys },
    });
    await introduce(at, peer);
    // As a start with this configuration would have it.
    at.station.config = { ...at.station.config, peers: [peer] };
    at.station.deconfliction = await openPairs([peer], now);
  }
  senders = { one: await testSender(one), two: await testSender(two) };
});

/** Both operators put the key of a year in its place. */
async function agreeFor(year: number): Promise<void> {
  const key = randomBytes(32);
  for (const at of [one, two]) await writeFile(fileOf(at, year), key, { mode: 0o600 });
}

async function reportAbout(at: "one" | "two", account: string): Promise<string> {
  const raw = "2025-12-01T12:00:00Z";
  return await accepted(senders[at], [testFile()], {
    incident: {
      type: "abuse-material",
      platform: "Example Chat",
      occurred: { raw, at: raw, zone: "stated" },
    },
    persons: [
      exampleSuspect({
        identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
        events: [],
      }),
    ],
  });
}

const yearsOf = async (
  { station }: TestStation,
  table: "deconfliction_holder" | "conflict",
  report: string,
) => {
  const { rows } = await station.db.pool.query<{ year: number }>(
    `select distinct year from ${table} where report_id = $1 order by year`,
    [report],
  );
  return rows.map(({ year }) => year);
};

test("the next year's key is taken up while the stations run, what is open is asked about under it, and the old one is forgotten", async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const before = { ours: await reportAbout("one", first), theirs: await reportAbout("two", first) };
  await until("a hit in the old year", async () => {
    const [year] = await yearsOf(one, "conflict", before.ours);
    return year === LAST;
  });
  let counted = [countedKeys(one.station), countedKeys(two.station)];

  // The turn of the year finds no key for it: the old one counts on, and nothing is asked under another.
  now = Date.UTC(NEXT, 0, 2, 9);
  const renewed = async () => {
    counted = [
      await renewKeys(one.station, counted[0] ?? ""),
      await renewKeys(two.station, counted[1] ?? ""),
    ];
  };
  await renewed();
  assert.deepEqual(counted, [`station-two ${LAST}`, `station-one ${LAST}`]);

  await agreeFor(NEXT);
  await renewed();
  assert.deepEqual(counted[0]?.split("\n"), [`station-two ${NEXT}`, `station-two ${LAST}`]);
  await until("what was open, under the new key", async () => {
    const years = await yearsOf(one, "deconfliction_holder", before.ours);
    return years.length === 2;
  });
  const after = { theirs: await reportAbout("two", second), ours: await reportAbout("one", second) };
  await until("a hit in the new year", async () => {
    const years = await yearsOf(one, "conflict", after.ours);
    return years.includes(NEXT);
  });

  // In February the old key's files are destroyed on both sides.
  now = Date.UTC(NEXT, 1, 1, 9);
  for (const at of [one, two]) await rm(fileOf(at, LAST));
  await renewed();
  assert.deepEqual(counted, [`station-two ${NEXT}`, `station-one ${NEXT}`]);
  assert.deepEqual([...(one.station.deconfliction.get("station-two")?.keys.keys() ?? [])], [NEXT]);
  assert.deepEqual(await yearsOf(one, "deconfliction_holder", before.ours), [NEXT]);
});
