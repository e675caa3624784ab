import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { signReceipt } from "@fairlead/sealing";
import { footprint } from "../testing/footprint.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { referred } from "../testing/referral.ts";
import { type Relay, startRelay } from "../testing/relay.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { advanceReferral, speaker } from "./index.ts";
import type { PeerView } from "../desk-api/contract.ts";

const end = endOfFile();
let platform: TestStation;
let agency: TestStation;
let sender: TestSender;
let desk: TestDesk;
let relay: Relay;
before(async () => {
  // Without workers: each try is made by hand.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, { id: "platform-one", profile: "platform", config });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency", config });
  relay = await startRelay(end, agency.url);
  await introduce(platform, peerOf(agency, { url: relay.url, agencies: ["here", "there"] }));
  await introduce(agency, peerOf(platform));
  sender = await testSender(platform);
  desk = await deskOf(platform, "lead");
});

async function newReport(): Promise<string> {
  return await accepted(sender, [testFile()]);
}

async function attempt(referralId: string): Promise<void> {
  await advanceReferral(platform.station, { referralId });
}

async function referralOf(reportId: string) {
  const [referral] = (await desk.report(reportId)).referrals;
  assert.ok(referral !== undefined);
  return referral;
}

async function peerView(): Promise<PeerView> {
  const { peers } = (await (await desk.request("GET", "/api/peers")).json()) as { peers: PeerView[] };
  const [peer] = peers;
  assert.ok(peer !== undefined);
  return peer;
}

async function foreignReceipt(): Promise<string> {
  const receipt = await signReceipt(
    {
      version: 1,
      packageId: randomUUID(),
      manifestSha256: "a".repeat(64),
      receivedAt: new Date().toISOString(),
      receiver: speaker(agency.station),
    },
    agency.station.keys.signing,
  );
  return JSON.stringify(receipt);
}

const says =
  (status: number, text: string, headers: Record<string, string> = {}): Relay["answer"] =>
  (response) =>
    void response.writeHead(status, headers).end(text);

test("whatever a peer answers but its receipt leaves the referral open, with words for the desk; then it is delivered once", async () => {
  const spoiled: Array<[string, Relay["answer"], RegExp]> = [
    ["rubbish", says(200, "<html>hello"), /not JSON/],
    ["half a receipt", says(200, '{"payload":"'), /not JSON/],
    ["no receipt", says(200, "{}"), /receipt/],
    ["null", says(200, "null"), /receipt/],
    ["a receipt for another package", says(200, await foreignReceipt()), /receipt/],
    ["its own fault", says(500, "boom\n    at secret.ts:1:1"), /answered 500: no explanation/],
    [
      "a reason",
      says(503, JSON.stringify({ detail: "There is no room." })),
      /answered 503: There is no room/,
    ],
    ["another place", says(302, "", { location: agency.url }), /does not answer/],
    ["too much", says(200, "x".repeat(5_000_000)), /broke off|too long/],
    ["an answer that is lost", "swallow", /does not answer/],
  ];
  const reportId = await newReport();
  const referralId = await referred(platform, reportId, "agency-one");
  relay.heard = [];
  const earlier = await footprint(agency);
  for (const [index, [what, answer, words]] of spoiled.entries()) {
    relay.answer = answer;
    await attempt(referralId);
    const referral = await referralOf(reportId);
    assert.notEqual(referral.state, "delivered", what);
    assert.match(referral.lastError ?? "", words, what);
    assert.doesNotMatch(referral.lastError ?? "", /secret/, what);
    assert.equal(referral.attempts, index + 1, what);
    assert.ok(referral.nextAttemptAt !== undefined, what);
    const peer = await peerView();
    assert.equal(peer.state, "failing", what);
    assert.equal(peer.waiting, 1, what);
    assert.equal(peer.lastFailure, referral.lastError, what);
    assert.equal((await desk.report(reportId)).entry.delivery, "waiting", what);
  }
  relay.answer = "forward";
  await attempt(referralId);
  await attempt(referralId);
  const referral = await referralOf(reportId);
  assert.equal(referral.state, "delivered");
  assert.equal(referral.lastError, undefined);
  assert.equal(new Set(relay.heard.map((heard) => heard.sha256)).size, 1, "every try sends the same bytes");
  assert.equal(relay.heard.length, spoiled.length + 1, "what is delivered is not sent again");
  const peer = await peerView();
  assert.deepEqual([peer.state, peer.waiting], ["well", 0]);
  assert.equal((await footprint(agency))["report"], (earlier["report"] ?? 0) + 1);
});

