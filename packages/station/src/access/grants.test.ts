import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import type { GrantView } from "../desk-api/contract.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
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
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
let reviewer: TestDesk;
let now = Date.now();
/** What the vault was asked to decrypt. */
const decrypted: string[] = [];
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
    clock: () => now,
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
  reviewer = await deskOf(at, "reviewer");
  const { decrypt } = at.station.vault;
  at.station.vault.decrypt = (name) => {
    decrypted.push(name);
    return decrypt(name);
  };
});

async function granted(by: TestDesk, file: TestFile): Promise<{ reportId: string; grant: GrantView }> {
  const reportId = await accepted(sender, [file]);
  const response = await by.request("POST", `/api/reports/${reportId}/evidence/${file.id}/grants`, {
    purpose: "grade-the-material",
    note: "For the file.",
  });
  assert.equal(response.status, 200);
  return { reportId, grant: (await response.json()) as GrantView };
}

/** Nothing is decrypted by what is refused. */
async function refusedBy(status: number, send: () => Promise<Response>) {
  const earlier = decrypted.length;
  const problem = await problemOf(await send(), status);
  assert.equal(decrypted.length, earlier);
  return problem;
}

test("whoever has a grant gets the bytes, and each fetch is an opening of its own with person and purpose", async () => {
  const file = testFile();
  const { reportId, grant } = await granted(lead, file);
  for (let time = 0; time < 2; time += 1) {
    const response = await lead.request("GET", grant.content);
    assert.equal(response.status, 200);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(file.bytes));
  }
  const page = await lead.report(reportId);
  assert.deepEqual(
    page.evidence[0]?.openings.map(({ person, purpose }) => [person, purpose]),
    [
      ["Test lead", "grade-the-material"],
      ["Test lead", "grade-the-material"],
    ],
  );
  assert.equal(page.history.filter(({ kind }) => kind === "evidence.grant").length, 1);
});

test("an unknown, foreign or expired grant gets one and the same answer, and no byte", async () => {
  const { grant } = await granted(lead, testFile());
  const foreign = await refusedBy(403, () => reviewer.request("GET", grant.content));
  const unknown = await refusedBy(403, () => lead.request("GET", `/api/grants/${randomUUID()}/content`));
  now += 30 * 60_000;
  const expired = await refusedBy(403, () => lead.request("GET", grant.content));
  assert.deepEqual([foreign, unknown], [expired, expired]);
  await refusedBy(422, () => lead.request("GET", "/api/grants/landscape/content"));
});

test("there is no way to the bytes without a grant, and no grant without a purpose or without bytes", async () => {
  const file = testFile();
  const reportId = await accepted(sender, [file]);
  const described = testReport([file]);
  const bare = (await (await sender.send(described)).json()) as { id: string };
  const ask = (id: string, evidence: string, body: object) =>
    lead.request("POST", `/api/reports/${id}/evidence/${evidence}/grants`, body);
  await refusedBy(422, () => ask(reportId, file.id, {}));
  await refusedBy(422, () => ask(reportId, file.id, { purpose: "curiosity" }));
  await refusedBy(422, () => ask(reportId, file.id, { purpose: "quality-check", note: "nul \u0000" }));
  await refusedBy(404, () => ask(reportId, randomUUID(), { purpose: "quality-check" }));
  await refusedBy(404, () => ask(randomUUID(), file.id, { purpose: "quality-check" }));
  await refusedBy(404, () => ask(bare.id, file.id, { purpose: "quality-check" }));
});

test("whoever may no longer open evidence does not open it with an older grant", async () => {
  const { grant } = await granted(reviewer, testFile());
  const { pool } = at.station.db;
  await pool.query("update person set role = 'auditor' where name = 'Test reviewer'");
  await refusedBy(403, () => reviewer.request("GET", grant.content));
  await pool.query("update person set role = 'reviewer' where name = 'Test reviewer'");
  assert.equal((await reviewer.request("GET", grant.content)).status, 200);
});

test("the leaf of an opening is under a checkpoint on disk before the first byte is decrypted", async () => {
  const { reportId, grant } = await granted(lead, testFile());
  const { vault } = at.station;
  const { decrypt } = vault;
  let covered: boolean | undefined;
  vault.decrypt = async function* (name) {
    const note = Buffer.from((await at.station.audit.tiles.read("checkpoint")) ?? []).toString();
    const { rows } = await at.station.db.pool.query<{ index: string | null }>(
      "select index from leaf where kind = 'evidence.opening' and report_id = $1",
      [reportId],
    );
    covered = rows[0]?.index !== null && Number(rows[0]?.index) < Number(note.split("\n")[1]);
    yield* decrypt(name);
  };
  assert.equal((await lead.request("GET", grant.content)).status, 200);
  vault.decrypt = decrypt;
  assert.equal(covered, true);
});

test("a log that does not move opens nothing: 503 and no byte; when it moves again, evidence opens", async (t) => {
  const { grant } = await granted(lead, testFile());
  const { pool } = at.station.db;
  const thief = await pool.connect();
  t.after(() => {
    // Destroyed, so that its lock goes with it even when an assertion has failed.
    thief.release(true);
  });
  const { rows: locks } = await pool.query<{ pid: number }>(
    "select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and granted",
  );
  const held = thief.query("select pg_advisory_lock(7205001)");
  await until("the wait for the lock", async () => {
    const { rowCount } = await pool.query("select from pg_locks where locktype = 'advisory' and not granted");
    return (rowCount ?? 0) > 0;
  });
  for (const { pid } of locks) await pool.query("select pg_terminate_backend($1)", [pid]);
  await held;
  const response = await lead.request("GET", grant.content);
  assert.equal(response.headers.get("retry-after"), "5");
  await refusedBy(503, () => Promise.resolve(response));
  await thief.query("select pg_advisory_unlock(7205001)");
  await until("the opening", async () => (await lead.request("GET", grant.content)).ok);
});

test("evidence is shown only where it cannot run; anything else is saved, under a name of ours", async () => {
  const shown = ["image/png", "IMAGE/JPEG", "text/plain; charset=utf-8"];
  const saved = [
    "text/html",
    "image/svg+xml",
    "application/pdf",
    "text/javascript",
    "application/xhtml+xml",
    "",
    "image/png\u00e9",
  ];
  const name = 'a";filename="run.html\u0085\u202egnp';
  for (const mediaType of [...shown, ...saved]) {
    const file = testFile({ name: "plain.png" });
    const report = testReport([file]);
    const evidence = report.evidence.map((item) => ({ ...item, name, mediaType }));
    const { id } = (await (await sender.send({ ...report, evidence }, [file])).json()) as { id: string };
    const { content } = (await (
      await lead.request("POST", `/api/reports/${id}/evidence/${file.id}/grants`, {
        purpose: "quality-check",
      })
    ).json()) as GrantView;
    const { headers, status } = await lead.request("GET", content);
    assert.equal(status, 200, mediaType);
    const safe = shown.includes(mediaType);
    assert.equal(
      headers.get("content-disposition"),
      safe ? "inline" : 'attachment; filename="evidence.bin"',
      mediaType,
    );
    assert.equal(
      headers.get("content-type"),
      safe ? mediaType.toLowerCase().split(";")[0] : "application/octet-stream",
      mediaType,
    );
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("content-security-policy"), "default-src 'none'; sandbox");
    assert.match(headers.get("cache-control") ?? "", /no-store/);
    assert.doesNotMatch(JSON.stringify([...headers]), /run\.html/);
  }
});
