import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Report } from "@fairlead/report";
import { parseConfig } from "../config.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import {
  type FrankedParts,
  frankedParts,
  frankedReport,
  testProvider,
  type TestProvider,
} from "../testing/franked.ts";
import {
  measuresOf,
  sealedFile,
  sealingSender,
  testFile,
  type TestFile,
  testSender,
  type TestSender,
} from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { checkProofs, recheckProofs } from "./index.ts";

const end = endOfFile();
let provider: TestProvider;
let at: TestStation;
let sender: TestSender;
let desk: TestDesk;
before(async () => {
  provider = await testProvider();
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { verifiers: [provider.card] },
  });
  sender = await testSender(at);
  desk = await deskOf(at, "lead");
});

async function handIn(files: readonly TestFile[], report: Report = frankedReport(files)): Promise<string> {
  const response = await sender.send(report, files);
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { id: string }).id;
}

const all = ({ bundle, records, attestation }: FrankedParts) => [bundle, records, attestation];

/** The proofs of a report once the station has judged them and assessed what follows. */
async function judged(id: string) {
  const rows = await until("the check of the proof", async () => {
    const found = await at.station.db.kysely
      .selectFrom("proof")
      .selectAll()
      .where("report_id", "=", id)
      .execute();
    // Not those that wait for the day on which time alone changes the assessment.
    const jobs = await at.station.db.pool.query(
      "select 1 from graphile_worker.jobs where key like $1 and run_at <= now()",
      [`%:${id}`],
    );
    return found.length > 0 && jobs.rowCount === 0 && found;
  });
  return rows;
}

async function offenceOf(id: string): Promise<string | undefined> {
  const { assessment } = await desk.report(id);
  return assessment?.attributes.find(({ attribute }) => attribute === "offence")?.value;
}

async function frankingClaims(id: string) {
  const { claims } = await desk.report(id);
  return claims.filter(({ states }) => states.kind === "franking");
}

test("a report with a pinned provider's attestation reaches O3 by this station's own claim about the bundle", async () => {
  const parts = await frankedParts(provider);
  const id = await handIn(all(parts));
  const [proof] = await judged(id);
  assert.deepEqual([proof?.state, proof?.code, proof?.bundle_id], ["proven", null, parts.bundle.id]);
  const [claim, ...more] = await frankingClaims(id);
  assert.deepEqual(more, []);
  const { id: station, name } = at.config.station;
  assert.deepEqual(claim?.source, { kind: "station", id: station, name });
  assert.deepEqual(claim?.about, { kind: "evidence", id: parts.bundle.id });
  assert.deepEqual(claim?.states, { kind: "franking", verified: true, fullConversation: false });
  assert.equal(await offenceOf(id), "O3");
});

test("the desk is shown what is attested, message by message, and which of the files here it is about", async () => {
  const boat = testFile({ name: "boat.png" });
  const root = "c".repeat(64);
  const { sha256, size } = measuresOf(boat.bytes);
  const parts = await frankedParts(provider, (attestation) => ({
    ...attestation,
    verdict: {
      ...attestation.verdict,
      items: attestation.verdict.items.map((item) =>
        item.selected
          ? { ...item, attachments: [{ root, mode: "full", result: "opened-and-bound", sha256, size }] }
          : {
              ...item,
              steps: [{ step: "V8", result: "not-checked", code: "log.not-yet", detail: "Later." }],
            },
      ),
    },
  }));
  const id = await handIn([...all(parts), boat]);
  await judged(id);
  const [proof, ...more] = (await desk.report(id)).proofs;
  assert.deepEqual(more, []);
  assert.deepEqual(
    [proof?.state, proof?.bundle, proof?.attestation, proof?.keyIds],
    ["proven", parts.bundle.id, parts.attestation.id, [provider.signer.keyId]],
  );
  const attested = proof?.attested;
  assert.deepEqual(attested?.withheld, { count: 1, ranges: [{ from: "2", to: "2" }] });
  assert.deepEqual(attested?.window, { from: "1", to: "3", firstSeq: "1", headSeq: "9" });
  const [context, picked] = attested?.messages ?? [];
  assert.deepEqual(context?.open, [
    { step: "V8", result: "not-checked", code: "log.not-yet", detail: "Later." },
  ]);
  assert.deepEqual(
    [picked?.seq, picked?.selected, picked?.acceptedAt],
    ["3", true, "2026-04-25T19:30:00.000Z"],
  );
  assert.deepEqual(picked?.attachments, [
    { root, mode: "full", result: "opened-and-bound", sha256, size, evidence: boat.id },
  ]);
});

test("a conversation that is shown whole reaches O4", async () => {
  const parts = await frankedParts(provider, (attestation) => ({
    ...attestation,
    verdict: { ...attestation.verdict, withheld: [], fullConversation: true },
  }));
  const id = await handIn(all(parts));
  await judged(id);
  assert.equal(await offenceOf(id), "O4");
});

