import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { problemOf } from "../../testing/problem.ts";
import { footprint } from "../../testing/footprint.ts";
import { testSender, type TestSender } from "../../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../testing/station.ts";
import { idOf, type TestUploads, testUploads, UPLOADS } from "../../testing/upload.ts";
import { MOST_BYTES, PART_BYTES } from "./limits.ts";
import { endUpload, sweepUploads } from "./store.ts";

// The examples and the MUSTs of https://tus.io/protocols/resumable-upload, version 1.0.0.

const end = endOfFile();
let now = Date.now();
let at: TestStation;
let sender: TestSender;
let uploads: TestUploads;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
  uploads = testUploads(at, sender);
});

const checksum = (algorithm: string, bytes: Uint8Array) =>
  `${algorithm} ${createHash(algorithm).update(bytes).digest("base64")}`;
const partsOf = async (url: string) =>
  await at.station.db.kysely
    .selectFrom("upload_part")
    .select(["start", "size", "object_name"])
    .where("upload_id", "=", idOf(url))
    .orderBy("start")
    .execute();

test("what the door can do is told to anybody, in the protocol's words", async () => {
  const response = await fetch(`${at.url}${UPLOADS}`, { method: "OPTIONS" });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("tus-resumable"), "1.0.0");
  assert.equal(response.headers.get("tus-version"), "1.0.0");
  assert.equal(
    response.headers.get("tus-extension"),
    "creation,creation-with-upload,expiration,checksum,termination",
  );
  assert.equal(response.headers.get("tus-max-size"), String(MOST_BYTES));
  assert.equal(response.headers.get("tus-checksum-algorithm"), "sha1,sha256,md5");
});

test("the specification's example: of 100 bytes 70 come, HEAD says so, and the last 30 are taken from there", async () => {
  const bytes = randomBytes(100);
  const url = await uploads.begin(100);
  const first = await uploads.patch(url, 0, bytes.subarray(0, 70));
  assert.equal(first.status, 204);
  assert.equal(first.headers.get("upload-offset"), "70");
  const head = await uploads.ask("HEAD", url);
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("upload-offset"), "70");
  assert.equal(head.headers.get("upload-length"), "100");
  assert.equal(head.headers.get("cache-control"), "no-store");
  assert.equal(head.headers.get("tus-resumable"), "1.0.0");
  const last = await uploads.patch(url, 70, bytes.subarray(70));
  assert.equal(last.status, 204);
  assert.equal(last.headers.get("upload-offset"), "100");
  assert.equal(await uploads.offset(url), 100);
});

test("metadata is given back as it came, and bytes that come with the creation count", async () => {
  const metadata = "filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential";
  const response = await uploads.ask(
    "POST",
    UPLOADS,
    {
      "upload-length": "100",
      "upload-metadata": metadata,
      "content-type": "application/offset+octet-stream",
    },
    Buffer.from("hello"),
  );
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("upload-offset"), "5");
  const url = response.headers.get("location") ?? "";
  const head = await uploads.ask("HEAD", url);
  assert.equal(head.headers.get("upload-metadata"), metadata);
  assert.equal(head.headers.get("upload-offset"), "5");
});

test("a file of no bytes is whole when it is begun", async () => {
  const url = await uploads.begin(0);
  assert.equal(await uploads.offset(url), 0);
});

test("another version, or none, is told which one is spoken, and nothing is done", async () => {
  for (const version of ["", "0.2.2", "1.0", "1.0.0, 1.0.0"]) {
    const earlier = await at.station.db.kysely.selectFrom("upload").select("id").execute();
    const response = await uploads.ask("POST", UPLOADS, { "upload-length": "5", "tus-resumable": version });
    assert.equal(response.headers.get("tus-version"), "1.0.0");
    await problemOf(response, 412);
    assert.equal(
      (await at.station.db.kysely.selectFrom("upload").select("id").execute()).length,
      earlier.length,
    );
  }
});

test("a length or an offset that is no number of bytes is refused", async () => {
  const url = await uploads.begin(10);
  for (const value of [
    "-1",
    "+1",
    "1.0",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "01",
    "1,1",
    "9".repeat(16),
    "٣".length + "x",
  ]) {
    await problemOf(await uploads.ask("POST", UPLOADS, { "upload-length": value }), 400);
    await problemOf(await uploads.patch(url, 0, Buffer.from("x"), { "upload-offset": value }), 400);
  }
  await problemOf(await uploads.ask("POST", UPLOADS), 400);
  await problemOf(
    await uploads.ask("POST", UPLOADS, { "upload-length": "5", "upload-defer-length": "1" }),
    400,
  );
  await problemOf(await uploads.ask("POST", UPLOADS, { "upload-length": String(MOST_BYTES + 1) }), 413);
  assert.equal(await uploads.offset(url), 0);
});

