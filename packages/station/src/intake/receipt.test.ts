import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import { encodeReport } from "@fairlead/cybertipline";
import { digestOfFiles, generateSigningKey, parseVerifyingKey, verifyReportReceipt } from "@fairlead/sealing";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";

const hook = endOfFile();
let at: TestStation;
let authorization: string;

before(async () => {
  const { secret, path } = await secretFile(hook);
  at = await startTestStation(hook, {
    id: "receipts",
    profile: "clearinghouse",
    config: { senders: [{ username: "kites", name: "Kites", kind: "platform", passwordFile: path }] },
  });
  authorization = `Basic ${Buffer.from(`kites:${secret}`).toString("base64")}`;
});

const DOCUMENT = encodeReport({
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
});

async function call(name: string, body: string | FormData | URLSearchParams) {
  const response = await fetch(`${at.url}/ispws/${name}`, {
    method: "POST",
    headers: { authorization, ...(typeof body === "string" ? { "content-type": "text/xml" } : {}) },
    body,
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return { text, headers: response.headers };
}

async function fileOne(files: readonly string[]) {
  const { text } = await call("submit", DOCUMENT);
  const reportId = /<reportId>(\d+)</.exec(text)?.[1] ?? "";
  for (const file of files) {
    const form = new FormData();
    form.set("id", reportId);
    form.set("file", new Blob([file]), "hills.txt");
    await call("upload", form);
  }
  const finished = await call("finish", new URLSearchParams({ id: reportId }));
  return { reportId, header: finished.headers.get("fairlead-receipt") ?? "" };
}

/** What a sender has of the station: its card. */
const peers = () => [{ station: at.card.id, keys: [parseVerifyingKey(at.card.verifyKey)] }];
const envelopeIn = (header: string): unknown => JSON.parse(Buffer.from(header, "base64url").toString("utf8"));

test("a finished report is answered with a receipt that the station's card alone verifies", async () => {
  const files = ["hills", "waves"];
  const { reportId, header } = await fileOne(files);
  const { receipt } = verifyReportReceipt(envelopeIn(header), peers());
  assert.deepEqual(
    [receipt.sender, receipt.reference, receipt.files, receipt.receiver.station],
    ["kites", reportId, 2, "receipts"],
  );
  const digests = files.map((file) => createHash("sha256").update(file).digest("hex"));
  assert.equal(receipt.filesSha256, digestOfFiles(digests));
  const { rows } = await at.station.db.pool.query<{ number: string; sha: string }>(
    "select number, encode(content_sha256, 'hex') as sha from report where handed_reference = $1",
    [reportId],
  );
  assert.deepEqual(rows, [{ number: receipt.number, sha: receipt.contentSha256 }]);
});

test("a receipt that was lost on its way is given again, the same, to its own sender and nobody else", async () => {
  const { reportId, header } = await fileOne(["kites"]);
  const ask = (reference: string, as = authorization) =>
    fetch(`${at.url}/door/receipts/${reference}`, { headers: { authorization: as } });
  assert.deepEqual(await (await ask(reportId)).json(), envelopeIn(header));
  assert.equal((await ask(`${reportId}0`)).status, 404);
  assert.equal((await ask(reportId, "Basic bm9ib2R5OnNlY3JldA==")).status, 401);
});

test("a report that is still being sent has no receipt", async () => {
  const { text } = await call("submit", DOCUMENT);
  const reportId = /<reportId>(\d+)</.exec(text)?.[1] ?? "";
  const response = await fetch(`${at.url}/door/receipts/${reportId}`, { headers: { authorization } });
  assert.equal(response.status, 404);
});

test("a receipt that was altered, or signed by another, does not verify", async () => {
  const { header } = await fileOne([]);
  const envelope = envelopeIn(header) as { payload: string };
  const body = Buffer.from(envelope.payload, "base64").toString("utf8").replace('"files":0', '"files":1');
  const altered = { ...envelope, payload: Buffer.from(body).toString("base64") };
  assert.throws(() => verifyReportReceipt(altered, peers()));
  const other = generateSigningKey().verifyingKey;
  assert.throws(() => verifyReportReceipt(envelope, [{ station: at.card.id, keys: [other] }]));
});
