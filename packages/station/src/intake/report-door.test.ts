import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { before, test } from "node:test";
import { text } from "node:stream/consumers";
import type { EvidenceId } from "@fairlead/report";
import { footprint } from "../testing/footprint.ts";
import { problemOf } from "../testing/problem.ts";
import { formOf, testFile, testReport, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
});

interface Answer {
  id: string;
  number: string;
}

/** Sends what must be refused, and sees that the station is as it was. */
async function refusedBy(status: number, send: () => Promise<Response>) {
  const earlier = await footprint(at);
  const problem = await problemOf(await send(), status);
  assert.deepEqual(await footprint(at), earlier);
  return problem;
}

test("a report with its files is accepted, measured, sealed and kept as it was sent", async () => {
  const files = [testFile(), testFile({ name: "meadow.png" })];
  const report = testReport(files);
  const response = await sender.send(report, files);
  assert.equal(response.status, 201);
  const { id } = (await response.json()) as Answer;
  const row = await at.station.db.kysely
    .selectFrom("report")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  assert.equal(row.status, "new");
  const measured = report.evidence.map((item, index) => {
    const bytes = files[index]?.bytes ?? Buffer.alloc(0);
    const hash = (name: string) => createHash(name).update(bytes).digest("hex");
    return {
      ...item,
      received: { size: bytes.length, sha256: hash("sha256"), sha1: hash("sha1"), md5: hash("md5") },
    };
  });
  assert.deepEqual(row.content, { ...report, evidence: measured });
  const evidence = await at.station.db.kysely
    .selectFrom("evidence")
    .selectAll()
    .where("report_id", "=", id)
    .orderBy("position")
    .execute();
  for (const [index, item] of evidence.entries()) {
    assert.equal(
      await text(at.station.vault.decrypt(item.object_name ?? "")),
      Buffer.from(files[index]?.bytes ?? []).toString(),
    );
    const sealed = Buffer.from(await text(at.station.vault.sealed(item.object_name ?? "")));
    assert.ok(!sealed.includes(Buffer.from(files[index]?.bytes ?? [])), "the object on disk is sealed");
  }
});

test("a resend is answered with the same number, and is one report with one set of objects", async () => {
  const files = [testFile()];
  const report = testReport(files);
  const first = (await (await sender.send(report, files)).json()) as Answer;
  const earlier = await footprint(at);
  const again = await sender.send(report, files);
  assert.equal(again.status, 200);
  assert.deepEqual(await again.json(), first);
  const later = await footprint(at);
  assert.deepEqual(later, earlier);
});

test("a report that is sent many times at once is one report", async () => {
  const files = [testFile()];
  const report = testReport(files);
  const earlier = await footprint(at);
  const responses = await Promise.all(Array.from({ length: 6 }, () => sender.send(report, files)));
  const statuses = responses.map((response) => response.status);
  assert.equal(statuses.filter((status) => status === 201).length, 1, String(statuses));
  assert.ok(
    statuses.every((status) => status === 201 || status === 200),
    String(statuses),
  );
  const numbers = await Promise.all(
    responses.map(async (response) => ((await response.json()) as Answer).number),
  );
  assert.equal(new Set(numbers).size, 1);
  const later = await footprint(at);
  assert.equal(later["report"], (earlier["report"] ?? 0) + 1);
  assert.equal(later["objects"], (earlier["objects"] ?? 0) + 1);
});

test("a report that describes as many pieces of evidence as a report may have is taken whole", async () => {
  const files = Array.from({ length: 10_000 }, () => testFile());
  const response = await sender.send(testReport(files));
  assert.equal(response.status, 201, response.statusText);
  const { id } = (await response.json()) as Answer;
  const { rows } = await at.station.db.pool.query<{ id: string }>(
    "select id from evidence where report_id = $1 order by position",
    [id],
  );
  assert.deepEqual(
    rows.map((row) => row.id),
    files.map((file) => file.id),
  );
});

test("the same reference with other content is a conflict, and the first report stands", async () => {
  const files = [testFile()];
  const report = testReport(files);
  await sender.send(report, files);
  const changed = { ...report, incident: { ...report.incident, platform: "Another Example" } };
  const problem = await refusedBy(409, () => sender.send(changed, files));
  assert.match(problem.remedy ?? "", /prior-report/);
});

