import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addPerson, type Principal } from "../access/index.ts";
import { taskList, watchEffects } from "../tasks/index.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { recordOutcome, returnOutcomes } from "./index.ts";

const end = endOfFile();
let now = Date.now();
let platform: TestStation;
let agency: TestStation;
let lead: Principal;
before(async () => {
  // Without workers: each try is made by hand.
  const config = { roles: ["intake", "desk"] };
  const clock = () => now;
  platform = await startTestStation(end, { id: "platform-one", profile: "platform", config });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency", config, clock });
  await introduce(platform, peerOf(agency));
  await introduce(agency, peerOf(platform));
  lead = await addPerson(agency.station.db.kysely, "Test lead", "lead", now);
  await platform.station.db.pool.query(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no room for a charge'; end $$;
    create trigger refuse before insert on outcome for each row when (new.kind = 'charge') execute function refuse()`);
});

/** A report that both have; what is recorded at the agency goes back to the platform. */
async function shared(): Promise<string> {
  const atPlatform = await accepted(await testSender(platform), [testFile()]);
  await referred(platform, atPlatform, "agency-one");
  await platform.station.db.pool.query(
    "update referral set stage = 'confirmed', remote_reference = report_id where report_id = $1",
    [atPlatform],
  );
  const { rows } = await agency.station.db.pool.query<{ id: string }>(
    `insert into report (id, door, handed_by, handed_reference, return_to, content, content_sha256, received_at, status)
     values (gen_random_uuid(), 'package', 'platform-one', $1, 'platform-one', $2, '', now(), 'new') returning id`,
    [
      atPlatform,
      JSON.stringify((await platform.station.db.pool.query("select content from report")).rows[0].content),
    ],
  );
  return rows[0]?.id ?? "";
}

test("of a message of outcomes the one that the peer cannot store is a task at its sender, and all others arrive", async () => {
  const report = await shared();
  const arrest = await recordOutcome(agency.station, report, { kind: "arrest", arrests: 1 }, lead);
  const charge = await recordOutcome(agency.station, report, { kind: "charge", charges: 1 }, lead);
  const saved = await recordOutcome(
    agency.station,
    report,
    { kind: "children-safeguarded", children: 1 },
    lead,
  );
  const states = async () => {
    const { rows } = await agency.station.db.pool.query<{
      outcome_id: string;
      state: string;
      last_error: string;
    }>("select outcome_id, state, last_error from outcome_return order by outcome_id");
    return new Map(rows.map((row) => [row.outcome_id, row]));
  };
  for (let tries = 0; tries < 8; tries += 1) {
    now += 3_600_000;
    await returnOutcomes(agency.station, { peerId: "platform-one" });
    await watchEffects(agency.station);
  }
  const after = await states();
  assert.deepEqual([after.get(arrest)?.state, after.get(saved)?.state], ["delivered", "delivered"]);
  assert.notEqual(after.get(charge)?.state, "delivered");
  assert.match(after.get(charge)?.last_error ?? "", /^The peer does not take this outcome: /);
  const { tasks } = await taskList(agency.station, { list: "open", limit: 50 }, lead);
  assert.deepEqual(
    tasks.map(({ effects }) => effects.length),
    [1],
  );
  const { rows } = await platform.station.db.pool.query<{ kind: string }>(
    "select kind from outcome order by kind",
  );
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ["arrest", "children-safeguarded"],
  );
});