test("metadata outside of the protocol's form is refused", async () => {
  const long = `a ${"YQ==".repeat(1100)}`;
  for (const value of [
    "a  YQ==",
    "a YQ=",
    "a Y!==",
    "a YQ==,a YQ==",
    ",",
    "a,",
    "a YQ== b",
    "\u00e4 YQ==",
    "a\tYQ==",
    long,
  ])
    await problemOf(
      await uploads.ask("POST", UPLOADS, { "upload-length": "5", "upload-metadata": value }),
      400,
    );
});

test("an offset that is not the upload's is a conflict and changes nothing", async () => {
  const url = await uploads.begin(100, { body: randomBytes(40) });
  for (const offset of [0, 39, 41, 100])
    await problemOf(await uploads.patch(url, offset, randomBytes(10)), 409);
  assert.equal(await uploads.offset(url), 40);
});

test("of many who go on at one offset at once, one does, and the others hear of the conflict", async () => {
  const sent = Array.from({ length: 8 }, () => randomBytes(1000));
  const url = await uploads.begin(1000);
  const earlier = await footprint(at);
  const answers = await Promise.all(sent.map((bytes) => uploads.patch(url, 0, bytes)));
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [204, 409, 409, 409, 409, 409, 409, 409],
  );
  assert.equal(await uploads.offset(url), 1000);
  const later = await footprint(at);
  assert.deepEqual(
    [later["objects"], later["vault_object"]].map(Number),
    [earlier["objects"], earlier["vault_object"]].map((n) => Number(n) + 1),
  );
});

test("bytes of another type, or more of them than are missing, are refused, and none of them is kept", async () => {
  const url = await uploads.begin(10);
  const earlier = await footprint(at);
  await problemOf(await uploads.patch(url, 0, Buffer.from("x"), { "content-type": "application/json" }), 415);
  await problemOf(await uploads.patch(url, 0, Buffer.from("x"), { "content-type": "" }), 415);
  await problemOf(await uploads.patch(url, 0, randomBytes(11)), 413);
  assert.equal(await uploads.offset(url), 0);
  assert.deepEqual(await footprint(at), earlier);
});

test("a body whose checksum agrees counts, and one whose checksum does not counts for nothing", async () => {
  const bytes = Buffer.from("hello world");
  const url = await uploads.begin(33);
  // The specification's own: sha1 of "hello world".
  const right = await uploads.patch(url, 0, bytes, {
    "upload-checksum": "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
  });
  assert.equal(right.status, 204);
  const earlier = await footprint(at);
  const wrong = await uploads.patch(url, 11, bytes, {
    "upload-checksum": checksum("sha1", Buffer.from("kite")),
  });
  assert.equal(wrong.statusText, "Checksum Mismatch");
  await problemOf(wrong, 460);
  for (const value of [
    "crc32 AAAAAA==",
    "sha1",
    "sha1 !",
    "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
    "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
  ])
    await problemOf(await uploads.patch(url, 11, bytes, { "upload-checksum": value }), 400);
  assert.equal(await uploads.offset(url), 11);
  assert.deepEqual(await footprint(at), earlier);
  for (const [offset, algorithm] of [
    [11, "sha256"],
    [22, "md5"],
  ] as const)
    assert.equal(
      (await uploads.patch(url, offset, bytes, { "upload-checksum": checksum(algorithm, bytes) })).status,
      204,
    );
});

test("a body is counted part by part, so that a kill costs no more than one; with a checksum all of it at once", async () => {
  const bytes = randomBytes(2 * PART_BYTES + 5);
  const plain = await uploads.begin(bytes.length + 1);
  await uploads.patch(plain, 0, bytes);
  assert.deepEqual(
    (await partsOf(plain)).map(({ size }) => Number(size)),
    [PART_BYTES, PART_BYTES, 5],
  );
  const checked = await uploads.begin(bytes.length + 1);
  await problemOf(
    await uploads.patch(checked, 0, bytes, { "upload-checksum": checksum("sha1", Buffer.from("")) }),
    460,
  );
  assert.equal(await uploads.offset(checked), 0);
  assert.equal(
    (await uploads.patch(checked, 0, bytes, { "upload-checksum": checksum("sha1", bytes) })).status,
    204,
  );
});

test("what came before a connection broke is kept, sealed, and the upload goes on from there", async () => {
  const bytes = randomBytes(300_000);
  const url = await uploads.begin(bytes.length);
  await uploads.broken(url, 0, bytes.subarray(0, 200_000), bytes.length);
  const offset = await uploads.settled(url);
  assert.ok(offset > 0 && offset <= 200_000, String(offset));
  for (const { object_name } of await partsOf(url)) {
    const sealed: Uint8Array[] = [];
    for await (const portion of at.station.vault.sealed(object_name)) sealed.push(portion);
    const whole = Buffer.concat(sealed);
    assert.ok(whole.toString("latin1").startsWith("age-encryption.org/v1"));
    assert.ok(!whole.includes(bytes.subarray(0, 64)));
  }
  assert.equal((await uploads.patch(url, offset, bytes.subarray(offset))).status, 204);
});

