import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { dayAt } from "@fairlead/assessment";
import { signStatement } from "@fairlead/sealing";
import { addPerson, newToken, saveAccount, type Principal } from "../access/index.ts";
import type { PeerConfig } from "../config.ts";
import { keepingView } from "../keeping/index.ts";
import { newId } from "../store/index.ts";
import { advanceReferral, decideReferral } from "../referral/index.ts";
import { recordOutcome, returnOutcomes } from "../outcomes/index.ts";
import { until } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { type Relay, startRelay } from "../testing/relay.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";
import { sha256Of, whatAPersonSays } from "../testing/uk-report.ts";
import type { FormChoices } from "./compose.ts";
import { decideUkFiling, fileByUkDirect } from "./index.ts";
import { documentDigest, ukReceiptType } from "./wire.ts";

const end = endOfFile();
const ACCOUNT = "platform-one";
let platform: TestStation;
let agency: TestStation;
let sender: TestSender;
let relay: Relay;
let reviewer: Principal;
let ukPeer: PeerConfig;
before(async () => {
  // Without workers: each try is made by hand.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(end, { id: "platform-one", profile: "platform", config });
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency", config });
  relay = await startRelay(end, agency.url);
  const { secret, path } = await secretFile(end, newToken());
  const ukDirect = { username: ACCOUNT, passwordFile: path, established: "uk" as const };
  ukPeer = peerOf(agency, { url: relay.url, wire: "uk-direct", ukDirect });
  const clearinghouse = peerOf(agency, {
    id: "house-one" as never,
    name: "Example Clearinghouse",
    wire: "cybertipline",
  });
  await introduce(platform, ukPeer, clearinghouse);
  platform.station.config.peers = [ukPeer];
  await introduce(agency, peerOf(platform));
  const account = {
    username: ACCOUNT,
    name: "Platform one",
    kind: "platform" as const,
    secret,
    peer: "platform-one",
  };
  await saveAccount(agency.station.db.kysely, account, Date.now());
  sender = await testSender(platform);
  reviewer = await addPerson(platform.station.db.kysely, "Test reviewer", "reviewer", Date.now());
});
beforeEach(() => {
  relay.answer = "forward";
  relay.heard = [];
});

function said(choices: FormChoices = {}): FormChoices {
  const { madeAt: _now, ...rest } = whatAPersonSays();
  return { ...rest, ...choices };
}

async function decided(reportId: string, choices: FormChoices = {}, id = newId(Date.now())): Promise<string> {
  await decideUkFiling(
    platform.station,
    reportId,
    { id, peer: "agency-one", choices: said(choices) },
    reviewer,
  );
  return id;
}

async function filingOf(id: string) {
  return await platform.station.db.kysely
    .selectFrom("uk_filing")
    .innerJoin("referral", "referral.id", "uk_filing.referral_id")
    .selectAll("uk_filing")
    .select(["referral.state", "referral.last_error", "referral.remote_reference", "referral.sequence"])
    .where("referral_id", "=", id)
    .executeTakeFirstOrThrow();
}

async function arrivedAs(id: string) {
  return await agency.station.db.kysely
    .selectFrom("report")
    .innerJoin("uk_report", "uk_report.report_id", "report.id")
    .selectAll("uk_report")
    .select(["report.content", "report.return_to"])
    .where("report.handed_reference", "=", id)
    .execute();
}

const attempt = async (referralId: string) => await advanceReferral(platform.station, { referralId });

test("a decided report is made once, with its files, its reference and its dates at both ends", async () => {
  const files = [testFile(), testFile({ name: "meadow.png" })];
  const id = await decided(await accepted(sender, files), {
    priority: { level: "P2", why: "A storm is near." },
  });
  await attempt(id);
  const filing = await filingOf(id);
  const [arrived, ...others] = await arrivedAs(id);
  assert.ok(arrived);
  assert.equal(others.length, 0);
  assert.equal(filing.state, "delivered");
  assert.equal(filing.reference, arrived.reference);
  assert.equal(filing.remote_reference, arrived.reference);
  assert.equal(new Date(filing.reference_until ?? 0).getUTCFullYear() - new Date().getUTCFullYear(), 5);
  assert.ok(filing.relevant_from !== null && filing.relevant_to !== null);
  assert.deepEqual(arrived.document, filing.document);
  assert.equal(arrived.content.evidence.filter(({ received }) => received !== undefined).length, 2);
  assert.equal(arrived.return_to, "platform-one");
  await attempt(id);
  assert.equal(relay.heard.length, 1, "what is delivered is not sent again");
  const { duties, until } = await keepingView(platform.station, filing.report_id, reviewer);
  assert.deepEqual(
    duties.map(({ law, from }) => [law?.id, Date.parse(from)]),
    [
      ["gb-reg-8-reference", Date.parse(filing.issued_at ?? "")],
      ["gb-reg-8-content", Date.parse(filing.sending_since ?? "")],
    ],
  );
  // The law's day, to its midnight; the receipt's own instant a year later lies within it.
  assert.ok(Date.parse(until ?? "") > Date.parse(filing.content_until ?? ""));
  assert.equal(
    dayAt(Date.parse(until ?? "") - 1, "Europe/London"),
    dayAt(Date.parse(filing.content_until ?? ""), "Europe/London"),
  );
});

