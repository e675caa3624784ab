import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { footprint } from "../../testing/footprint.ts";
import { problemOf } from "../../testing/problem.ts";
import {
  formOf,
  measuresOf,
  type TestFile,
  testFile,
  testReport,
  testSender,
  type TestSender,
} from "../../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../testing/station.ts";
import { idOf, type TestUploads, testUploads, UPLOADS } from "../../testing/upload.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let uploads: TestUploads;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
  uploads = testUploads(at, sender);
});

const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** How a report names a file that was uploaded. */
function naming(file: TestFile, url: string) {
  return { evidence: file.id, upload: idOf(url), sha256: hex(file.bytes) };
}

async function send(report: unknown, named: unknown, files: readonly TestFile[] = [], from = sender) {
  const body = formOf(report, files);
  body.set("uploads", typeof named === "string" ? named : JSON.stringify(named));
  return await fetch(`${at.url}/door/reports`, {
    method: "POST",
    headers: { authorization: from.authorization },
    body,
  });
}

/** Uploads a file in two pieces. */
async function uploaded(file: TestFile): Promise<string> {
  const half = Math.floor(file.bytes.length / 2);
  const url = await uploads.begin(file.bytes.length, { body: file.bytes.subarray(0, half) });
  assert.equal((await uploads.patch(url, half, file.bytes.subarray(half))).status, 204);
  return url;
}

const drawing = () => testFile({ bytes: new Uint8Array(randomBytes(150_000)) });

async function evidenceOf(response: Response) {
  const { id } = (await response.json()) as { id: string };
  return await at.station.db.kysely
    .selectFrom("evidence")
    .innerJoin("report", "report.id", "evidence.report_id")
    .select(["evidence.id", "evidence.object_name", "report.content"])
    .where("report.id", "=", id)
    .orderBy("position")
    .execute();
}

test("a report that names an upload is accepted with the file's exact bytes, measured as those of a part are", async () => {
  const [large, small] = [drawing(), testFile()];
  const url = await uploaded(large);
  const response = await send(testReport([large, small]), [naming(large, url)], [small]);
  assert.equal(response.status, 201);
  const rows = await evidenceOf(response);
  for (const [index, { bytes }] of [large, small].entries()) {
    const parts: Uint8Array[] = [];
    for await (const part of at.station.vault.decrypt(rows[index]?.object_name ?? "")) parts.push(part);
    assert.ok(Buffer.concat(parts).equals(bytes));
    const content = rows[index]?.content as { evidence: Array<{ received?: object }> };
    assert.deepEqual(content.evidence[index]?.received, measuresOf(bytes));
  }
  assert.equal(await uploads.offset(url), large.bytes.length, "a client that asks again need not send again");
  await problemOf(await uploads.ask("DELETE", url), 409);
});

test("a report that is sent again with its upload is the same report, and keeps nothing more", async () => {
  const file = drawing();
  const report = testReport([file]);
  const named = [naming(file, await uploaded(file))];
  const first = await send(report, named);
  assert.equal(first.status, 201);
  const earlier = await footprint(at);
  const again = await send(report, named);
  assert.equal(again.status, 200);
  assert.deepEqual(await again.json(), await first.json());
  assert.deepEqual(await footprint(at), earlier);
});

test("an upload becomes one report's: another that names it is refused, also of two at once", async () => {
  const file = drawing();
  const named = [naming(file, await uploaded(file))];
  const answers = await Promise.all([1, 2, 3].map(() => send(testReport([file]), named)));
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409, 409],
  );
  const earlier = await footprint(at);
  const other = testFile();
  await problemOf(await send(testReport([file, other]), named, [other]), 409);
  assert.deepEqual(await footprint(at), earlier);
});

test("an upload that is not whole, of other bytes, ended, unknown or another sender's makes no report", async () => {
  const file = drawing();
  const half = await uploads.begin(file.bytes.length, { body: file.bytes.subarray(0, 1000) });
  const ended = await uploaded(file);
  await uploads.ask("DELETE", ended);
  const whole = await uploaded(file);
  const other = await testSender(at);
  const earlier = await footprint(at);
  for (const [named, from] of [
    [[naming(file, half)]],
    [[naming(file, ended)]],
    [[{ ...naming(file, whole), sha256: "0".repeat(64) }]],
    [[{ ...naming(file, whole), upload: "0".repeat(32) }]],
    [[naming(file, whole)], other],
    [[naming(file, whole), { ...naming(file, whole), evidence: testFile().id }]],
    [[naming(testFile({ bytes: file.bytes }), whole)]],
    [[{ ...naming(file, whole), upload: `../${"0".repeat(29)}` }]],
    [[{ ...naming(file, whole), more: true }]],
    [{ [file.id]: idOf(whole) }],
    ["{"],
  ] as const)
    await problemOf(await send(testReport([file]), named, [], from), 422);
  await problemOf(await send(testReport([file]), [naming(file, whole)], [file]), 422);
  assert.deepEqual(await footprint(at), earlier);
  assert.equal((await send(testReport([file]), [naming(file, whole)])).status, 201);
});

test("after its report is there, of an upload's parts none is left, on disk or in the database", async () => {
  const earlier = await footprint(at);
  const file = drawing();
  assert.equal((await send(testReport([file]), [naming(file, await uploaded(file))])).status, 201);
  const later = await footprint(at);
  assert.equal(later["objects"], (earlier["objects"] ?? 0) + 1);
  assert.equal(later["vault_object"], (earlier["vault_object"] ?? 0) + 1);
});

test("an upload whose parts were not joined, for the station was killed, is joined when its report comes", async () => {
  const file = drawing();
  const url = await uploads.begin(file.bytes.length + 1, { body: file.bytes });
  // What a kill between the last part's commit and the join leaves.
  await at.station.db.kysely
    .updateTable("upload")
    .set({ length: file.bytes.length })
    .where("id", "=", idOf(url))
    .execute();
  const response = await send(testReport([file]), [naming(file, url)]);
  assert.equal(response.status, 201);
});

test("a file of no bytes can be uploaded and named", async () => {
  const file = testFile({ bytes: new Uint8Array(0) });
  assert.equal((await send(testReport([file]), [naming(file, await uploads.begin(0))])).status, 201);
});

test("an address that was not begun by this account says nothing about whose it is", async () => {
  const url = await uploaded(drawing());
  const other = testUploads(at, await testSender(at));
  const [foreign, none] = await Promise.all([
    other.patch(url, 0, randomBytes(1)),
    other.patch(`${UPLOADS}/${"0".repeat(32)}`, 0, randomBytes(1)),
  ]);
  assert.deepEqual(await problemOf(foreign, 404), await problemOf(none, 404));
});
