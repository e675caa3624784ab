import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { introduce, peerOf } from "../testing/peers.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, prepareStation, startTestStation, type TestStation } from "../testing/station.ts";
import { type NewOutcome, type OutcomeSource, saveOutcomes } from "./record.ts";

const end = endOfFile();
/** Far ahead of the database's clock, so that nothing is sent while a test looks. */
const now = Date.now() + 86_400_000;
/** Passes outcomes on from a force to a platform. Its profile is one with a door that a report comes through most easily. */
let here: TestStation;
const fromForce: OutcomeSource = { peer: "force-one", envelope: { payload: "" } };
before(async () => {
  here = await startTestStation(end, { id: "here-one", profile: "platform", clock: () => now });
  const platform = await prepareStation(end, { id: "platform-one", profile: "platform" });
  const force = await prepareStation(end, { id: "force-one", profile: "police-force" });
  await introduce(here, peerOf(platform), peerOf(force));
});

/** A report that outcomes go back for, where `returnTo` names a peer. */
async function report(returnTo?: string): Promise<string> {
  return await accepted(await testSender(here, returnTo), [testFile()]);
}

function outcome(reportId: string, parts: Partial<NewOutcome> = {}): NewOutcome {
  return {
    id: randomUUID(),
    reportId,
    statement: { kind: "arrest", arrests: 1 },
    recordedAt: now,
    origin: { station: "force-one", name: "Test force-one" },
    ...parts,
  };
}

async function save(outcomes: NewOutcome[], source = fromForce): Promise<void> {
  await here.station.db.transaction((tx) => saveOutcomes(tx, outcomes, source, now));
}

/** All that is kept about a report's outcomes. */
async function kept(reportId: string): Promise<Record<string, unknown[]>> {
  const { pool } = here.station.db;
  const rows = async (query: string) => (await pool.query<{ row: unknown }>(query, [reportId])).rows;
  return {
    outcomes: await rows("select to_jsonb(outcome) as row from outcome where report_id = $1 order by id"),
    returns: await rows(
      "select to_jsonb(outcome_return) as row from outcome_return where report_id = $1 order by outcome_id",
    ),
    leaves: await rows(
      "select jsonb_build_object('kind', kind, 'actor', actor, 'body', body) as row from leaf where report_id = $1 and kind like 'outcome.%' order by position",
    ),
    report: await rows("select to_jsonb(report.status) as row from report where id = $1"),
    messages: (await pool.query<{ row: unknown }>("select id as row from outcome_message order by id")).rows,
  };
}

test("a resent outcome, even with other words under the same id, changes nothing", async () => {
  const first = outcome(await report("platform-one"));
  await save([first]);
  const earlier = await kept(first.reportId);
  assert.deepEqual(
    Object.values(earlier).map((rows) => rows.length),
    [1, 1, 1, 1, 1],
  );
  await save([first]);
  assert.deepEqual(await kept(first.reportId), earlier);
  const other: NewOutcome = {
    ...first,
    // An id is the same id in capitals.
    id: first.id.toUpperCase(),
    statement: { kind: "charge", charges: 7 },
    recordedAt: now + 1000,
    origin: { station: "other-one", name: "Another force" },
  };
  await save([other], { peer: "platform-one", envelope: { payload: "other" } });
  assert.deepEqual(await kept(first.reportId), earlier);
});

test("of two outcomes with one id that come together the first is kept, with one leaf", async () => {
  const first = outcome(await report("platform-one"));
  await save([first, { ...first, statement: { kind: "charge", charges: 7 } }]);
  const { outcomes, returns, leaves } = await kept(first.reportId);
  assert.deepEqual([outcomes?.length, returns?.length, leaves?.length], [1, 1, 1]);
  assert.match(JSON.stringify([outcomes, leaves]), /"kind":"arrest".*"kind":"arrest"/);
});

test("outcomes that come together are each kept as if they had come alone", async () => {
  const returned = await report("platform-one");
  const own = await report();
  const together = [
    // An id that the database does not write as the peer does.
    outcome(own, {
      id: randomUUID().toUpperCase(),
      statement: { kind: "no-further-action", reason: "already-known" },
    }),
    outcome(returned, { statement: { kind: "children-safeguarded", children: 3 } }),
    outcome(returned, { statement: { kind: "useless", reason: "wrong-or-missing-time" } }),
  ];
  await save(together);
  const both = [await kept(own), await kept(returned)];
  assert.deepEqual(
    both.map(({ outcomes, returns, leaves }) => [outcomes?.length, returns?.length, leaves?.length]),
    [
      [1, 0, 1],
      [2, 2, 2],
    ],
  );
  for (const { id, statement } of together) {
    const rows = await here.station.db.kysely
      .selectFrom("outcome")
      .leftJoin("outcome_message", "outcome_message.id", "outcome.message")
      .selectAll("outcome")
      .select("outcome_message.envelope")
      .where("outcome.id", "=", id)
      .execute();
    assert.deepEqual(
      rows.map((row) => [
        { kind: row.kind, ...row.detail },
        Date.parse(row.recorded_at),
        row.recorded_by,
        row.from_peer,
        row.origin,
        row.envelope,
      ]),
      [
        [
          statement,
          now,
          null,
          "force-one",
          { station: "force-one", name: "Test force-one" },
          { payload: "" },
        ],
      ],
    );
    const leaves = await here.station.db.kysely
      .selectFrom("leaf")
      .select(["kind", "actor", "body"])
      .where("kind", "=", "outcome.received")
      .execute();
    assert.deepEqual(
      leaves.filter(({ body }) => "outcome" in body && body.outcome === id),
      [
        {
          kind: "outcome.received",
          actor: "peer:force-one",
          body: { outcome: id, kind: statement.kind, origin: "force-one" },
        },
      ],
    );
  }
});

test("what a person records closes a report that ends or was nobody's yet; what a peer says closes none", async () => {
  const status = async (id: string, kind: "arrest" | "useless", referred: boolean, by: OutcomeSource) => {
    const { kysely } = here.station.db;
    if (referred)
      await kysely.updateTable("report").set({ status: "referred" }).where("id", "=", id).execute();
    const statement: NewOutcome["statement"] =
      kind === "arrest" ? { kind, arrests: 1 } : { kind, reason: "wrong-or-missing-time" };
    await save([outcome(id, { statement })], by);
    return (await kysely.selectFrom("report").select("status").where("id", "=", id).executeTakeFirstOrThrow())
      .status;
  };
  const { rows } = await here.station.db.pool.query<{ id: string }>(
    "insert into person (id, name, role, created_at) values (gen_random_uuid(), 'Test lead', 'lead', now()) returning id",
  );
  const person = { person: rows[0]?.id ?? "" };
  assert.equal(await status(await report(), "arrest", false, person), "closed");
  assert.equal(await status(await report(), "arrest", true, person), "referred");
  assert.equal(await status(await report(), "useless", true, person), "closed");
  assert.equal(await status(await report(), "arrest", false, fromForce), "new");
  assert.equal(await status(await report(), "useless", true, fromForce), "referred");
});