test("another sender may use the same reference for a report of its own", async () => {
  const report = testReport([]);
  const other = await testSender(at);
  const one = (await (await sender.send(report)).json()) as Answer;
  const two = (await (await other.send(report)).json()) as Answer;
  assert.notEqual(one.number, two.number);
});

test("an account speaks as what the operator made it: it passes nothing on in a peer's name", async () => {
  for (const kind of ["peer", "hotline", "public"] as const) {
    const report = testReport([]);
    const problem = await refusedBy(422, () =>
      sender.send({ ...report, sender: { ...report.sender, kind } }),
    );
    assert.equal(problem.problems?.[0]?.path, "/sender/kind");
  }
});

test("nobody sends without the account's secret", async () => {
  const sendAs = (authorization?: string) => () =>
    fetch(`${at.url}/door/reports`, {
      method: "POST",
      ...(authorization === undefined ? {} : { headers: { authorization } }),
      body: formOf(testReport([]), []),
    });
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
  for (const authorization of [
    undefined,
    "Bearer x",
    "Basic",
    basic("nobody:secret"),
    basic(`${sender.username}:wrong`),
    basic(`${sender.username}:`),
    basic("nul\u0000byte:secret"),
  ])
    await refusedBy(401, sendAs(authorization));
  await at.station.db.pool.query("update sender_account set disabled_at = now() where username = $1", [
    sender.username,
  ]);
  await refusedBy(401, () => sender.send(testReport([])));
  await at.station.db.pool.query("update sender_account set disabled_at = null where username = $1", [
    sender.username,
  ]);
});

test("what is not a report is refused with the place of each mistake", async () => {
  const report = testReport([]);
  assert.equal((await refusedBy(422, () => sender.send("{"))).problems?.[0]?.path, "/");
  for (const value of ["[]", "null", "1", '"text"', "{}"]) await refusedBy(422, () => sender.send(value));
  const wrong = await refusedBy(422, () =>
    sender.send({ ...report, version: 2, incident: { ...report.incident, type: "?" } }),
  );
  assert.deepEqual(wrong.problems?.map(({ path }) => path).toSorted(), ["/incident/type", "/version"]);
  const own = await refusedBy(422, () => sender.send({ ...report, references: [] }));
  assert.equal(own.problems?.[0]?.path, "/references");
});

test("keys that name an object's prototype are unknown keys, at every depth", async () => {
  const sent = JSON.stringify(testReport([]));
  for (const attack of [
    sent.replace("{", '{"__proto__":{"admin":true},'),
    sent.replace('"incident":{', '"incident":{"__proto__":{"type":"travel"},'),
    sent.replace("{", '{"constructor":{"prototype":{"admin":true}},'),
  ])
    await refusedBy(422, () => sender.send(attack));
  assert.equal(({} as Record<string, unknown>)["admin"], undefined);
});

test("times in the future, keys used twice and text that cannot be stored are named", async () => {
  const report = testReport([]);
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const future = await refusedBy(422, () =>
    sender.send({
      ...report,
      incident: { ...report.incident, occurred: { raw: later, at: later, zone: "stated", offset: "Z" } },
    }),
  );
  assert.equal(future.problems?.[0]?.path, "/incident/occurred");
  const twice = await refusedBy(422, () =>
    sender.send({ ...report, persons: [...report.persons, ...report.persons] }),
  );
  assert.equal(twice.problems?.[0]?.path, "/persons/1/key");
  for (const value of ["nul \u0000", "half \ud800"]) {
    const found = await refusedBy(422, () =>
      sender.send({ ...report, statements: [{ topic: "note", text: value }] }),
    );
    assert.equal(found.problems?.[0]?.path, "/statements/0/text");
  }
});

