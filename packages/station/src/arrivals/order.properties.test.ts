import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { arrivalGroups, arrivalKeys, type HeldArrival } from "@fairlead/assessment";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import fc from "fast-check";
import { addPerson, type Principal } from "../access/index.ts";
import type { QueuePage } from "../desk-api/contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { decideArrival, joinArrivals } from "./index.ts";

const end = endOfFile();
let at: TestStation;
let senders: TestSender[];
let lead: TestDesk;
let by: Principal;
before(async () => {
  at = await startTestStation(end, {
    id: "example-chat",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  senders = [await testSender(at), await testSender(at)];
  lead = await deskOf(at, "lead");
  by = await addPerson(at.station.db.kysely, "Test lead", "lead", Date.now());
});

const telling = fc.record({
  sender: fc.nat(1),
  file: fc.nat(2),
  second: fc.nat(2),
  number: fc.nat(2),
  names: fc.option(fc.nat(2)),
});
type Telling = typeof telling extends fc.Arbitrary<infer T> ? T : never;

/** Hands all of them in; what they share they share with nobody of another run. */
async function handIn(all: readonly Telling[]): Promise<string[]> {
  const run = randomUUID();
  const files = [testFile(), testFile()];
  const ids: string[] = [];
  for (const { sender, file, second, number, names } of all) {
    const raw = `2026-05-05T05:05:0${second}Z`;
    const found = files[file];
    const issuer = "Example Platform";
    const identifiers = [exampleIdentifier("account", run, { platform: "Example Chat" })];
    const own = found === undefined ? [] : [{ ...found, id: randomUUID() as typeof found.id }];
    const by = senders[sender];
    assert.ok(by !== undefined);
    ids.push(
      await accepted(by, own, {
        incident: { type: "abuse-material", occurred: { raw, at: raw, zone: "stated", offset: "Z" } },
        persons: [exampleSuspect({ identifiers, events: [] })],
        references: [
          { kind: "this-report", issuer, value: randomUUID() },
          { kind: "this-report", issuer, value: `${run} ${number}` },
          ...(names === null ? [] : [{ kind: "prior-report" as const, issuer, value: `${run} ${names}` }]),
        ],
      }),
    );
  }
  return ids;
}

/** What the pure rules say of what is stored. */
async function expected(ids: readonly string[], apart: ReadonlySet<string>) {
  const rows = await at.station.db.kysely
    .selectFrom("report")
    .select(["id", "content", "handed_by", "number"])
    .where("id", "in", [...ids])
    .execute();
  const held = rows.map(
    ({ id, content, handed_by, number }): HeldArrival => ({
      id,
      isApart: apart.has(id),
      keys: arrivalKeys({
        report: content,
        handedBy: handed_by,
        passesOn: false,
        numbers: [number],
        station: at.config.station,
      }),
    }),
  );
  const { same, matter } = arrivalGroups(held, []);
  return rows
    .map(({ id }) => [id, same.get(id) ?? null, matter.get(id) ?? null])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
}

async function stored(ids: readonly string[]) {
  const rows = await at.station.db.kysely
    .selectFrom("report")
    .select(["id", "same_as", "matter"])
    .where("id", "in", [...ids])
    .orderBy("id")
    .execute();
  return rows.map(({ id, same_as, matter }) => [id, same_as, matter]);
}

/** Every one of them is a row of a queue, or one of its matter is; and each matter has no more than one open row of one lane. */
async function assertNothingIsMissing(ids: readonly string[]): Promise<void> {
  const listed = async (status: string) => {
    const response = await lead.request("GET", `/api/queue?status=${status}&limit=200`);
    return new Set(((await response.json()) as QueuePage).entries.map(({ id }) => id));
  };
  const [open, behind, all] = [await listed("new"), await listed("behind"), await listed("all")];
  const rows = await at.station.db.kysely
    .selectFrom("report")
    .select(["id", "matter", "status", "same_as"])
    .where("id", "in", [...ids])
    .execute();
  for (const row of rows) {
    assert.ok(all.has(row.id), "in the list of all");
    assert.equal(Number(open.has(row.id)) + Number(behind.has(row.id)), row.status === "new" ? 1 : 0);
    const mates = row.matter === null ? [row] : rows.filter(({ matter }) => matter === row.matter);
    const shown = mates.filter(({ id }) => open.has(id));
    assert.ok(shown.length <= 1, "one row a matter");
    const copies = row.same_as === null ? [row] : rows.filter(({ same_as }) => same_as === row.same_as);
    const isWorked = copies.some(({ status }) => status !== "new");
    assert.ok(isWorked || shown.length === 1, "on a row, or worked");
  }
}

test("any order, any repetition and two workers at once give the same groups, parting splits them, and nothing is missing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(telling, { minLength: 2, maxLength: 7 }),
      fc.array(fc.nat(6), { maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      fc.nat(6),
      async (all, again, lots, parted) => {
        const ids = await handIn(all);
        const order = [...ids, ...again.flatMap((index) => ids[index] ?? [])]
          .map((id) => ({ id, lot: lots.next().value ?? 0 }))
          .toSorted((a, b) => a.lot - b.lot)
          .map(({ id }) => id);
        const half = Math.ceil(order.length / 2);
        await Promise.all(
          [order.slice(0, half), order.slice(half)].map(async (part) => {
            for (const id of part) await joinArrivals(at.station, id);
          }),
        );
        assert.deepEqual(await stored(ids), await expected(ids, new Set()));
        for (const id of ids) await workUp(at.station, { reportId: id });
        await assertNothingIsMissing(ids);
        const one = ids[parted % ids.length] ?? "";
        const isAlone = (await stored(ids)).some(([id, , matter]) => id === one && matter === null);
        if (!isAlone) await decideArrival(at.station, one, { kind: "apart", reason: "A kite." }, by);
        for (const id of ids) await joinArrivals(at.station, id);
        assert.deepEqual(await stored(ids), await expected(ids, new Set(isAlone ? [] : [one])));
        await assertNothingIsMissing(ids);
        await at.station.db.pool.query("update report set status = 'closed' where id = $1", [one]);
        await assertNothingIsMissing(ids);
        await at.station.db.pool.query("update report set status = 'closed' where id = any($1)", [ids]);
      },
    ),
    { numRuns: 12 },
  );
});