test("without an attestation the same bundle is its sender's word, and no job opens anything", async () => {
  const { bundle, records } = await frankedParts(provider);
  const id = await handIn([bundle, records]);
  await until("the assessment", async () => (await offenceOf(id)) !== undefined);
  assert.equal(await offenceOf(id), "O2");
  const { history } = await desk.report(id);
  assert.equal(
    history.filter(({ kind }) => kind === "evidence.opening" || kind === "proof.checked").length,
    0,
  );
});

test("a sender that states the proof itself proves nothing by it", async () => {
  const { bundle, records } = await frankedParts(provider);
  const report = frankedReport([bundle, records], {
    claims: [
      {
        about: { kind: "evidence", id: bundle.id },
        source: { kind: "station", id: at.config.station.id, name: at.config.station.name },
        states: { kind: "franking", verified: true, fullConversation: true },
      },
    ],
  });
  const id = await handIn([bundle, records], report);
  await until("the assessment", async () => (await offenceOf(id)) !== undefined);
  assert.equal(await offenceOf(id), "O2");
});

test("only the attestation is opened, by the station itself, and its leaf is in the tree before", async () => {
  const parts = await frankedParts(provider);
  const id = await handIn(all(parts));
  await judged(id);
  const leaves = await at.station.db.kysely
    .selectFrom("leaf")
    .selectAll()
    .where("report_id", "=", id)
    .orderBy("position")
    .execute();
  const openings = leaves.filter(({ kind }) => kind === "evidence.opening");
  assert.deepEqual(
    openings.map(({ actor, body, index }) => [actor, body, index !== null]),
    [["station", { evidence: parts.attestation.id, purpose: "check-proof-of-origin" }, true]],
  );
  const checked = leaves.find(({ kind }) => kind === "proof.checked");
  assert.deepEqual(checked?.body, {
    attestation: parts.attestation.id,
    bundle: parts.bundle.id,
    state: "proven",
    code: null,
    verified: true,
  });
  const page = await desk.report(id);
  const opening = page.evidence.find((item) => item.id === parts.attestation.id)?.openings[0];
  assert.equal(opening?.purpose, "check-proof-of-origin");
});

test("a log that does not answer means that nothing is opened, and the check waits", async () => {
  const parts = await frankedParts(provider);
  const silent: TestStation["station"] = {
    ...at.station,
    audit: { ...at.station.audit, covered: async () => await Promise.reject(new Error("the log is away")) },
    vault: {
      ...at.station.vault,
      decrypt: () => {
        throw new Error("opened without a leaf");
      },
    },
  };
  const id = await handIn(all(parts));
  await judged(id);
  await at.station.db.pool.query("delete from proof where report_id = $1", [id]);
  await assert.rejects(checkProofs(silent, { reportId: id }), /the log is away/);
});

test("however often and by however many workers it is checked, it is judged and stated once", async () => {
  const id = await handIn(all(await frankedParts(provider)));
  await judged(id);
  await at.station.db.pool.query("delete from claim where report_id = $1", [id]);
  await at.station.db.pool.query("delete from proof where report_id = $1", [id]);
  // As after a crash between the opening and the end: nothing of the first run is left but its leaf.
  await Promise.all([1, 2, 3].map(async () => await checkProofs(at.station, { reportId: id })));
  await checkProofs(at.station, { reportId: id });
  assert.equal((await judged(id)).length, 1);
  assert.equal((await frankingClaims(id)).length, 1);
  const { history } = await desk.report(id);
  assert.equal(
    history.filter(({ kind }) => kind === "proof.checked").length,
    2,
    "the deleted run and one more",
  );
});

test("a crash before the end leaves no half: neither a judgement without its claim nor a claim without its judgement", async () => {
  const id = await handIn(all(await frankedParts(provider)));
  await judged(id);
  for (const table of ["claim", "proof"])
    await at.station.db.pool.query(`delete from ${table} where report_id = $1`, [id]);
  await at.station.db.pool.query(
    "alter table claim add constraint broken check (made_at < '2000-01-01') not valid",
  );
  await assert.rejects(checkProofs(at.station, { reportId: id }));
  await at.station.db.pool.query("alter table claim drop constraint broken");
  const { rows } = await at.station.db.pool.query("select from proof where report_id = $1", [id]);
  assert.equal(rows.length, 0);
  await checkProofs(at.station, { reportId: id });
  assert.equal((await judged(id)).length, 1);
  assert.equal((await frankingClaims(id)).length, 1);
});

test("a provider that nobody pinned proves nothing and contradicts nothing, and counts once it is pinned", async () => {
  const stranger = await testProvider("stranger.example");
  const parts = await frankedParts(stranger);
  const id = await handIn(all(parts));
  const [proof] = await judged(id);
  assert.deepEqual(
    [proof?.state, proof?.code, proof?.attestation],
    ["unknown-provider", "key-not-pinned", null],
  );
  assert.deepEqual(await frankingClaims(id), []);
  assert.equal(await offenceOf(id), "O2");
  const openings = async () =>
    (await desk.report(id)).history.filter(({ kind }) => kind === "evidence.opening").length;
  await recheckProofs(at.station);
  await until("the queue", async () => {
    const { rows } = await at.station.db.pool.query("select from graphile_worker.jobs where run_at <= now()");
    return rows.length === 0;
  });
  assert.equal(await openings(), 1, "a restart alone opens nothing again");
  at.station.config.verifiers.push(stranger.card);
  await recheckProofs(at.station);
  await until("the proof", async () => (await judged(id))[0]?.state === "proven");
  await until("the new assessment", async () => (await offenceOf(id)) === "O3");
  assert.equal((await frankingClaims(id)).length, 1);
});

