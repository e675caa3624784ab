import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { before, test } from "node:test";
import { recordLeaf } from "../audit/index.ts";
import { newId } from "../store/index.ts";
import { register, startTestHub, type TestHub, text } from "../testing/chat.ts";
import { startAuthority, type TestAuthority } from "../testing/chat-report.ts";
import { endOfFile } from "../testing/station.ts";
import { openStamps, type Stamps } from "./stamps.ts";

const MINUTE_MS = 60_000;
const end = endOfFile();
let hub: TestHub;
let authority: TestAuthority;
let stamps: Stamps;
let aheadMs = 0;
before(async () => {
  authority = await startAuthority(end, tmpdir());
  // The station itself knows no authority: only this test asks.
  hub = await startTestHub(end);
  const { chat } = hub.config;
  assert.ok(chat !== undefined);
  const { url, certificateFile } = authority;
  stamps = await openStamps(
    { ...hub.station, clock: () => Date.now() + aheadMs },
    { ...chat, timestampAuthorities: [{ name: "Test Time", url, certificateFile }] },
  );
});

/** Something new in the log, under a checkpoint of its own. */
async function grow(): Promise<void> {
  const { db, audit } = hub.station;
  const leaf = await db.transaction((tx) =>
    recordLeaf(tx, { kind: "sign-in", at: Date.now(), actor: "person:one", body: { id: newId(Date.now()) } }),
  );
  await audit.covered(leaf);
}

async function askedAfter(minutes: number, when: "due" | "at-once" = "due"): Promise<boolean> {
  aheadMs += minutes * MINUTE_MS;
  const { asked } = authority;
  await stamps.stamp(when);
  return authority.asked > asked;
}

test("the newest checkpoint is stamped within the hour, and not twice", async () => {
  await grow();
  assert.equal(await askedAfter(0), true, "nothing was stamped yet");
  assert.equal(await askedAfter(120), false, "the log has not grown");
  await grow();
  assert.equal(await askedAfter(0), true);
  await grow();
  assert.equal(await askedAfter(50), false);
  assert.equal(await askedAfter(10), true);
});

test("it is stamped within five minutes once a report is pending, and then within the hour again", async () => {
  const bob = await register(hub);
  await grow();
  assert.equal(await askedAfter(5), false);
  const realClock = aheadMs;
  await bob.ask("POST", "/chat/reports", {
    reportId: newId(Date.now()),
    sealed: text(new Uint8Array(100)),
    holds: [],
  });
  // The report came by the station's clock, which the test has not moved.
  await hub.station.db.pool.query("update chat_report set received_at = $1", [
    new Date(Date.now() + realClock).toISOString(),
  ]);
  assert.equal(await askedAfter(0), true);
  await grow();
  assert.equal(await askedAfter(5), false);
  assert.equal(await askedAfter(55), true);
});

test("whoever waits for a stamp gets one at once, but not many in a row, and shares one that is under way", async () => {
  await grow();
  assert.equal(await askedAfter(1, "at-once"), true);
  await grow();
  assert.equal(await askedAfter(0, "at-once"), false);
  aheadMs += MINUTE_MS;
  const { asked } = authority;
  await Promise.all([stamps.stamp("at-once"), stamps.stamp("due"), stamps.stamp("at-once")]);
  assert.equal(authority.asked, asked + 1);
});

test("an authority that is away is asked again a minute later", async () => {
  await grow();
  authority.isAway = true;
  assert.equal(await askedAfter(60), true);
  authority.isAway = false;
  assert.equal(await askedAfter(0), false);
  assert.equal(await askedAfter(2), true);
  const { rows } = await hub.station.db.pool.query<{ n: string }>("select count(*) as n from chat_stamp");
  assert.ok(Number(rows[0]?.n) >= 6);
});

test("what another than the pinned authority has signed is not kept", async () => {
  const { chat } = hub.config;
  assert.ok(chat !== undefined);
  const other = await startAuthority(end, tmpdir());
  const { certificateFile } = other;
  const fooled = await openStamps(hub.station, {
    ...chat,
    timestampAuthorities: [{ name: "Fooled", url: authority.url, certificateFile }],
  });
  const { asked } = authority;
  await fooled.stamp("at-once");
  assert.equal(authority.asked, asked + 1);
  const { rows } = await hub.station.db.pool.query("select from chat_stamp where authority = 'Fooled'");
  assert.equal(rows.length, 0);
});

test("a certificate that is none stops the hub from opening", async () => {
  const { chat } = hub.config;
  assert.ok(chat !== undefined);
  const timestampAuthorities = [
    { name: "T", url: "http://127.0.0.1:1", certificateFile: "/nothing/here.pem" },
  ];
  await assert.rejects(openStamps(hub.station, { ...chat, timestampAuthorities }), {
    code: "keys.missing",
    audience: "operator",
  });
});
