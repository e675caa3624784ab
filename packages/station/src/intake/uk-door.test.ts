import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ukToReport } from "@fairlead/report/uk-direct";
import { parseVerifyingKey, verifyStatement } from "@fairlead/sealing";
import { newToken, saveAccount } from "../access/index.ts";
import { footprint } from "../testing/footprint.ts";
import { problemOf } from "../testing/problem.ts";
import { formOf, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { sha256Of, testUkReport, ukSender } from "../testing/uk-report.ts";
import { documentDigest, type UkReceipt, ukReceiptType } from "../uk-direct/wire.ts";
import { workUp } from "../work-up.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let door: ReturnType<typeof ukSender>;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "national-agency",
    config: { roles: ["intake"] },
  });
  sender = await testSender(at);
  door = ukSender(at, sender);
});

async function receiptIn(response: Response): Promise<UkReceipt> {
  const envelope: unknown = await response.json();
  return verifyStatement(envelope, [parseVerifyingKey(at.card.verifyKey)], ukReceiptType).body;
}

async function rowOf(reference: string) {
  return await at.station.db.kysely
    .selectFrom("uk_report")
    .innerJoin("report", "report.id", "uk_report.report_id")
    .selectAll("uk_report")
    .select(["report.content", "report.door", "report.number", "report.handed_by"])
    .where("uk_report.reference", "=", reference)
    .executeTakeFirstOrThrow();
}

/** Sends what must be refused, and sees that the station is as it was. */
async function refusedBy(status: number, send: () => Promise<Response>) {
  const earlier = await footprint(at);
  const problem = await problemOf(await send(), status);
  assert.deepEqual(await footprint(at), earlier);
  return problem;
}

test("a report is taken in whole, and its receipt proves the document, the bytes and the unique reference", async () => {
  const files = [testFile(), testFile({ name: "meadow.png" })];
  const document = testUkReport(files);
  const response = await door.make(document, files);
  assert.equal(response.status, 201);
  const receipt = await receiptIn(response);
  assert.equal(receipt.documentSha256, documentDigest(document));
  assert.equal(receipt.theirs, document.reference.value);
  assert.equal(receipt.account, sender.username);
  assert.equal(receipt.first, null);
  assert.deepEqual(
    receipt.files,
    files.map(({ id, bytes }) => ({ id, sha256: sha256Of(bytes) })),
  );
  const row = await rowOf(receipt.reference);
  assert.equal(row.door, "uk-direct");
  assert.deepEqual(row.document, document);
  const stated = ukToReport(document);
  assert.deepEqual({ ...row.content, evidence: [] }, { ...stated, evidence: [] });
  assert.deepEqual(
    row.content.evidence.map(({ received }) => received?.sha256),
    files.map(({ bytes }) => sha256Of(bytes)),
  );
});

test("what is kept is stored with its dates: the reference five years, the content one", async () => {
  const { reference, issuedAt } = await receiptIn(await door.make(testUkReport([])));
  const row = await rowOf(reference);
  const years = (date: string) => new Date(date).getUTCFullYear() - new Date(issuedAt).getUTCFullYear();
  assert.equal(years(row.reference_until), 5);
  assert.equal(years(row.content_until), 1);
});

test("a resend and a look-up get the same receipt, and nothing is stored twice", async () => {
  const files = [testFile()];
  const document = testUkReport(files);
  const first: unknown = await (await door.make(document, files)).json();
  const earlier = await footprint(at);
  const again = await door.make(document, files);
  assert.equal(again.status, 200);
  assert.deepEqual(await again.json(), first);
  assert.deepEqual(await (await door.lookUp(document.reference.value)).json(), { receipt: first });
  assert.deepEqual(await (await door.lookUp("case-unknown")).json(), { receipt: null });
  assert.deepEqual(await footprint(at), earlier);
});

test("a report that is sent many times at once is one report with one reference", async () => {
  const files = [testFile()];
  const document = testUkReport(files);
  const responses = await Promise.all(Array.from({ length: 6 }, () => door.make(document, files)));
  const statuses = responses.map(({ status }) => status);
  assert.deepEqual(
    statuses.filter((status) => status !== 200),
    [201],
  );
  const receipts = await Promise.all(responses.map(receiptIn));
  assert.equal(new Set(receipts.map(({ reference }) => reference)).size, 1);
});

test("one number for two reports is a conflict, and nobody else's look-up finds it", async () => {
  const document = testUkReport([]);
  await door.make(document);
  await refusedBy(409, () =>
    door.make({ ...document, priority: { level: "P2", why: "A storm is coming." } }),
  );
  const other = ukSender(at, await testSender(at));
  assert.deepEqual(await (await other.lookUp(document.reference.value)).json(), { receipt: null });
});