test("an attestation that was altered, or is about other bytes, is stated as speaking against the bundle", async () => {
  const parts = await frankedParts(provider);
  const envelope = JSON.parse(Buffer.from(parts.attestation.bytes).toString()) as { payload: string };
  const body = Buffer.from(envelope.payload, "base64")
    .toString()
    .replace('"withheld":["2"]', '"withheld":[]');
  const altered: TestFile = {
    ...parts.attestation,
    bytes: new Uint8Array(
      Buffer.from(JSON.stringify({ ...envelope, payload: Buffer.from(body).toString("base64") })),
    ),
  };
  const cut: TestFile = { ...parts.bundle, bytes: parts.bundle.bytes.slice(0, -1) };
  const otherRecords = { ...parts.records, bytes: new Uint8Array(Buffer.from("another record")) };
  const cases: Array<[string, TestFile[]]> = [
    ["signature", [parts.bundle, parts.records, altered]],
    ["bundle-differs", [cut, parts.records, parts.attestation]],
    ["records-differ", [parts.bundle, otherRecords, parts.attestation]],
  ];
  for (const [code, files] of cases) {
    const id = await handIn(files);
    const [proof] = await judged(id);
    assert.deepEqual([proof?.state, proof?.code], ["contradicted", code]);
    const [claim] = await frankingClaims(id);
    assert.deepEqual(claim?.states, { kind: "franking", verified: false, fullConversation: false }, code);
    assert.equal(await offenceOf(id), "O2", code);
  }
});

test("a file that only calls itself an attestation is read and found to be none", async () => {
  const { bundle, records } = await frankedParts(provider);
  const rubbish = testFile({ name: "attestation.json", mediaType: "application/octet-stream" });
  const picture = testFile({ name: "attestation.json", mediaType: "image/png" });
  const id = await handIn([bundle, records, rubbish, picture]);
  const proofs = await judged(id);
  assert.deepEqual(
    proofs.map(({ attestation_id, state }) => [attestation_id, state]),
    [[rubbish.id, "unreadable"]],
  );
  assert.deepEqual(await frankingClaims(id), []);
});

test("parts that the verifier sealed itself prove the same; a measure that it made up is found out", async () => {
  const verifier = await sealingSender(at);
  const recipient = at.station.keys.sealing.recipient;
  const send = async (parts: FrankedParts, stated: FrankedParts = parts) => {
    const report = frankedReport(all(parts));
    const evidence = report.evidence.map((item, index) => ({
      ...item,
      received: measuresOf(all(stated)[index]?.bytes ?? new Uint8Array()),
    }));
    const files = await Promise.all(all(parts).map((file) => sealedFile(file, recipient)));
    const response = await verifier.send({ ...report, evidence }, files);
    assert.equal(response.status, 201, await response.clone().text());
    return ((await response.json()) as { id: string }).id;
  };
  const honest = await send(await frankedParts(provider));
  assert.equal((await judged(honest))[0]?.state, "proven");
  assert.equal(await offenceOf(honest), "O3");
  const parts = await frankedParts(provider);
  const forged = { ...parts.attestation, bytes: parts.attestation.bytes.toReversed() };
  const made = await send(parts, { ...parts, attestation: forged });
  const [proof] = await judged(made);
  assert.deepEqual([proof?.state, proof?.code], ["unreadable", "not-as-measured"]);
});

test("two bundles with an attestation each are judged each by its own", async () => {
  const one = await frankedParts(provider);
  const two = await frankedParts(provider, (attestation) => ({
    ...attestation,
    verdict: { ...attestation.verdict, verdict: "VERIFIED_NO_SUBMIT_SIG" },
  }));
  const id = await handIn([...all(one), ...all(two)]);
  const proofs = await until("both", async () => {
    const rows = await judged(id);
    return rows.length === 2 && rows;
  });
  assert.deepEqual(
    new Map(proofs.map(({ bundle_id, state }) => [bundle_id, state])),
    new Map([
      [one.bundle.id, "proven"],
      [two.bundle.id, "not-proven"],
    ]),
  );
  assert.deepEqual(
    (await frankingClaims(id)).map(({ about }) => about),
    [{ kind: "evidence", id: one.bundle.id }],
  );
});

test("a miscopied key in the configuration stops a station before it starts", async () => {
  const [word = ""] = provider.card.keys;
  const slip = word.replace(/.$/, (last) => (last === "A" ? "Q" : "A"));
  assert.throws(
    () => parseConfig({ ...at.config, verifiers: [{ ...provider.card, keys: [slip] }] }, "station.json"),
    { code: "config.invalid" },
  );
});
