import assert from "node:assert/strict";
import { before, test } from "node:test";
import { identifier } from "@fairlead/report";
import { exampleSuspect } from "@fairlead/assessment/testing";
import { newToken, saveAccount } from "../access/index.ts";
import type { UkDirectView, UkForm, UkPreview } from "../desk-api/contract.ts";
import { decideReferral } from "../referral/index.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let platform: TestStation;
let agency: TestStation;
let sender: TestSender;
let desks: { reviewer: TestDesk; auditor: TestDesk; analyst: TestDesk };
before(async () => {
  platform = await startTestStation(end, { id: "platform-one", profile: "platform" });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency" });
  const { secret, path } = await secretFile(end, newToken());
  const ukDirect = { username: "platform-one", passwordFile: path, established: "uk" as const };
  const ukPeer = peerOf(agency, { wire: "uk-direct", ukDirect });
  await introduce(
    platform,
    ukPeer,
    peerOf(agency, { id: "house-one" as never, name: "Example Clearinghouse", wire: "cybertipline" }),
  );
  platform.station.config.peers = [ukPeer];
  const account = { username: "platform-one", name: "Platform one", kind: "platform" as const, secret };
  await saveAccount(agency.station.db.kysely, account, Date.now());
  sender = await testSender(platform);
  desks = {
    reviewer: await deskOf(platform, "reviewer"),
    auditor: await deskOf(platform, "auditor"),
    analyst: await deskOf(agency, "analyst"),
  };
});

async function viewOf(desk: TestDesk, id: string): Promise<UkDirectView> {
  const response = await desk.request("GET", `/api/reports/${id}/uk-direct`);
  assert.equal(response.status, 200);
  return (await response.json()) as UkDirectView;
}

async function offerOf(id: string) {
  const { offer } = await viewOf(desks.reviewer, id);
  assert.ok(offer);
  return offer;
}

/** A form that the rules are content with: everything was looked for. */
async function filled(id: string, more: Partial<UkForm["choices"]> = {}): Promise<UkForm> {
  const offer = await offerOf(id);
  return {
    id: offer.id,
    peer: offer.peer,
    choices: {
      priority: { level: "P3" },
      links: [],
      declaration: true,
      reporter: { lastName: "Example", email: "ada@example.com" },
      howDetected: [],
      identityDocuments: [],
      notHeld: offer.items.filter(({ state }) => state !== "held").map(({ id: item }) => ({ item })),
      ...more,
    },
  };
}

test("the form starts from what the report holds, with what nobody looked for and what stays behind", async () => {
  const device = identifier("device", "490154203237518", { label: "IMEI" });
  assert.ok(device);
  const suspect = exampleSuspect();
  const id = await accepted(sender, [testFile()], {
    persons: [{ ...suspect, identifiers: [...suspect.identifiers, device] }],
  });
  const offer = await offerOf(id);
  const item = (wanted: string) => offer.items.find((each) => each.id === wanted);
  assert.deepEqual(item("username")?.values, ["1000001"]);
  assert.equal(item("detected-content")?.state, "held");
  assert.match(item("upload-connection")?.values[0] ?? "", /^192\.0\.2\.7 · /);
  assert.equal(item("recovery-email")?.state, "not-asked");
  assert.deepEqual(offer.left, ["/persons/0/identifiers/1"]);
  assert.deepEqual(
    offer.clocks.map(({ level, houseHours }) => [level, houseHours]),
    [
      ["P1", 1],
      ["P2", 24],
      ["P3", 72],
    ],
  );
});

test("a preview says what would go and what the rules say, at its item, and stores nothing", async () => {
  const id = await accepted(sender, [testFile()]);
  const form = await filled(id, { declaration: true, notHeld: [{ item: "exif", note: "Stripped." }] });
  const response = await desks.reviewer.request("POST", `/api/reports/${id}/uk-direct/preview`, form);
  const preview = (await response.json()) as UkPreview;
  const exif = preview.items.find((each) => each.id === "exif");
  assert.equal(exif?.state, "not-held");
  assert.equal(exif?.note, "Stripped.");
  assert.equal(exif?.by.kind, "person");
  const open = preview.problems.filter(({ code }) => code === "uk.declaration.not-asked");
  assert.ok(open.some(({ item, weight }) => item === "phone" && weight === "refuses"));
  assert.deepEqual((await viewOf(desks.reviewer, id)).filings, []);
});

test("a form makes a report, its reference is shown at the platform, and the agency sees what is held and what is not", async () => {
  const id = await accepted(sender, [testFile()]);
  const form = await filled(id, { priority: { level: "P2", why: "A storm is near." } });
  const sent = await desks.reviewer.request("POST", `/api/reports/${id}/uk-direct`, form);
  assert.equal(sent.status, 200, await sent.clone().text());
  const filing = await until("the reference", async () => {
    const { filings } = await viewOf(desks.reviewer, id);
    return filings.find(({ reference }) => reference !== undefined);
  });
  const { id: there } = await agency.station.db.kysely
    .selectFrom("report")
    .select("id")
    .where("handed_reference", "=", form.id)
    .executeTakeFirstOrThrow();
  const { received, offer } = await viewOf(desks.analyst, there);
  assert.equal(received?.reference, filing.reference);
  assert.equal(received?.priority, "P2");
  assert.equal(received?.why, "A storm is near.");
  assert.equal(offer, undefined, "an agency makes no direct reports");
  const given = (item: string) => received?.items.find(({ id: each }) => each === item)?.values;
  assert.deepEqual(
    [given("upload-connection"), given("upload-connection-time")],
    [["192.0.2.7 · 2026-11-12T12:00:00Z"], ["2026-11-12T12:00:00Z"]],
  );
  const port = received?.items.find((each) => each.id === "upload-port");
  assert.equal(port?.state, "not-held");
  assert.ok(received?.remarks.some(({ code }) => code === "uk.connection.no-port"));
  const again = await offerOf(id);
  assert.deepEqual(again.references, [filing.reference]);

  const subsequent = await filled(id, { follows: filing.reference ?? "" });
  await desks.reviewer.request("POST", `/api/reports/${id}/uk-direct`, subsequent);
  const second = await until("the subsequent report", async () => {
    const view = await viewOf(desks.analyst, there);
    return view.received?.subsequent[0];
  });
  const theirs = await viewOf(desks.analyst, second.id);
  assert.equal(theirs.received?.first?.reference, filing.reference);
});

test("where a clearinghouse carries the report the form says so and by whom, and is refused", async () => {
  const id = await accepted(sender, []);
  const form = await filled(id);
  const lead = await deskOf(platform, "lead");
  const person = await platform.station.db.kysely
    .selectFrom("person")
    .selectAll()
    .limit(1)
    .executeTakeFirstOrThrow();
  await decideReferral(platform.station, id, { peer: "house-one", reason: "A case for it." }, person);
  const { duty } = await offerOf(id);
  assert.deepEqual([duty.made, duty.code, duty.by], [false, "uk.duty.covered", "Example Clearinghouse"]);
  const refused = await problemOf(await lead.request("POST", `/api/reports/${id}/uk-direct`, form), 409);
  assert.match(refused.detail, /Example Clearinghouse/);
});

test("only who may refer is offered the form or may use it", async () => {
  const id = await accepted(sender, []);
  assert.equal((await viewOf(desks.auditor, id)).offer, undefined);
  const form = await filled(id);
  await problemOf(await desks.auditor.request("POST", `/api/reports/${id}/uk-direct`, form), 403);
  await problemOf(await desks.auditor.request("POST", `/api/reports/${id}/uk-direct/preview`, form), 403);
});
