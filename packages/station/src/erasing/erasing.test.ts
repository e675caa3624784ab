import assert from "node:assert/strict";
import { before, test } from "node:test";
import { exampleSuspect } from "@fairlead/assessment/testing";
import { addPerson, type Principal } from "../access/index.ts";
import { verifyStation } from "../audit/verify.ts";
import { decideKeeping, keepingList, keepingView, placeHold } from "../keeping/index.ts";
import { linksOf } from "../linking/index.ts";
import { deskOf, until } from "../testing/desk.ts";
import { killedEverywhere } from "../testing/dying.ts";
import { accepted, measuresOf, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { beginErasing } from "./begin.ts";
import {
  certificateOf,
  checkCertificate,
  confirmErasing,
  eraseReport,
  erasureView,
  wakeErasures,
} from "./index.ts";
import { shredObjects } from "./finish.ts";
import { KEPT, STEPS } from "./rows.ts";

const DAY = 86_400_000;
const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let one: Principal;
let two: Principal;
/** How far the station's clock is ahead. */
let ahead = 0;
before(async () => {
  const config = { roles: ["intake", "desk"] };
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config,
    clock: () => Date.now() + ahead,
  });
  sender = await testSender(at);
  one = await addPerson(at.station.db.kysely, "First lead", "lead", Date.now());
  two = await addPerson(at.station.db.kysely, "Second lead", "lead", Date.now());
});

const run = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await at.station.db.pool.query<Row>(text, values)).rows;
const REASON = { reason: "Nobody needs it any more." };

/** A report that was kept by a hold which is over, and that a lead decided may go. */
async function letGo(files = [testFile()]): Promise<string> {
  const person = exampleSuspect();
  const report = await accepted(sender, files, { persons: [person] });
  await workUp(at.station, { reportId: report });
  const day = new Date(Date.now() + ahead + DAY).toISOString().slice(0, 10);
  await placeHold(
    at.station,
    report,
    { kind: "legal-hold", authority: "Example Court", reason: "A trial.", lastDay: { day, zone: "UTC" } },
    one,
  );
  ahead += 3 * DAY;
  await decideKeeping(at.station, report, { kind: "let-go", ...REASON }, one);
  ahead += 1000;
  return report;
}

async function verify() {
  const { db, vault, audit } = at.station;
  const check = () => verifyStation({ db, vault, tiles: audit.tiles, verifier: audit.signer.verifier });
  await until("the last checkpoint", async () => (await check()).pending === 0);
  return await check();
}

/** Everything that the database and the vault hold of a report, as one text. */
async function traces(report: string): Promise<string> {
  const tables = await run<{ name: string }>(
    `select distinct table_name as name from information_schema.columns
     where table_schema = 'public' and column_name in ('report_id', 'reference') and table_name <> 'effect'`,
  );
  const found = [];
  for (const { name } of [...tables, { name: "report" }])
    found.push(
      ...(await run<{ row: string }>(
        `select to_json(${name})::text as row from ${name} where ${name === "report" ? "id" : name === "chat_report" ? "reference" : "report_id"}::text = $1`,
        [report],
      ).catch(() => [])),
    );
  return found.map(({ row }) => row).join("\n");
}

test("two persons erase a report: its words, its keys and its bytes are gone, and the log, the store and the vault agree", async () => {
  const file = testFile({ name: "lighthouse-at-dusk.png" });
  const other = await accepted(sender, [testFile()], { persons: [exampleSuspect()] });
  await workUp(at.station, { reportId: other });
  const report = await letGo([file]);
  assert.ok((await linksOf(at.station, other)).links.some((link) => link.report === report));
  const [object] = await run<{ name: string }>(
    "select object_name as name from evidence where report_id = $1",
    [report],
  );
  assert.match(await traces(report), /lighthouse-at-dusk/);
  await assert.rejects(confirmErasing(at.station, report, REASON, one), /You decided that it may go/);
  const number = await confirmErasing(at.station, report, REASON, two);
  assert.equal((await erasureView(at.station, report, two)).last?.stage, "confirmed");
  await eraseReport(at.station, { number });
  const view = await erasureView(at.station, report, two);
  assert.deepEqual([view.last?.stage, view.last?.objects, view.last?.shredded], ["erased", 1, 1]);
  assert.equal(await at.station.vault.objects.size(object?.name ?? ""), undefined);
  assert.deepEqual((await linksOf(at.station, other)).links, []);
  const left = await traces(report);
  const digests = measuresOf(file.bytes);
  for (const word of ["lighthouse", "1000001", digests.sha256, digests.md5, object?.name ?? "none"])
    assert.ok(!left.replaceAll(/"object_name":"[0-9a-f]+"/g, "").includes(word), `${word} in ${left}`);
  const verified = await verify();
  assert.deepEqual(verified.breaches, []);
  assert.match(JSON.stringify(verified.erased), new RegExp(`erased by certificate ${number} on`));
  assert.equal((await keepingView(at.station, report, two)).may.hold, false);
});

