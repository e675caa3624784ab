import assert from "node:assert/strict";
import { before, test } from "node:test";
import { buffer } from "node:stream/consumers";
import type { Report } from "@fairlead/report";
import { generateIdentity } from "@fairlead/sealing";
import { readSecret, seedFromConfig } from "../seed.ts";
import { footprint } from "../testing/footprint.ts";
import { problemOf } from "../testing/problem.ts";
import {
  formOf,
  measuresOf,
  sealedFile,
  sealingSender,
  testFile,
  type TestFile,
  testReport,
  testSender,
  type TestSender,
} from "../testing/report.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await sealingSender(at);
});

/** A report that states what was measured of its files before they were sealed. */
function reportOf(files: readonly TestFile[], parts: Partial<Report> = {}): Report {
  const report = testReport(files, parts);
  const evidence = report.evidence.map((item, index) => ({
    ...item,
    received: measuresOf(files[index]?.bytes ?? new Uint8Array()),
  }));
  return { ...report, evidence };
}

const ours = () => at.station.keys.sealing.recipient;

async function refused(status: number, send: () => Promise<Response>) {
  const earlier = await footprint(at);
  const problem = await problemOf(await send(), status);
  assert.deepEqual(await footprint(at), earlier, "nothing of it was kept");
  return problem;
}

test("a sealed part is kept byte for byte as it came, with what its sender measured, and opens with this station's key", async () => {
  const plain = [testFile(), testFile({ name: "meadow.png" })];
  const [first, second] = plain as [TestFile, TestFile];
  const sealed = await sealedFile(first, ours());
  const report = reportOf(plain);
  // One part is sealed, the other is not: each is what its content type says.
  const response = await sender.send(report, [sealed, second]);
  assert.equal(response.status, 201, await response.clone().text());
  const { id } = (await response.json()) as { id: string };
  const rows = await at.station.db.kysely
    .selectFrom("evidence")
    .innerJoin("vault_object", "vault_object.name", "evidence.object_name")
    .selectAll()
    .where("report_id", "=", id)
    .orderBy("position")
    .execute();
  const [row] = rows;
  assert.deepEqual(await buffer(at.station.vault.sealed(row?.object_name ?? "")), Buffer.from(sealed.bytes));
  assert.deepEqual(await buffer(at.station.vault.decrypt(row?.object_name ?? "")), Buffer.from(first.bytes));
  assert.equal(row?.sha256?.toString("hex"), measuresOf(first.bytes).sha256);
  assert.equal(Number(row?.size), first.bytes.length);
  assert.equal(Number(row?.ciphertext_size), sealed.bytes.length);
  assert.equal(
    row?.media_type,
    first.mediaType,
    "its type is what the report says, not that of its wrapping",
  );
});

test("the same report sealed anew is the same report, and the first sealing stands", async () => {
  const file = testFile();
  const report = reportOf([file]);
  assert.equal((await sender.send(report, [await sealedFile(file, ours())])).status, 201);
  const earlier = await footprint(at);
  assert.equal((await sender.send(report, [await sealedFile(file, ours())])).status, 200);
  assert.deepEqual(await footprint(at), earlier);
});

test("an account that the operator did not mark hands in no sealed part", async () => {
  const other = await testSender(at);
  const file = testFile();
  const sealed = await sealedFile(file, ours());
  const problem = await refused(403, () => other.send(reportOf([file]), [sealed]));
  assert.match(problem.remedy ?? "", /seals/);
});

test("a sealed part that nobody measured, or measured otherwise, is refused with its place", async () => {
  const file = testFile();
  const sealed = await sealedFile(file, ours());
  const without = await refused(422, () => sender.send(testReport([file]), [sealed]));
  assert.equal(without.problems?.[0]?.path, "/evidence/0/received");
  const report = reportOf([file]);
  const longer = report.evidence.map((item) => ({
    ...item,
    received: { ...measuresOf(file.bytes), size: file.bytes.length + 1 },
  }));
  const wrong = await refused(422, () => sender.send({ ...report, evidence: longer }, [sealed]));
  assert.equal(wrong.problems?.[0]?.path, "/evidence/0/received/size");
  assert.match(wrong.problems?.[0]?.message ?? "", new RegExp(`holds ${file.bytes.length} bytes`));
});

test("what is sealed to somebody else, cut short, altered in its header, or not sealed at all is refused", async () => {
  const file = testFile();
  const sealed = await sealedFile(file, ours());
  const header = Buffer.from(sealed.bytes).indexOf("--- ");
  const altered = Buffer.from(sealed.bytes);
  altered[header + 4] = altered[header + 4] === 0x41 ? 0x42 : 0x41;
  const spoiled: Array<[string, Uint8Array<ArrayBuffer>]> = [
    ["for another key", (await sealedFile(file, generateIdentity().recipient)).bytes],
    ["cut within its header", sealed.bytes.slice(0, 60)],
    ["cut before its payload", sealed.bytes.slice(0, header + 48 + 10)],
    ["with an altered header", new Uint8Array(altered)],
    ["plain", file.bytes],
    ["empty", new Uint8Array()],
  ];
  for (const [what, bytes] of spoiled) {
    const problem = await refused(422, () => sender.send(reportOf([file]), [{ ...sealed, bytes }]));
    assert.equal(problem.problems?.[0]?.path, `/evidence/${file.id}`, what);
  }
  const shorter = { ...sealed, bytes: sealed.bytes.slice(0, -1) };
  const problem = await refused(422, () => sender.send(reportOf([file]), [shorter]));
  assert.equal(problem.problems?.[0]?.path, "/evidence/0/received/size", "one byte less is another size");
});

test("a sealed part for evidence that the report does not describe, or one that comes twice, is refused", async () => {
  const file = testFile();
  const sealed = await sealedFile(file, ours());
  const stray = await sealedFile(testFile(), ours());
  await refused(422, () => sender.send(reportOf([file]), [sealed, stray]));
  await refused(422, () => sender.send(reportOf([file]), [sealed, sealed]));
});

test("the configuration says who seals, and a restart without the mark takes it away", async () => {
  const { path } = await secretFile(end);
  const account = { username: "verifier", name: "Verifier", kind: "platform" as const, passwordFile: path };
  const file = testFile();
  const authorization = `Basic ${Buffer.from(`verifier:${await readSecret(path)}`).toString("base64")}`;
  const send = async () =>
    await fetch(`${at.url}/door/reports`, {
      method: "POST",
      headers: { authorization },
      body: formOf(reportOf([file]), [await sealedFile(file, ours())]),
    });
  for (const [seals, status] of [
    [true, 201],
    [false, 403],
  ] as const) {
    await seedFromConfig({ ...at.station, config: { ...at.config, senders: [{ ...account, seals }] } });
    assert.equal((await send()).status, status);
  }
});