test("another sender's upload, one that never was and a name that points elsewhere are not found", async () => {
  const url = await uploads.begin(10);
  const other = testUploads(at, await testSender(at));
  for (const ask of [
    () => other.ask("HEAD", url),
    () => other.patch(url, 0, randomBytes(5)),
    () => other.ask("DELETE", url),
    () => uploads.ask("DELETE", `${UPLOADS}/${"0".repeat(32)}`),
    () => uploads.patch(`${UPLOADS}/..%2f..%2f${"0".repeat(26)}`, 0, randomBytes(5)),
    () => uploads.patch(`${UPLOADS}/%00`, 0, randomBytes(5)),
    () => uploads.patch(`${UPLOADS}/__proto__`, 0, randomBytes(5)),
  ])
    assert.equal((await ask()).status, 404);
  assert.equal(await uploads.offset(url), 0);
  assert.equal((await uploads.ask("HEAD", url, { authorization: "Basic eDp5" })).status, 401);
});

test("an upload that its sender ends is gone, and so are its bytes", async () => {
  const earlier = await footprint(at);
  for (const length of [10, 5]) {
    const url = await uploads.begin(length, { body: randomBytes(5) });
    const response = await uploads.ask("DELETE", url);
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("tus-resumable"), "1.0.0");
    for (const method of ["HEAD", "DELETE"]) assert.equal((await uploads.ask(method, url)).status, 410);
    await problemOf(await uploads.patch(url, 5, randomBytes(5)), 410);
  }
  assert.deepEqual(await footprint(at), earlier);
});

test("where a client cannot say a method, a header says it", async () => {
  const url = await uploads.begin(5);
  const headers = {
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
    "x-http-method-override": "PATCH",
  };
  assert.equal((await uploads.ask("POST", url, headers, randomBytes(5))).status, 204);
  assert.equal((await uploads.ask("POST", url, { "x-http-method-override": "DELETE" })).status, 204);
  for (const method of ["GET", "POST"]) await problemOf(await uploads.ask(method, url), 405);
  await problemOf(await uploads.ask("POST", url, { "x-http-method-override": "constructor" }), 405);
});

test("an upload is gone a day after its last byte, first to its sender, then from disk and database", async () => {
  const earlier = await footprint(at);
  const url = await uploads.begin(10);
  now += 23 * 3_600_000;
  const response = await uploads.patch(url, 0, randomBytes(5));
  assert.equal(
    Date.parse(response.headers.get("upload-expires") ?? ""),
    Math.floor((now + 24 * 3_600_000) / 1000) * 1000,
  );
  now += 23 * 3_600_000;
  await sweepUploads(at.station);
  // A sweep that had seen it expired, before its last part came.
  await endUpload(at.station, idOf(url), "expired");
  assert.equal(await uploads.offset(url), 5);
  now += 2 * 3_600_000;
  assert.equal((await uploads.ask("HEAD", url)).status, 410);
  await problemOf(await uploads.patch(url, 5, randomBytes(5)), 410);
  await sweepUploads(at.station);
  assert.deepEqual(await partsOf(url), []);
  assert.equal((await uploads.ask("HEAD", url)).status, 410);
  now += 8 * 24 * 3_600_000;
  await sweepUploads(at.station);
  assert.equal((await uploads.ask("HEAD", url)).status, 404);
  const { objects, vault_object } = await footprint(at);
  assert.ok(
    (objects ?? 0) <= (earlier["objects"] ?? 0) && (vault_object ?? 0) <= (earlier["vault_object"] ?? 0),
  );
});

test("a sender that begins more than is kept for one is told to finish or to end what it has", async () => {
  const greedy = testUploads(at, await testSender(at));
  const begun = [];
  for (let n = 0; n < 4; n += 1) begun.push(await greedy.begin(MOST_BYTES));
  const refused = await greedy.ask("POST", UPLOADS, { "upload-length": "1" });
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  await problemOf(refused, 429);
  assert.equal((await greedy.ask("DELETE", begun[0] ?? "")).status, 204);
  await greedy.begin(1);
  await uploads.begin(1);
});

test("the door describes itself, with every answer that it gives", async () => {
  const response = await fetch(`${at.url}${UPLOADS}/openapi.json`);
  const { openapi, paths } = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  assert.equal(openapi, "3.1.0");
  assert.deepEqual(Object.keys(paths), [UPLOADS, `${UPLOADS}/{id}`]);
});