test("the certificate holds offline with the station's card alone, and nothing about it can be changed", async () => {
  const report = await letGo();
  const number = await confirmErasing(at.station, report, REASON, two);
  await assert.rejects(certificateOf(at.station, report), { code: "not-found" });
  await eraseReport(at.station, { number });
  const file = await certificateOf(at.station, report);
  const { certificate, index, size } = checkCertificate(JSON.parse(JSON.stringify(file)), at.card);
  assert.deepEqual(
    [certificate.number, certificate.decided.name, certificate.confirmed.name, certificate.objects.length],
    [number, "First lead", "Second lead", 1],
  );
  assert.deepEqual(
    certificate.duties.map(({ by }) => by),
    ["hold"],
  );
  assert.ok(index < size);
  const body = JSON.parse(Buffer.from(file.certificate.payload, "base64").toString("utf8")) as object;
  const payload = Buffer.from(JSON.stringify({ ...body, number: "99" })).toString("base64");
  assert.throws(() => checkCertificate({ ...file, certificate: { ...file.certificate, payload } }, at.card));
  const another = { ...file.leaf, facts: { ...file.leaf.facts, at: "2020-01-01T00:00:00.000Z" } };
  assert.throws(() => checkCertificate({ ...file, leaf: another }, at.card));
  assert.throws(() => checkCertificate(file, { ...at.card, id: "another-station" }));
  // The certificate of another report has a good signature and a good leaf, of which one is not its own.
  const second = await letGo();
  await eraseReport(at.station, { number: await confirmErasing(at.station, second, REASON, two) });
  const theirs = await certificateOf(at.station, second);
  assert.throws(() => checkCertificate({ ...file, leaf: theirs.leaf }, at.card), /something else/);
});

test("a hold that is placed after the confirmation stops it, and everything is still there", async () => {
  const report = await letGo();
  const number = await confirmErasing(at.station, report, REASON, two);
  await placeHold(
    at.station,
    report,
    { kind: "legal-hold", authority: "Example Court", reason: "An appeal." },
    two,
  );
  await eraseReport(at.station, { number });
  const view = await erasureView(at.station, report, two);
  assert.deepEqual(
    [view.last?.stage, view.last?.stopped, view.problem],
    ["stopped", "erasing.undecided", "keeping.held"],
  );
  assert.match(await traces(report), /lighthouse/);
  await assert.rejects(confirmErasing(at.station, report, REASON, two), /A hold stands/);
});

test("nothing is confirmed before the end, without a decision, twice, or while something is on its way", async () => {
  const undecided = await accepted(sender, [testFile()]);
  await assert.rejects(confirmErasing(at.station, undecided, REASON, two), /No clock runs/);
  const report = await letGo();
  const [request] = await run<{ id: string }>(
    `insert into request (id, report_id, record, proposal, state, drafted_at) values (gen_random_uuid(), $1, '{}', '{}', 'sent', now()) returning id`,
    [report],
  );
  await assert.rejects(confirmErasing(at.station, report, REASON, two), /on its way/);
  await run("delete from request where id = $1", [request?.id]);
  ahead -= 3 * DAY;
  await assert.rejects(confirmErasing(at.station, report, REASON, two), /must still be kept|hold stands/);
  ahead += 3 * DAY;
  const number = await confirmErasing(at.station, report, REASON, two);
  await assert.rejects(confirmErasing(at.station, report, REASON, two), /being erased/);
  await eraseReport(at.station, { number });
  await eraseReport(at.station, { number });
  await assert.rejects(
    placeHold(
      at.station,
      report,
      { kind: "legal-hold", authority: "Example Court", reason: "Too late." },
      two,
    ),
    /was erased/,
  );
  assert.equal((await run("select from erasure where report_id = $1", [report])).length, 1);
});

test("a process that dies between any two statements leaves a report whole or gone, and the next carries it to its end", async () => {
  const deaths = await killedEverywhere(at.station, async ({ dies }) => {
    const report = await letGo();
    const number = await confirmErasing(at.station, report, REASON, two);
    await dies(async (station) => await eraseReport(station, { number }));
    const [row] = await run<{ stage: string; whole: boolean }>(
      "select stage, erased_by is null as whole from erasure join report on report.id = report_id where erasure.number = $1",
      [number],
    );
    const text = await traces(report);
    assert.equal(/lighthouse/.test(text), row?.whole);
    assert.equal(row?.whole, row?.stage === "confirmed");
    await wakeErasures(at.station);
    await eraseReport(at.station, { number });
    assert.equal((await erasureView(at.station, report, two)).last?.stage, "erased");
  });
  assert.ok(deaths >= 30, `it was killed at ${deaths} places only`);
  assert.deepEqual((await verify()).breaches, []);
});

