/** Order, expiry, ownership, and what a refusal leaves behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../problem.ts";
import type { ReportNumber } from "../../document/scalars.ts";
import type { Account, FileId, ReportContents } from "../store.ts";
import { HOUR_MS, MINUTE_MS, pieces, START_MS, type StoreUnderTest, steps, submission } from "./fixture.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const accepts = (): readonly Problem[] => [];
const NO_SUCH_FILE = `b${"0".repeat(31)}` as FileId;

export function testOrder(open: () => StoreUnderTest): void {
  const setUp = async () => {
    const subject = open();
    const { store } = subject;
    const step = steps(store);
    const account = await step.signIn(subject.platform);
    const other = await step.signIn(subject.otherPlatform);
    return { subject, store, step, account, other };
  };

  /** Everything that can be asked of a report; each answer's kind. */
  const askAll = async (account: Account, reportId: ReportNumber, fileId: FileId, at: number) => {
    const { store, step } = await setUp();
    return [
      (await store.lookUp(account, reportId, at)).kind,
      (await step.send(account, reportId, bytes("late"), at)).outcome.kind,
      (await step.describe(account, reportId, fileId, at)).kind,
      (await store.finish(account, reportId, at, accepts)).kind,
      (await store.retract(account, reportId, at)).kind,
    ];
  };

  test("knows an account by its exact credentials only", async () => {
    const { subject, store, account, other } = await setUp();
    const { username, password } = subject.platform;
    assert.equal(account.username, username);
    assert.notEqual(account.accountId, other.accountId);
    assert.deepEqual(account.may, { use: true, submit: true, update: true });
    for (const [name, secret] of [
      [username, `${password}x`],
      [username, ""],
      [`${username}x`, password],
      ["", ""],
      [username, subject.otherPlatform.password],
    ] as const) {
      assert.equal(await store.authenticate(name, secret), undefined);
    }
  });

  test("gives every report a number of its own that JavaScript clients can read", async () => {
    const { step, account, other } = await setUp();
    const numbers = await Promise.all([account, other, account].map((who) => step.open(who, START_MS)));
    assert.equal(new Set(numbers).size, 3);
    for (const number of numbers) assert.ok(Number.isSafeInteger(Number(number)) && Number(number) > 0);
  });

  test("keeps a whole cycle byte for byte and files it in the order of upload", async () => {
    const { subject, store, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    assert.deepEqual(await store.lookUp(account, reportId, START_MS), { kind: "open", batched: false });
    const first = await step.send(account, reportId, bytes("a square, a circle"), START_MS);
    const second = await step.send(account, reportId, new Uint8Array(0), START_MS);
    const third = await step.send(
      account,
      reportId,
      Uint8Array.from({ length: 256 }, (_, i) => i),
      START_MS,
    );
    for (const sent of [first, second, third]) assert.deepEqual(sent.outcome, { kind: "ok" });
    assert.deepEqual(await step.describe(account, reportId, third.fileId, START_MS), { kind: "ok" });

    let seen: ReportContents | undefined;
    const outcome = await store.finish(account, reportId, START_MS, (contents) => {
      seen = contents;
      return [];
    });

    const fileIds = [first.fileId, second.fileId, third.fileId];
    assert.equal(outcome.kind, "ok");
    assert.deepEqual(outcome.fileIds, fileIds);
    assert.deepEqual(seen, {
      batched: false,
      files: fileIds.map((fileId) => ({ fileId, described: fileId === third.fileId })),
    });
    const kept = await subject.kept(reportId);
    assert.equal(kept?.state, "finished");
    assert.deepEqual(Buffer.from(kept.xml), Buffer.from(submission(START_MS).xml));
    assert.deepEqual(
      kept.files.map((file) => [file.fileId, Buffer.from(file.bytes).toString("hex")]),
      [
        [first.fileId, Buffer.from("a square, a circle").toString("hex")],
        [second.fileId, ""],
        [third.fileId, Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString("hex")],
      ],
    );
    assert.equal(kept.files[0]?.detailsXml, undefined);
    assert.match(Buffer.from(kept.files[2]?.detailsXml ?? []).toString(), new RegExp(third.fileId));
  });

  test("takes nothing more once a report is finished, and says so every time", async () => {
    const { subject, store, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    const { fileId } = await step.send(account, reportId, bytes("hills"), START_MS);
    await store.finish(account, reportId, START_MS, accepts);
    const before = await subject.kept(reportId);
    for (const at of [START_MS, START_MS + 1000 * HOUR_MS]) {
      assert.deepEqual(await askAll(account, reportId, fileId, at), Array(5).fill("finished"));
    }
    assert.deepEqual(await subject.kept(reportId), before);
  });

  test("deletes a retracted report's contents and answers `retracted` from then on", async () => {
    const { subject, store, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    const { fileId } = await step.send(account, reportId, bytes("hills"), START_MS);
    assert.deepEqual(await store.retract(account, reportId, START_MS), { kind: "ok" });
    assert.equal(await subject.kept(reportId), undefined);
    assert.deepEqual(await askAll(account, reportId, fileId, START_MS), Array(5).fill("retracted"));
    assert.deepEqual(await store.finishedReports(account, [reportId]), new Set());
  });

  test("shows another account's report to nobody, in whatever state it is", async () => {
    const { subject, store, step, account, other } = await setUp();
    const reportId = await step.open(account, START_MS);
    const { fileId } = await step.send(account, reportId, bytes("hills"), START_MS);
    const before = await subject.kept(reportId);
    assert.deepEqual(await askAll(other, reportId, fileId, START_MS), Array(5).fill("foreign"));
    assert.deepEqual(await subject.kept(reportId), before);
    assert.equal((await store.finish(account, reportId, START_MS, accepts)).kind, "ok");
    assert.deepEqual(await askAll(other, reportId, fileId, START_MS), Array(5).fill("foreign"));
    const open = await step.open(account, START_MS);
    const numbers = [open, reportId, "0" as ReportNumber, reportId];
    assert.deepEqual(await store.finishedReports(other, numbers), new Set());
    assert.deepEqual(await store.finishedReports(account, numbers), new Set([reportId]));
    assert.deepEqual(await store.finishedReports(account, []), new Set());
  });

  test("knows no report by a number that it never gave, however large", async () => {
    const { store, account } = await setUp();
    for (const number of ["0", "9007199254740993", "9223372036854775807"] as ReportNumber[]) {
      assert.deepEqual(await askAll(account, number, NO_SUCH_FILE, START_MS), Array(5).fill("unknown"));
      assert.deepEqual(await store.finishedReports(account, [number]), new Set());
    }
  });

  test("describes a file once, and only a file of that report", async () => {
    const { subject, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    const another = await step.open(account, START_MS);
    const { fileId } = await step.send(account, reportId, bytes("hills"), START_MS);
    assert.deepEqual(await step.describe(account, another, fileId, START_MS), { kind: "no-file" });
    assert.deepEqual(await step.describe(account, reportId, NO_SUCH_FILE, START_MS), { kind: "no-file" });
    assert.deepEqual(await step.describe(account, reportId, fileId, START_MS), { kind: "ok" });
    const before = await subject.kept(reportId);
    assert.deepEqual(await step.describe(account, reportId, fileId, START_MS + 1), { kind: "already" });
    assert.deepEqual(await subject.kept(reportId), before);
  });

  test("leaves a report open when the rule forbids finishing, as often as it is asked", async () => {
    const { store, step, account } = await setUp();
    const problem: Problem = { code: "rule.batched", path: "", message: "Two files.", remedy: "Retract." };
    const reportId = await step.open(account, START_MS, true);
    await step.send(account, reportId, bytes("hills"), START_MS);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const outcome = await store.finish(account, reportId, START_MS, ({ batched }) =>
        batched ? [problem] : [],
      );
      assert.deepEqual(outcome, { kind: "rejected", problems: [problem] });
    }
    assert.deepEqual(await store.lookUp(account, reportId, START_MS), { kind: "open", batched: true });
    assert.equal((await store.finish(account, reportId, START_MS, accepts)).kind, "ok");
  });

  test("lets a report expire 24 hours after it was opened, if nothing came later", async () => {
    const { subject, store, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    const early = await step.send(account, reportId, bytes("hills"), START_MS + HOUR_MS);
    const end = START_MS + 24 * HOUR_MS;
    assert.equal((await store.lookUp(account, reportId, end - 1)).kind, "open");
    const answers = await askAll(account, reportId, early.fileId, end);
    assert.deepEqual(answers, Array(5).fill("expired"));
    assert.ok(!(await store.expire(end - 1, 10_000)).includes(reportId));
    assert.notEqual(await subject.kept(reportId), undefined);
    assert.ok((await store.expire(end, 10_000)).includes(reportId));
    assert.equal(await subject.kept(reportId), undefined);
    for (const kind of await askAll(account, reportId, early.fileId, end)) {
      assert.ok(kind === "expired" || kind === "unknown");
    }
  });

  test("keeps a report for one hour after its last upload or details, and a clock set back shortens nothing", async () => {
    const { store, step, account } = await setUp();
    const day = START_MS + 24 * HOUR_MS;
    const reportId = await step.open(account, START_MS);
    const { fileId } = await step.send(account, reportId, bytes("hills"), day - MINUTE_MS);
    const uploadEnd = day + 59 * MINUTE_MS;
    assert.equal((await store.lookUp(account, reportId, uploadEnd - 1)).kind, "open");
    assert.equal((await store.lookUp(account, reportId, uploadEnd)).kind, "expired");
    assert.equal((await step.describe(account, reportId, fileId, uploadEnd - MINUTE_MS)).kind, "ok");
    const detailsEnd = uploadEnd + 59 * MINUTE_MS;
    await step.send(account, reportId, bytes("sea"), day);
    assert.equal((await store.lookUp(account, reportId, detailsEnd - 1)).kind, "open");
    assert.equal((await store.lookUp(account, reportId, detailsEnd)).kind, "expired");
  });

  test("sweeps no more reports at once than it is told, and never a finished one", async () => {
    const { store, step, account } = await setUp();
    const long = START_MS + 10_000 * HOUR_MS;
    await store.expire(long, 10_000);
    const finished = await step.open(account, START_MS);
    await store.finish(account, finished, START_MS, accepts);
    const open = [];
    for (let count = 0; count < 3; count += 1) open.push(await step.open(account, START_MS));
    const first = await store.expire(long, 2);
    const rest = await store.expire(long, 2);
    assert.deepEqual([first.length, rest.length], [2, 1]);
    assert.deepEqual([...first, ...rest].sort(), open.sort());
    assert.equal((await store.lookUp(account, finished, long)).kind, "finished");
  });

  test("keeps nothing of a file whose bytes stop in the middle", async () => {
    const { subject, store, step, account } = await setUp();
    const reportId = await step.open(account, START_MS);
    const before = await subject.stagedCount();
    const broken = new Error("the client went away");
    async function* half(): AsyncGenerator<Uint8Array> {
      yield bytes("the first half");
      throw broken;
    }
    await assert.rejects(store.stage(account, half(), START_MS), (error) => error === broken);
    assert.equal(await subject.stagedCount(), before);
    assert.deepEqual((await subject.kept(reportId))?.files, []);
  });

  test("forgets staged bytes that are discarded, refused, or a day old", async () => {
    const { subject, store, step, account } = await setUp();
    const before = await subject.stagedCount();
    const discarded = await store.stage(account, pieces(bytes("one")), START_MS);
    assert.equal(await subject.stagedCount(), before + 1);
    await store.discard(discarded);
    await store.discard(discarded);
    assert.equal(await subject.stagedCount(), before);
    const refused = await step.send(account, "0" as ReportNumber, bytes("two"), START_MS);
    assert.equal(refused.outcome.kind, "unknown");
    assert.equal(await subject.stagedCount(), before);
    await store.stage(account, pieces(bytes("three")), START_MS);
    await store.expire(START_MS + 24 * HOUR_MS - 1, 10_000);
    assert.equal(await subject.stagedCount(), before + 1);
    await store.expire(START_MS + 24 * HOUR_MS, 10_000);
    assert.equal(await subject.stagedCount(), before);
  });
}