for (const [words, answer] of [
  ["the answer is lost", "swallow"],
  [
    "the answer is half a receipt",
    (response: Parameters<Extract<Relay["answer"], (...args: never) => void>>[0]) =>
      void response.writeHead(201, { "content-type": "application/json" }).end('{"payload":"'),
  ],
  [
    "the answer is somebody else's",
    (response: Parameters<Extract<Relay["answer"], (...args: never) => void>>[0]) =>
      void response.writeHead(201, { "content-type": "application/json" }).end('{"receipt":null}'),
  ],
] as const)
  test(`when ${words}, the outcome is looked up and the report is one report`, async () => {
    const id = await decided(await accepted(sender, [testFile()]));
    relay.answer = answer;
    await attempt(id);
    const open = await filingOf(id);
    assert.equal(open.state, "sending");
    assert.ok(open.last_error !== null && open.sending_since !== null);
    relay.answer = "forward";
    await attempt(id);
    assert.equal((await filingOf(id)).state, "delivered");
    assert.equal((await arrivedAs(id)).length, 1);
    assert.match(relay.heard[1]?.path ?? "", /receipts\?reference=/);
    // Whether it arrived decides whether anything is sent again.
    const posts = relay.heard.filter(({ path }) => path.endsWith("/reports")).length;
    assert.equal(posts, words === "the answer is lost" ? 1 : 2);
  });

test("a receipt that the agency signed counts for this document, account, number and these bytes only", async () => {
  const files = [testFile()];
  const id = await decided(await accepted(sender, files));
  const { document } = await filingOf(id);
  const right = {
    station: "agency-one",
    account: ACCOUNT,
    theirs: id,
    reference: "UKDR-2026-0000001",
    documentSha256: documentDigest(document),
    files: files.map((file) => ({ id: file.id, sha256: sha256Of(file.bytes) })),
    priority: "P3" as const,
    first: null,
    issuedAt: new Date().toISOString(),
  };
  for (const wrong of [
    { documentSha256: "a".repeat(64) },
    { account: "platform-two" },
    { theirs: "another" },
    { station: "agency-two" },
    { files: [] },
  ]) {
    const envelope = await signStatement(ukReceiptType, { ...right, ...wrong }, [
      agency.station.keys.signing,
    ]);
    // The look-up of a later try is answered with the same.
    const text = JSON.stringify({ ...envelope, receipt: envelope });
    relay.answer = (response) => void response.writeHead(200).end(text);
    await attempt(id);
    const { state, last_error } = await filingOf(id);
    assert.equal(state, "sending", JSON.stringify(wrong));
    assert.match(last_error ?? "", /does not prove/);
  }
});

test("a crash between the stored intent and the first byte sends it at the next try, once", async () => {
  const id = await decided(await accepted(sender, [testFile()]));
  const since = new Date().toISOString();
  await platform.station.db.kysely
    .updateTable("uk_filing")
    .set({ sending_since: since })
    .where("referral_id", "=", id)
    .execute();
  await attempt(id);
  assert.equal((await filingOf(id)).state, "delivered");
  assert.equal((await arrivedAs(id)).length, 1);
  assert.equal(relay.heard.length, 2);
});

test("a crash after the receipt and before it was settled finds the same receipt", async () => {
  const id = await decided(await accepted(sender, [testFile()]));
  const referral = await platform.station.db.kysely
    .selectFrom("referral")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const peer = await platform.station.db.kysely
    .selectFrom("peer")
    .selectAll()
    .where("id", "=", "agency-one")
    .executeTakeFirstOrThrow();
  const first = await fileByUkDirect(platform.station, referral, peer);
  const { reference } = await filingOf(id);
  await attempt(id);
  const settled = await filingOf(id);
  assert.equal(settled.state, "delivered");
  assert.equal(settled.remote_reference, first?.remoteReference);
  assert.equal(settled.reference, reference);
  assert.equal((await arrivedAs(id)).length, 1);
});

test("two workers that try at once make one report", async () => {
  const id = await decided(await accepted(sender, [testFile()]));
  await Promise.all([attempt(id), attempt(id), attempt(id)]);
  assert.equal((await filingOf(id)).state, "delivered");
  assert.equal((await arrivedAs(id)).length, 1);
});

