/** Of two operations that race on one report, one sees the effect of the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../problem.ts";
import { pieces, START_MS, type StoreUnderTest, steps, upload } from "./fixture.ts";

/** Enough for a lost lock to show, few enough for a database on a small machine. */
const ROUNDS = 12;
const accepts = (): readonly Problem[] => [];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function testRaces(open: () => StoreUnderTest): void {
  const rounds = async (
    round: (context: {
      subject: StoreUnderTest;
      step: ReturnType<typeof steps>;
      account: Awaited<ReturnType<ReturnType<typeof steps>["signIn"]>>;
    }) => Promise<void>,
  ): Promise<void> => {
    const subject = open();
    const step = steps(subject.store);
    const account = await step.signIn(subject.platform);
    for (let count = 0; count < ROUNDS; count += 1) await round({ subject, step, account });
  };

  test("finishes once, however many finish at the same time", async () => {
    await rounds(async ({ subject: { store }, step, account }) => {
      const reportId = await step.open(account, START_MS);
      const outcomes = await Promise.all(
        [1, 2, 3].map(() => store.finish(account, reportId, START_MS, accepts)),
      );
      assert.deepEqual(outcomes.map((outcome) => outcome.kind).sort(), ["finished", "finished", "ok"]);
    });
  });

  test("lets either finish or retract win, never both", async () => {
    await rounds(async ({ subject, step, account }) => {
      const reportId = await step.open(account, START_MS);
      const [finish, retract] = await Promise.all([
        subject.store.finish(account, reportId, START_MS, accepts),
        subject.store.retract(account, reportId, START_MS),
      ]);
      const kept = await subject.kept(reportId);
      if (finish.kind === "ok") {
        assert.equal(retract.kind, "finished");
        assert.equal(kept?.state, "finished");
      } else {
        assert.deepEqual([finish.kind, retract.kind, kept], ["retracted", "ok", undefined]);
      }
    });
  });

  test("puts a file that races with finish either into the receipt or nowhere", async () => {
    await rounds(async ({ subject, step, account }) => {
      const { store } = subject;
      const reportId = await step.open(account, START_MS);
      const before = await subject.stagedCount();
      const staged = await store.stage(account, pieces(bytes("waves")), START_MS);
      const sent = upload(bytes("waves"), START_MS);
      const [attach, finish] = await Promise.all([
        store.attach(account, reportId, staged, sent),
        store.finish(account, reportId, START_MS, accepts),
      ]);
      assert.equal(finish.kind, "ok");
      const expected = attach.kind === "ok" ? [sent.fileId] : [];
      assert.ok(attach.kind === "ok" || attach.kind === "finished");
      assert.deepEqual(finish.fileIds, expected);
      assert.deepEqual(
        (await subject.kept(reportId))?.files.map((file) => file.fileId),
        expected,
      );
      assert.equal(await subject.stagedCount(), before);
    });
  });

  test("keeps one of two descriptions that arrive together", async () => {
    await rounds(async ({ step, account }) => {
      const reportId = await step.open(account, START_MS);
      const { fileId } = await step.send(account, reportId, bytes("waves"), START_MS);
      const outcomes = await Promise.all(
        [1, 2].map(() => step.describe(account, reportId, fileId, START_MS)),
      );
      assert.deepEqual(outcomes.map((outcome) => outcome.kind).sort(), ["already", "ok"]);
    });
  });

  test("takes files that arrive together, each once", async () => {
    const subject = open();
    const step = steps(subject.store);
    const account = await step.signIn(subject.platform);
    const reportId = await step.open(account, START_MS);
    const sent = await Promise.all(
      Array.from({ length: ROUNDS }, (_, index) =>
        step.send(account, reportId, bytes(`wave ${String(index)}`), START_MS),
      ),
    );
    const finish = await subject.store.finish(account, reportId, START_MS, accepts);
    assert.equal(finish.kind, "ok");
    assert.deepEqual([...finish.fileIds].sort(), sent.map((file) => file.fileId).sort());
  });
}
