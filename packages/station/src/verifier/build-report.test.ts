import assert from "node:assert/strict";
import { test } from "node:test";
import type { BundleItem, ProviderItem, ReportBundle } from "@fairlead/franking";
import { contradictionsIn, type Report } from "@fairlead/report";
import * as fc from "fast-check";
import { buildReport, type ReportFacts } from "./build-report.ts";
import type { Subscriber } from "./office.ts";

const DOMAIN = "chat.example";
const ROOM = `mimi://${DOMAIN}/r/Rl33FWLCYWOwxHrYnpWDQg`;
const START = 1_777_145_400_000;
const [ann, bob, cleo] = ["ann", "bob", "cleo"].map((handle) => `mimi://${DOMAIN}/u/${handle}`) as [
  string,
  string,
  string,
];
const hash = new Uint8Array(32);
const deviceOf = (uri: string) => new Uint8Array(16).fill(uri.length);

function shown(roomSeq: bigint, senderUri: string, parts: Partial<BundleItem> = {}): BundleItem {
  return {
    selected: true,
    content: new Uint8Array(),
    senderUri,
    deviceId: deviceOf(senderUri),
    epoch: 1n,
    acceptedAt: BigInt(START) + roomSeq,
    frank: { serverFrank: hash, suite: 1, signature: new Uint8Array(64) },
    ext: { version: 1, roomSeq, prevHead: hash, recHash: hash, hubKid: 202_604 },
    attachments: [],
    ...parts,
  };
}

/** As the hub has it on record. */
function recorded(roomSeq: bigint, senderUri: string): ProviderItem {
  const context = { senderUri, roomUri: ROOM, acceptedAt: BigInt(START) + roomSeq };
  const record = {
    roomSeq,
    frankingTag: hash,
    serverFrank: hash,
    ctxCommit: hash,
    ctHash: hash,
    submitSigHash: hash,
    epoch: 1n,
  };
  const tbs = {
    roomUri: ROOM,
    senderUri,
    deviceId: deviceOf(senderUri),
    epoch: 1n,
    frankingTag: hash,
    ctHash: hash,
    clientTime: 0n,
    nonce: new Uint8Array(16),
  };
  const submit = { tbs, signature: new Uint8Array(64) };
  return { record, context, contextBlind: hash, submit, inclusion: null };
}

/** What the hub knows of somebody who spoke from one address all the time. */
function subscriber(uri: string): Subscriber {
  const deviceId = Buffer.from(deviceOf(uri)).toString("base64url");
  return {
    uri,
    handle: uri.slice(-3),
    name: "Somebody",
    createdAt: START - 1_000_000,
    devices: [{ id: deviceId, validFrom: START - 1_000_000, revokedAt: null }],
    connections: [{ deviceId, ip: "192.0.2.60", port: 4711, firstAt: START, lastAt: START + 60_000 }],
  };
}

/** Bob's report. */
function facts(bundle: Partial<ReportBundle>, items: ProviderItem[]): ReportFacts {
  return {
    reportId: "01990000-0000-7000-8000-000000000001",
    provider: { name: "Kite Chat", domain: DOMAIN },
    account: "verifier",
    bundle: {
      version: 1,
      reportId: "01990000-0000-7000-8000-000000000001",
      roomUri: ROOM,
      reporter: { uri: bob, deviceId: deviceOf(bob) },
      accusedUri: "",
      category: "other",
      note: "",
      items: [],
      withheld: [],
      window: {
        from: 1n,
        to: 9n,
        firstSeq: 1n,
        headAtReport: { roomUri: ROOM, roomSeq: 9n, head: hash, at: 0n, signature: new Uint8Array(64) },
      },
      client: { version: "1", build: "test" },
      createdAt: BigInt(START + 60_000),
      ...bundle,
    },
    records: {
      version: 1,
      hub: DOMAIN,
      roomUri: ROOM,
      items,
      frankingKeys: [],
      devices: [],
      rosters: [],
      gatheredAt: BigInt(START + 60_000),
    },
    evidence: [],
    subscribers: new Map([ann, bob].map((uri) => [uri, subscriber(uri)])),
    reporterUri: bob,
    receivedAt: START + 60_000,
  };
}