test("a subsequent report joins the first, also by the reference of one in between", async () => {
  const first = await receiptIn(await door.make(testUkReport([])));
  const second = await receiptIn(await door.make(testUkReport([], { follows: first.reference })));
  const third = await receiptIn(await door.make(testUkReport([], { follows: second.reference })));
  assert.equal(second.first, first.reference);
  assert.equal(third.first, first.reference);
  const { report_id } = await rowOf(first.reference);
  assert.equal((await rowOf(third.reference)).first_report, report_id);
});

test("a first report that is not here, or another account's, is remarked on and the report is taken in", async () => {
  const theirs = await receiptIn(await ukSender(at, await testSender(at)).make(testUkReport([])));
  for (const follows of ["UKDR-1999-0000001", theirs.reference]) {
    const receipt = await receiptIn(await door.make(testUkReport([], { follows })));
    assert.equal(receipt.first, null);
    const { remarks, first_report } = await rowOf(receipt.reference);
    assert.equal(first_report, null);
    assert.ok(remarks.some(({ code }) => code === "uk.follows.unknown"));
  }
});

test("a provider's P1 is its own call for haste, which the urgency rules judge; P2 and P3 raise nothing", async () => {
  const tiers = [];
  for (const level of ["P1", "P2", "P3"] as const) {
    const document = testUkReport([], { priority: { level, why: "A child is out in a storm." } });
    const { report_id } = await rowOf((await receiptIn(await door.make(document))).reference);
    await workUp(at.station, { reportId: report_id });
    const row = await at.station.db.kysely
      .selectFrom("report")
      .leftJoin("page", "page.report_id", "report.id")
      .select(["report.tier", "page.triggers"])
      .where("report.id", "=", report_id)
      .executeTakeFirstOrThrow();
    tiers.push({ level, immediate: row.tier === 1, paged: row.triggers !== null });
  }
  assert.deepEqual(tiers, [
    { level: "P1", immediate: true, paged: true },
    { level: "P2", immediate: false, paged: false },
    { level: "P3", immediate: false, paged: false },
  ]);
});

test("what breaks a rule is refused with its path and remedy, and nothing is kept of it", async () => {
  const files = [testFile()];
  const document = testUkReport(files);
  const broken = await refusedBy(422, () => door.make({ ...document, declaration: false }, files));
  assert.ok(broken.problems?.some(({ path }) => path === "/declaration"));
  await refusedBy(422, () => door.make({ ...document, items: {} }, files));
  await refusedBy(422, () => door.make("not JSON", files));
  await refusedBy(422, () => door.make(document, [...files, testFile()]));
  await refusedBy(422, () => door.make(document, [...files, ...files]));
  const form = formOf(document, files);
  form.delete("report");
  await refusedBy(422, () =>
    fetch(`${at.url}/door/uk-direct/reports`, {
      method: "POST",
      headers: { authorization: sender.authorization },
      body: form,
    }),
  );
});

test("only a provider's account opens the door", async () => {
  const secret = newToken();
  const account = { username: "hotline-one", name: "Example Hotline", kind: "hotline" as const, secret };
  await saveAccount(at.station.db.kysely, account, Date.now());
  const authorization = `Basic ${Buffer.from(`hotline-one:${secret}`).toString("base64")}`;
  const hotline = ukSender(at, { ...sender, authorization });
  const stranger = ukSender(at, { ...sender, authorization: "Basic bm9ib2R5Om5vdGhpbmc=" });
  await refusedBy(403, () => hotline.make(testUkReport([])));
  await refusedBy(401, () => stranger.make(testUkReport([])));
  await refusedBy(401, () => stranger.lookUp("case-1"));
});

test("the door describes itself by an OpenAPI 3.1 document whose references all lead somewhere", async () => {
  const response = await fetch(`${at.url}/door/uk-direct/openapi.json`);
  const text = await response.text();
  const document = JSON.parse(text) as {
    openapi: string;
    paths: Record<string, object>;
    components: { schemas: Record<string, object> };
  };
  assert.equal(document.openapi, "3.1.0");
  assert.deepEqual(Object.keys(document.paths), ["/door/uk-direct/reports", "/door/uk-direct/receipts"]);
  for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(name in document.components.schemas, name);
  assert.match(JSON.stringify(document.components.schemas["Report"]), /phone-verified-on/);
});

test("a station of another profile has no such door", async () => {
  const { profiles } = await import("../profile.ts");
  const open = Object.values(profiles).filter(({ doors }) => doors.includes("uk-direct"));
  assert.deepEqual(
    open.map(({ id }) => id),
    ["national-agency"],
  );
});
