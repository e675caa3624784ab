import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { buffer } from "node:stream/consumers";
import {
  digestOf,
  encodeEnvelope,
  generateSigningKey,
  type Manifest,
  manifestIn,
  reportEntryName,
  sealStream,
  signManifest,
  type SigningKey,
  verifyReceipt,
} from "@fairlead/sealing";
import { pinned } from "../peers/index.ts";
import type { SealedReferral } from "../referral/seal.ts";
import { footprint } from "../testing/footprint.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { bytesOf, referred, sealedFor } from "../testing/referral.ts";
import {
  accepted,
  testFile,
  type TestFile,
  testReport,
  testSender,
  type TestSender,
} from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let platform: TestStation;
let agency: TestStation;
let sender: TestSender;
before(async () => {
  platform = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  agency = await startTestStation(end, {
    id: "agency-one",
    profile: "national-agency",
    config: { roles: ["intake"] },
  });
  await introduce(platform, peerOf(agency));
  await introduce(agency, peerOf(platform));
  sender = await testSender(platform);
});

/** A new report at the platform, sealed to the agency and not sent. */
async function sealedReport(
  files: readonly TestFile[] = [testFile()],
): Promise<SealedReferral & { reportId: string }> {
  const reportId = await accepted(sender, files);
  return { ...(await sealedFor(platform, await referred(platform, reportId, "agency-one"))), reportId };
}

const put = (id: string, bytes: Uint8Array<ArrayBuffer>, type = "application/vnd.fairlead.package") =>
  fetch(`${agency.url}/door/packages/${id}`, {
    method: "PUT",
    headers: { "content-type": type },
    body: bytes,
  });

async function refusedBy(status: number, send: () => Promise<Response>) {
  const earlier = await footprint(agency);
  const problem = await problemOf(await send(), status);
  assert.deepEqual(await footprint(agency), earlier);
  return problem;
}

/** The same package under another manifest. */
async function reseal(
  sealed: SealedReferral,
  change: (manifest: Manifest) => Manifest,
  key: SigningKey = platform.station.keys.signing,
): Promise<SealedReferral> {
  const envelope = await signManifest(change(manifestIn(sealed.envelope)), key);
  return { ...sealed, envelope };
}

test("a package is acknowledged by a receipt, and report and bytes are those of the sender", async () => {
  const files = [testFile(), testFile({ name: "meadow.png" })];
  const sealed = await sealedReport(files);
  const response = await put(sealed.packageId, await bytesOf(platform, sealed));
  const receipt: unknown = await response.json();
  assert.equal(response.status, 200);
  const manifestSha256 = createHash("sha256").update(encodeEnvelope(sealed.envelope)).digest("hex");
  const peer = { id: "agency-one", verify_key: agency.card.verifyKey };
  verifyReceipt(receipt, [pinned(peer)], {
    packageId: sealed.packageId,
    manifestSha256,
    receiver: "agency-one",
  });
  const [sent, taken] = await Promise.all(
    [platform, agency].map(({ station }, index) =>
      station.db.kysely
        .selectFrom("report")
        .selectAll()
        .where(index === 0 ? "id" : "handed_reference", "=", sealed.reportId)
        .executeTakeFirstOrThrow(),
    ),
  );
  assert.deepEqual(taken?.content, sent?.content);
  assert.equal(taken?.return_to, "platform-one");
  const evidence = await agency.station.db.kysely
    .selectFrom("evidence")
    .selectAll()
    .where("report_id", "=", taken?.id ?? "")
    .orderBy("position")
    .execute();
  assert.equal(evidence.length, 2);
  for (const [index, item] of evidence.entries())
    assert.deepEqual(
      await buffer(agency.station.vault.decrypt(item.object_name ?? "")),
      Buffer.from(files[index]?.bytes ?? []),
    );
});

test("the same bytes again, one after another or all at once, get one receipt and make one report", async () => {
  const sealed = await sealedReport();
  const bytes = await bytesOf(platform, sealed);
  const earlier = await footprint(agency);
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => await (await put(sealed.packageId, bytes)).json()),
  );
  answers.push(await (await put(sealed.packageId, bytes)).json());
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  const later = await footprint(agency);
  assert.equal(later["report"], (earlier["report"] ?? 0) + 1);
  assert.equal(later["objects"], (earlier["objects"] ?? 0) + 1);
  assert.equal(later["inbound_package"], (earlier["inbound_package"] ?? 0) + 1);
});

test("the same report in a second package is the same report, with its evidence once", async () => {
  const sealed = await sealedReport();
  await put(sealed.packageId, await bytesOf(platform, sealed));
  const packageId = randomUUID();
  const again = await reseal(sealed, (manifest) => ({ ...manifest, packageId, custody: [] }));
  const earlier = await footprint(agency);
  assert.equal((await put(packageId, await bytesOf(platform, again))).status, 200);
  const later = await footprint(agency);
  for (const held of ["report", "evidence", "vault_object", "objects"])
    assert.equal(later[held], earlier[held], held);
});

test("another manifest under the id of an accepted package is a conflict, and the first stands", async () => {
  const sealed = await sealedReport();
  const receipt: unknown = await (await put(sealed.packageId, await bytesOf(platform, sealed))).json();
  const other = await reseal(sealed, (manifest) => ({ ...manifest, purpose: "Another purpose." }));
  await refusedBy(409, async () => await put(sealed.packageId, await bytesOf(platform, other)));
  assert.deepEqual(await (await put(sealed.packageId, await bytesOf(platform, sealed))).json(), receipt);
});