/** What the station's door would say against it. */
const refusals = (report: Report) => contradictionsIn(report, START + 120_000).map(({ code }) => code);

const accountsOf = (report: Report, role: string) =>
  report.persons.filter((person) => person.role === role).map(({ identifiers }) => identifiers[0]?.raw);

test("a picked message is an event of its sender, with the device and address that the hub has on record", () => {
  const report = buildReport(facts({ items: [shown(2n, ann)] }, [recorded(2n, ann)]));
  assert.deepEqual(refusals(report), []);
  assert.deepEqual(accountsOf(report, "suspect"), [ann]);
  const [sending] = report.persons[0]?.events ?? [];
  assert.equal(sending?.moment?.at, new Date(START + 2).toISOString());
  assert.equal(sending?.ip?.address, "192.0.2.60");
  assert.equal(sending?.port, 4711);
  const device = Buffer.from(deviceOf(ann)).toString("hex");
  assert.equal(sending?.device?.value, device);
  const devices = report.persons[0]?.identifiers.filter(({ kind }) => kind === "device");
  assert.deepEqual(
    devices?.map(({ raw }) => raw),
    [device],
  );
  assert.equal(report.incident.occurred?.at, sending?.moment?.at);
});

test("what a report makes up of times and senders is stated of nobody: no address follows from it", () => {
  const invented = shown(2n, ann, { acceptedAt: BigInt(START + 30_000) });
  for (const items of [[], [recorded(2n, cleo)]]) {
    const report = buildReport(facts({ items: [invented] }, items));
    const sent = report.persons.flatMap(({ events }) => events).filter(({ kind }) => kind === "send");
    assert.deepEqual(sent, []);
    assert.notEqual(report.incident.occurred?.at, new Date(START + 30_000).toISOString());
  }
});

test("whoever reports is whom the hub signed in, whatever the report says", () => {
  const report = buildReport(facts({ reporter: { uri: cleo, deviceId: deviceOf(cleo) } }, []));
  assert.deepEqual(accountsOf(report, "reporter"), [bob]);
});

test("messages of several people make one report about who wrote the first, with the others named beside", () => {
  const items = [shown(1n, bob), shown(2n, cleo), shown(3n, ann)];
  const report = buildReport(
    facts(
      { items },
      items.map(({ ext, senderUri }) => recorded(ext.roomSeq, senderUri)),
    ),
  );
  assert.deepEqual(refusals(report), []);
  assert.deepEqual(accountsOf(report, "suspect"), [cleo]);
  assert.deepEqual(accountsOf(report, "associated"), [ann]);
  assert.equal(report.persons[1]?.events[0]?.kind, "send");
});

test("an account counts as confirmed only where the hub knows whose it is", () => {
  const verifiedFor = (accusedUri: string) =>
    buildReport(facts({ accusedUri, items: [shown(2n, accusedUri)] }, [])).persons[0]?.identifiers[0]
      ?.verified;
  assert.equal(verifiedFor(ann), "yes");
  assert.equal(verifiedFor(cleo), "unknown");
});

test("whatever stands in a bundle, the report of it is one that a door takes", () => {
  const uri = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1024 }),
    fc.constantFrom("", ann, bob, ROOM, `${ann}\u0000`, `${ROOM}${"🪁".repeat(200)}`, `x${ROOM}`),
  );
  const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const item = fc
    .tuple(fc.bigInt({ min: 1n, max: 9n }), uri, time, fc.boolean())
    .map(([seq, senderUri, acceptedAt, selected]) => shown(seq, senderUri, { acceptedAt, selected }));
  fc.assert(
    fc.property(
      uri,
      uri,
      uri,
      time,
      fc.array(item, { maxLength: 4 }),
      (roomUri, accusedUri, from, at, items) => {
        const reporter = { uri: from, deviceId: deviceOf(bob) };
        const report = buildReport(facts({ roomUri, accusedUri, reporter, createdAt: at, items }, []));
        assert.deepEqual(refusals(report), []);
      },
    ),
    { numRuns: 300 },
  );
});