test("files and report must agree: an unknown file, a missing one, another hash, one id twice", async () => {
  const file = testFile();
  const report = testReport([file]);
  const unknown = await refusedBy(422, () => sender.send(report, [file, testFile()]));
  assert.equal(unknown.problems?.[0]?.path, "/evidence");
  const received = { size: 1, sha256: "b".repeat(64), sha1: "b".repeat(40), md5: "b".repeat(32) };
  const claimed = { ...report, evidence: report.evidence.map((item) => ({ ...item, received })) };
  const missing = await refusedBy(422, () => sender.send(claimed));
  assert.equal(missing.problems?.[0]?.path, "/evidence/0");
  const other = await refusedBy(422, () => sender.send(claimed, [file]));
  assert.equal(other.problems?.[0]?.path, "/evidence/0/received/sha256");
  await refusedBy(422, () => sender.send(report, [file, file]));
  await refusedBy(422, () => sender.send(report, [{ ...file, id: "lighthouse" as EvidenceId }]));
});

test("an id in capital letters is refused, because everything after the door writes it in small ones", async () => {
  const file = testFile({ id: randomUUID().toUpperCase() as EvidenceId });
  const problem = await refusedBy(422, () => sender.send(testReport([file]), [file]));
  assert.equal(problem.problems?.[0]?.path, "/evidence/0/id");
});

test("a report whose form field is declared as JSON is taken as well", async () => {
  const body = multipart([
    {
      headers: 'content-disposition: form-data; name="report"\r\ncontent-type: application/json',
      bytes: JSON.stringify(testReport([])),
    },
  ]);
  assert.equal((await post(body)).status, 201);
});

test("a request that is no multipart form is refused", async () => {
  const send = (type: string, body: string) => () =>
    fetch(`${at.url}/door/reports`, {
      method: "POST",
      headers: { authorization: sender.authorization, "content-type": type },
      body,
    });
  await refusedBy(406, send("application/json", JSON.stringify(testReport([]))));
  await refusedBy(415, send("text/xml", "<report/>"));
  await refusedBy(400, send("application/json", "{"));
  const boundless = await send("multipart/form-data", "--x")();
  assert.ok(boundless.status >= 400 && boundless.status < 500, String(boundless.status));
});

/** Multipart as bytes, so that it can be cut anywhere. */
function multipart(parts: Array<{ headers: string; bytes: string | Uint8Array }>): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ headers, bytes }) => [
      Buffer.from(`--cut\r\n${headers}\r\n\r\n`),
      Buffer.from(bytes),
      Buffer.from("\r\n"),
    ]),
    Buffer.from("--cut--\r\n"),
  ]);
}

const post = (body: Buffer) =>
  fetch(`${at.url}/door/reports`, {
    method: "POST",
    headers: { authorization: sender.authorization, "content-type": "multipart/form-data; boundary=cut" },
    body: new Uint8Array(body),
  });

test("a form that ends too early, wherever, is refused and leaves nothing", async () => {
  const file = testFile();
  const whole = multipart([
    {
      headers: `content-disposition: form-data; name="${file.id}"; filename="a"\r\ncontent-type: image/png`,
      bytes: file.bytes,
    },
    { headers: 'content-disposition: form-data; name="report"', bytes: JSON.stringify(testReport([file])) },
  ]);
  for (const length of [0, 3, 40, 180, 230, whole.length - 200, whole.length - 12]) {
    const earlier = await footprint(at);
    const response = await post(whole.subarray(0, length));
    const told = await response.text();
    assert.ok(response.status >= 400 && response.status < 500, `${length}: ${response.status} ${told}`);
    assert.match(told, /"remedy"/);
    assert.deepEqual(await footprint(at), earlier, `cut at ${length}`);
  }
  assert.equal((await post(whole)).status, 201);
});

test("a sender that goes away in the middle of a file leaves nothing, and the next one is served", async () => {
  const earlier = await footprint(at);
  const file = testFile();
  const { hostname, port } = new URL(at.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /door/reports HTTP/1.1\r\nhost: x\r\nauthorization: ${sender.authorization}\r\n` +
      `content-type: multipart/form-data; boundary=cut\r\ncontent-length: 1000000\r\n\r\n` +
      `--cut\r\ncontent-disposition: form-data; name="${file.id}"; filename="a"\r\n\r\nhalf a picture`,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.destroy();
  const deadline = Date.now() + 10_000;
  for (;;) {
    const now = await footprint(at);
    if (now["objects"] === earlier["objects"] || Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await footprint(at), earlier);
  assert.equal((await sender.send(testReport([file]), [file])).status, 201);
});
