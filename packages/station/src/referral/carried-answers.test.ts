import assert from "node:assert/strict";
import { before, test } from "node:test";
import { aFlag, exampleEvent, exampleSuspect, SENDER } from "@fairlead/assessment/testing";
import type { Claim, Event } from "@fairlead/report";
import { addPerson } from "../access/index.ts";
import { draftRequest, markSent, recordAnswer } from "../requests/index.ts";
import { deskOf } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { bytesOf, referred, sealedFor } from "../testing/referral.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";

const CARRIER_NAT = "198.51.100.7";
const end = endOfFile();
/** Asks and is answered; is referred to; is referred to by that one. */
let agency: TestStation;
let force: TestStation;
let unit: TestStation;
let sender: TestSender;
before(async () => {
  const started = async (id: string, profile: "platform" | "police-force", prefix: string) =>
    await startTestStation(end, {
      id,
      profile,
      config: {
        roles: ["intake", "desk"],
        networks: {
          name: `ranges of ${id}`,
          entries: [{ prefix, country: "GB", network: "carrier-nat" }],
        },
      },
    });
  agency = await started("agency-one", "platform", "198.51.100.0/24");
  force = await started("force-one", "police-force", "203.0.113.0/24");
  unit = await started("unit-one", "police-force", "203.0.113.0/24");
  await introduce(agency, peerOf(force));
  await introduce(force, peerOf(agency), peerOf(unit));
  await introduce(unit, peerOf(force));
  sender = await testSender(agency);
});

/** An upload behind a carrier's shared address without its port, of a file that its sender viewed. */
async function withoutPort(): Promise<string> {
  const file = testFile();
  const claims: Claim[] = [
    { about: { kind: "evidence", id: file.id }, source: SENDER, states: aFlag("viewed-in-full") },
  ];
  const event = exampleEvent({ ip: { raw: CARRIER_NAT, address: CARRIER_NAT } });
  const id = await accepted(sender, [file], { persons: [exampleSuspect({ events: [event] })], claims });
  await workUp(agency.station, { reportId: id });
  return id;
}

/** The port, and a sign-in somewhere else. */
async function answered(id: string): Promise<void> {
  const { station } = agency;
  const by = { ...(await addPerson(station.db.kysely, "Kim Example", "lead", Date.now())), role: "lead" };
  const now = new Date(station.clock()).toISOString();
  const words = {
    subject: "The port",
    body: "Which port was it?",
    necessity: "Nothing less leads to whoever uploaded it.",
  };
  const requestId = await draftRequest(station, id, { rule: "source-port", ...words }, by);
  await markSent(
    station,
    { reportId: id, requestId },
    { to: "law.enforcement@chat.example", at: now, way: "portal" },
    by,
  );
  const event = (kind: Event["kind"], address: string, port: number) => ({
    person: "suspect-1",
    kind,
    time: exampleEvent().moment?.raw ?? "",
    address,
    port,
  });
  const events = [event("upload", CARRIER_NAT, 40_123), event("login", "203.0.113.5", 40_124)];
  await recordAnswer(
    station,
    { reportId: id, requestId },
    { whole: true, provider: "Example Chat", receivedAt: now, claims: [], events },
    by,
  );
}

/** Refers a report on, by the sealed package, and gives its id there. */
async function refer(from: TestStation, to: TestStation, id: string): Promise<string> {
  const sealed = await sealedFor(from, await referred(from, id, to.config.station.id));
  const response = await fetch(`${to.url}/door/packages/${sealed.packageId}`, {
    method: "PUT",
    headers: { "content-type": "application/vnd.fairlead.package" },
    body: await bytesOf(from, sealed),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const { rows } = await to.station.db.pool.query<{ id: string }>(
    "select id from report where handed_reference = $1",
    [id],
  );
  const there = rows[0]?.id ?? "";
  await workUp(to.station, { reportId: there });
  return there;
}

const viewAt = async (at: TestStation, id: string) =>
  await (await deskOf(at, at === agency ? "lead" : "officer")).report(id);
const attribution = async (at: TestStation, id: string) =>
  (await viewAt(at, id)).assessment?.attributes.find(({ attribute }) => attribute === "attribution");

test("what a provider answered at one station is weighed at the next and at the one after as it was there", async () => {
  const id = await withoutPort();
  assert.equal((await attribution(agency, id))?.value, "A2");
  await answered(id);
  const here = await attribution(agency, id);
  assert.equal(here?.value, "A3");
  const there = await refer(agency, force, id);
  const next = await attribution(force, there);
  assert.equal(next?.value, "A3");
  assert.deepEqual(
    next?.reasons.map(({ code, source }) => [code, source]),
    here?.reasons.map(({ code, source }) => [code, source]),
  );
  const last = await refer(force, unit, there);
  assert.equal((await attribution(unit, last))?.value, "A3");
});

test("a station asks its own tables about the addresses of an answer that came with a report", async () => {
  const id = await withoutPort();
  await answered(id);
  const { claims } = await viewAt(force, await refer(agency, force, id));
  const said = claims.flatMap(({ about, source }) =>
    about.kind === "ip" && source.kind === "list" ? [`${about.address} ${source.name}`] : [],
  );
  assert.deepEqual(said.toSorted(), [
    `${CARRIER_NAT} ranges of agency-one`,
    "203.0.113.5 ranges of force-one",
  ]);
});

test("a report without answers travels as it did before", async () => {
  const there = await refer(agency, force, await withoutPort());
  assert.equal((await attribution(force, there))?.value, "A2");
  const { rows } = await force.station.db.pool.query("select from carried_answer where report_id = $1", [
    there,
  ]);
  assert.equal(rows.length, 0);
});