test("the form that is submitted twice is one decision, and a second first report is refused with the way out", async () => {
  const reportId = await accepted(sender, [testFile()]);
  const id = await decided(reportId);
  await decided(reportId, {}, id);
  await assert.rejects(decided(reportId), /is on its way/);
  await attempt(id);
  await assert.rejects(decided(reportId), /was made to .* already/);
  await assert.rejects(decided(await accepted(sender, []), {}, id), /belongs to another report/);
});

test("a subsequent report names the first one's reference and joins it at the agency", async () => {
  const reportId = await accepted(sender, [testFile()]);
  const first = await decided(reportId, { priority: { level: "P1", why: "A storm." }, declaration: false });
  await attempt(first);
  const { reference } = await filingOf(first);
  const second = await decided(reportId, { follows: reference ?? "" });
  await attempt(second);
  const [arrived] = await arrivedAs(second);
  const [earlier] = await arrivedAs(first);
  assert.equal(arrived?.first_report, earlier?.report_id);
  assert.equal((await filingOf(second)).sequence, 1);
  const item = arrived?.document.items["previous-report"];
  assert.deepEqual(item?.state === "held" ? item.value.map(({ value }) => value) : [], [reference]);
});

test("what goes by a clearinghouse is not made directly, and the refusal says by whom it goes", async () => {
  const reportId = await accepted(sender, [testFile()]);
  await decideReferral(platform.station, reportId, { peer: "house-one", reason: "A case for it." }, reviewer);
  await assert.rejects(decided(reportId), /goes by Example Clearinghouse: it is not made twice/);
  assert.equal(relay.heard.length, 0);
});

test("what its sender filed with a clearinghouse itself is not made directly", async () => {
  const by = (issuer: string) =>
    accepted(sender, [], {
      references: [
        { kind: "this-report", issuer: "Example Platform", value: newId(Date.now()) },
        { kind: "prior-report", issuer, value: "123" },
      ],
    });
  await assert.rejects(decided(await by("NCMEC")), /goes by NCMEC/);
  await assert.rejects(decided(await by("example clearinghouse")), /goes by example clearinghouse/);
  await decided(await by("Example Agency"));
});

test("of a direct report and a filing with a clearinghouse that are decided at once, never both leave", async () => {
  for (let round = 0; round < 6; round++) {
    const reportId = await accepted(sender, []);
    const id = newId(Date.now());
    await Promise.allSettled([
      decided(reportId, {}, id),
      decideReferral(platform.station, reportId, { peer: "house-one", reason: "A case for it." }, reviewer),
    ]);
    await attempt(id);
    assert.equal((await arrivedAs(id)).length, 0);
  }
});

test("a direct report that has not left is stopped when a person files with a clearinghouse, and says so", async () => {
  const reportId = await accepted(sender, []);
  const id = await decided(reportId);
  await decideReferral(platform.station, reportId, { peer: "house-one", reason: "A case for it." }, reviewer);
  await attempt(id);
  const { state, last_error } = await filingOf(id);
  assert.equal(state, "failed");
  assert.match(last_error ?? "", /not made twice/);
  assert.equal(relay.heard.length, 0);
});

test("a direct report that may have left is followed up, whoever files what afterwards", async () => {
  const reportId = await accepted(sender, []);
  const id = await decided(reportId);
  relay.answer = "swallow";
  await attempt(id);
  await decideReferral(platform.station, reportId, { peer: "house-one", reason: "A case for it." }, reviewer);
  relay.answer = "forward";
  await attempt(id);
  assert.equal((await filingOf(id)).state, "delivered");
});

test("what breaks the rules is not decided, and names what to correct", async () => {
  const reportId = await accepted(sender, []);
  await assert.rejects(
    decided(reportId, { declaration: false }),
    (error: { problems?: Array<{ path: string }> }) =>
      error.problems?.some(({ path }) => path === "/declaration") === true,
  );
  const general = decideReferral(
    platform.station,
    reportId,
    { peer: "agency-one", reason: "A case." },
    reviewer,
  );
  await assert.rejects(general, /form for UK direct reports/);
});

test("an outcome comes back to the report that was made directly", async () => {
  const reportId = await accepted(sender, []);
  const id = await decided(reportId);
  await attempt(id);
  const [arrived] = await arrivedAs(id);
  assert.ok(arrived);
  const analyst = await addPerson(agency.station.db.kysely, "Test analyst", "analyst", Date.now());
  await recordOutcome(
    agency.station,
    arrived.report_id,
    { kind: "no-further-action", reason: "not-an-offence" },
    analyst,
  );
  const returned = await until("the outcome's return", async () => {
    await returnOutcomes(agency.station, { peerId: "platform-one" });
    return await platform.station.db.kysely
      .selectFrom("outcome")
      .select(["kind", "from_peer"])
      .where("report_id", "=", reportId)
      .executeTakeFirst();
  });
  assert.deepEqual(returned, { kind: "no-further-action", from_peer: "agency-one" });
});