test("while the objects of a report are being destroyed nothing of it is shown, and the station still verifies", async () => {
  const report = await letGo([testFile(), testFile()]);
  const number = await confirmErasing(at.station, report, REASON, two);
  await beginErasing(at.station, number);
  const desk = await deskOf(at, "lead");
  const page = await desk.request("GET", `/api/reports/${report}`);
  assert.equal(page.status, 200);
  assert.doesNotMatch(await page.text(), /lighthouse/);
  const { breaches, erased } = await verify();
  assert.deepEqual(breaches, []);
  assert.match(JSON.stringify(erased), /is being erased/);
  await shredObjects(at.station, number);
  assert.deepEqual((await verify()).breaches, []);
  await eraseReport(at.station, { number });
});

test("a resend of what was erased is the same report, answered with the same receipt and not taken in again", async () => {
  const file = testFile();
  const { testReport } = await import("../testing/report.ts");
  const sent = testReport([file]);
  const first = (await (await sender.send(sent, [file])).json()) as { id: string; receipt: object };
  const report = first.id;
  const day = new Date(Date.now() + ahead + DAY).toISOString().slice(0, 10);
  await placeHold(
    at.station,
    report,
    { kind: "legal-hold", authority: "Example Court", reason: "A trial.", lastDay: { day, zone: "UTC" } },
    one,
  );
  ahead += 3 * DAY;
  await decideKeeping(at.station, report, { kind: "let-go", ...REASON }, one);
  ahead += 1000;
  await eraseReport(at.station, { number: await confirmErasing(at.station, report, REASON, two) });
  const again = await sender.send(sent, [file]);
  assert.equal(again.status, 200);
  assert.deepEqual(((await again.json()) as { receipt: object }).receipt, first.receipt);
  assert.doesNotMatch(await traces(report), /lighthouse/);
});

test("an erased report leaves every list of what expires", async () => {
  const report = await letGo();
  const listed = async () =>
    (await keepingList(at.station, { list: "let-go", limit: 200 })).entries.map((entry) => entry.report);
  assert.ok((await listed()).includes(report));
  await eraseReport(at.station, { number: await confirmErasing(at.station, report, REASON, two) });
  assert.ok(!(await listed()).includes(report));
});

test("an insider who empties a report, changes what stays of one or puts a certificate in its place is named", async () => {
  const report = await letGo();
  const number = await confirmErasing(at.station, report, REASON, two);
  await eraseReport(at.station, { number });
  const plain = await accepted(sender, [testFile()]);
  const named = async (edit: string, undo: string, how: RegExp, values: unknown[]) => {
    await run(edit, values);
    const { breaches } = await verify();
    assert.ok(
      breaches.some((breach) => how.test(breach.how)),
      JSON.stringify(breaches),
    );
    await run(undo, values);
  };
  await named(
    "update report set erased_by = $2::bigint where id = $1",
    "update report set erased_by = null where id = $1 and $2::bigint is not null",
    /no erasure accounts for it/,
    [plain, number],
  );
  await named(
    "update leaf set actor = actor || 'x' where erased_by = $1",
    "update leaf set actor = left(actor, -1) where erased_by = $1",
    /what stays of its events was changed/,
    [number],
  );
  await named(
    `update report set content = jsonb_set(content, '{incident,type}', '"travel"') where erased_by = $1`,
    `update report set content = jsonb_set(content, '{incident,type}', '"abuse-material"') where erased_by = $1`,
    /what stays of its content was changed/,
    [number],
  );
  await named(
    `update erasure set certificate = jsonb_set(certificate, '{payload}', '"e30="') where number = $1`,
    "update erasure set certificate = certificate where number = $1",
    /another one than the log commits to/,
    [number],
  );
});

test("every table that names a report says what becomes of it, and each step fits its table", async () => {
  const named = await run<{ name: string }>(
    `select distinct conrelid::regclass::text as name from pg_constraint
     where contype = 'f' and (confrelid = 'report'::regclass or confrelid = 'evidence'::regclass or confrelid = 'referral'::regclass)`,
  );
  const known = new Set([...STEPS.map(({ table }) => table), ...Object.keys(KEPT)]);
  assert.deepEqual(
    named.map(({ name }) => name).filter((name) => !known.has(name)),
    [],
  );
});