test("who sealed it and for whom must be proven: strangers, forgers and packages for others are refused", async () => {
  const sealed = await sealedReport();
  const forger = generateSigningKey();
  const attacks: SealedReferral[] = [
    await reseal(
      sealed,
      (manifest) => ({ ...manifest, from: { ...manifest.from, signingKeyId: forger.keyId } }),
      forger,
    ),
    { ...sealed, envelope: { ...sealed.envelope, signatures: (await sealedReport([])).envelope.signatures } },
    await reseal(sealed, (manifest) => ({ ...manifest, from: { ...manifest.from, station: "stranger" } })),
    await reseal(sealed, (manifest) => ({ ...manifest, to: { ...manifest.to, station: "force-one" } })),
    await reseal(sealed, (manifest) => ({
      ...manifest,
      to: { ...manifest.to, recipient: platform.card.recipient },
    })),
  ];
  for (const attack of attacks)
    await refusedBy(422, async () => await put(sealed.packageId, await bytesOf(platform, attack)));
  await introduce(agency);
  await refusedBy(422, async () => await put(sealed.packageId, await bytesOf(platform, sealed)));
  await introduce(agency, peerOf(platform));
  assert.equal((await put(sealed.packageId, await bytesOf(platform, sealed))).status, 200);
});

test("a package goes to the address of its id, in its own media type", async () => {
  const sealed = await sealedReport();
  const bytes = await bytesOf(platform, sealed);
  for (const id of [randomUUID(), "landscape", "-".repeat(36), "..%2f..", "%00"])
    await refusedBy(422, () => put(id, bytes));
  await refusedBy(415, () => put(sealed.packageId, bytes, "application/octet-stream"));
  await refusedBy(415, () => put(sealed.packageId, bytes, "application/json"));
});

test("a package that was changed anywhere is refused, and nothing of it is kept", async () => {
  const sealed = await sealedReport();
  const bytes = await bytesOf(platform, sealed);
  for (let step = 0; step < 24; step += 1) {
    const changed = new Uint8Array(bytes);
    const offset = Math.floor((step * (bytes.length - 1)) / 23);
    changed[offset] = (changed[offset] ?? 0) ^ 0x20;
    await refusedBy(422, () => put(sealed.packageId, changed));
  }
  assert.equal((await put(sealed.packageId, bytes)).status, 200);
});

test("a package that was cut or lengthened is refused, and nothing of it is kept", async () => {
  const sealed = await sealedReport();
  const bytes = await bytesOf(platform, sealed);
  for (const length of [
    0,
    1,
    511,
    512,
    1024,
    Math.floor(bytes.length / 2),
    bytes.length - 1024,
    bytes.length - 1,
  ])
    await refusedBy(422, () => put(sealed.packageId, bytes.slice(0, length)));
  await refusedBy(422, () => put(sealed.packageId, new Uint8Array(Buffer.concat([bytes, Buffer.from("x")]))));
});

/** A package with nothing but this text where the report should be, signed by the platform. */
async function handmade(plaintext: string): Promise<SealedReferral> {
  const template = manifestIn((await sealedReport([])).envelope);
  async function* one(bytes: Uint8Array) {
    yield bytes;
  }
  const ciphertext = await buffer(sealStream(one(Buffer.from(plaintext)), [agency.card.recipient]));
  const measured = async (bytes: Uint8Array) => {
    const { sha256, size } = await digestOf(one(bytes));
    return { sha256, size };
  };
  const packageId = randomUUID();
  const reportId = randomUUID();
  const envelope = await signManifest(
    {
      ...template,
      packageId,
      custody: [],
      evidence: [],
      reports: [
        {
          reportId,
          entry: reportEntryName(reportId),
          ciphertext: await measured(ciphertext),
          plaintext: await measured(Buffer.from(plaintext)),
        },
      ],
    },
    platform.station.keys.signing,
  );
  return { packageId, envelope, report: ciphertext.toString("base64"), evidence: {} };
}

test("a peer's signature does not make rubbish a report: each mistake is named by its place", async () => {
  const good = { version: 1, report: testReport([]), claims: [], numbers: [] };
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const occurred = { raw: later, at: later, zone: "stated", offset: "Z" };
  const cases: Array<[string, RegExp | undefined]> = [
    ["{", undefined],
    ["{}", /#\/version$/],
    [JSON.stringify({ ...good, claims: [{}] }), /#\/claims\/0/],
    [
      JSON.stringify({
        ...good,
        report: { ...good.report, incident: { ...good.report.incident, occurred } },
      }),
      /#\/report\/incident\/occurred$/,
    ],
    [
      JSON.stringify({
        ...good,
        report: { ...good.report, statements: [{ topic: "note", text: "\u0000" }] },
      }),
      /#\/report\/statements\/0\/text$/,
    ],
    [JSON.stringify({ ...good, numbers: [{ station: "nul\u0000", number: "1" }] }), undefined],
    [
      JSON.stringify({
        ...good,
        claims: [
          {
            about: { kind: "report" },
            source: { kind: "sender", name: "x" },
            states: { kind: "escalation", text: "\u0000" },
          },
        ],
      }),
      undefined,
    ],
  ];
  for (const [plaintext, path] of cases) {
    const sealed = await handmade(plaintext);
    const earlier = await footprint(agency);
    const response = await put(sealed.packageId, await bytesOf(platform, sealed));
    // Numbers are not stored, so what they say harms nobody.
    if (response.status === 200) continue;
    const problem = await problemOf(response, 422);
    if (path !== undefined)
      assert.ok(
        problem.problems?.some((found) => path.test(found.path)),
        JSON.stringify(problem),
      );
    assert.deepEqual(await footprint(agency), earlier);
  }
  const sealed = await handmade(JSON.stringify(good));
  assert.equal((await put(sealed.packageId, await bytesOf(platform, sealed))).status, 200);
});