test("a peer that is down, or takes the package and never answers, costs only time", async () => {
  const reportId = await newReport();
  const referralId = await referred(platform, reportId, "agency-one");
  await introduce(platform, peerOf(agency, { url: "http://127.0.0.1:9" }));
  await attempt(referralId);
  assert.match((await referralOf(reportId)).lastError ?? "", /does not answer/);
  await introduce(platform, peerOf(agency, { url: relay.url }));
  relay.answer = "silence";
  const patient = platform.station.fetch;
  // The same request with less patience.
  platform.station.fetch = (url, init) => patient(url, { ...init, signal: AbortSignal.timeout(500) });
  await attempt(referralId);
  platform.station.fetch = patient;
  assert.match((await referralOf(reportId)).lastError ?? "", /no answer in time/);
  relay.answer = "forward";
  await attempt(referralId);
  assert.equal((await referralOf(reportId)).state, "delivered");
});

test("a referral to a peer that is no longer configured waits, and the desk says why", async () => {
  const reportId = await newReport();
  const referralId = await referred(platform, reportId, "agency-one");
  await introduce(platform);
  await attempt(referralId);
  assert.match((await referralOf(reportId)).lastError ?? "", /knows no peer/);
  await introduce(platform, peerOf(agency, { url: relay.url, agencies: ["here", "there"] }));
  await attempt(referralId);
  assert.equal((await referralOf(reportId)).state, "delivered");
});

test("a referral that several workers advance at once arrives as one report", async () => {
  const reportId = await newReport();
  const referralId = await referred(platform, reportId, "agency-one");
  const earlier = await footprint(agency);
  await Promise.all([attempt(referralId), attempt(referralId), attempt(referralId)]);
  assert.equal((await referralOf(reportId)).state, "delivered");
  assert.equal((await referralOf(reportId)).lastError, undefined);
  const later = await footprint(agency);
  assert.equal(later["report"], (earlier["report"] ?? 0) + 1);
  assert.equal(later["inbound_package"], (earlier["inbound_package"] ?? 0) + 1, "they all send one package");
  const leaves = (await desk.report(reportId)).history.filter((leaf) => leaf.kind === "referral.delivered");
  assert.equal(leaves.length, 1);
});

test("a double click is one referral; another agency of the same peer is a conflict", async () => {
  const reportId = await newReport();
  const refer = (body: object) =>
    desk.request("POST", `/api/reports/${reportId}/referrals`, { peer: "agency-one", ...body });
  const clicks = await Promise.all(
    [1, 2, 3].map(() => refer({ agency: "here", reason: "A case for them." })),
  );
  assert.deepEqual(
    clicks.map((response) => response.status),
    [200, 200, 200],
  );
  const page = await desk.report(reportId);
  assert.equal(page.referrals.length, 1);
  assert.equal(page.entry.status, "referred");
  assert.equal(page.history.filter((leaf) => leaf.kind === "referral.decided").length, 1);
  await problemOf(await refer({ agency: "there", reason: "A case for them." }), 409);
  const nowhere = await problemOf(await refer({ agency: "nowhere", reason: "A case for them." }), 422);
  assert.equal(nowhere.problems?.[0]?.path, "/agency");
  await problemOf(await refer({ reason: "" }), 422);
  await problemOf(await refer({ peer: "stranger", reason: "A case for them." }), 403);
  await problemOf(
    await desk.request("POST", `/api/reports/${await newReport()}/referrals`, {
      peer: "agency-one",
      reason: "nul \u0000",
    }),
    422,
  );
  await problemOf(
    await desk.request("POST", `/api/reports/${randomUUID()}/referrals`, {
      peer: "agency-one",
      reason: "None.",
    }),
    404,
  );
});
