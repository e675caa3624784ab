import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import { changeItem, scene, stepOf, verified } from "./testing/scene.ts";
import { type Device, REPORT_ID } from "./testing/world.ts";
import { verifyBundle } from "./verify-bundle.ts";

test("an honest report of an honest message is verified, step by step, and shows the whole conversation", async () => {
  const verdict = await verified(await scene());
  assert.equal(verdict.verdict, "VERIFIED");
  assert.equal(verdict.fullConversation, true);
  assert.equal(verdict.items.length, 8);
  for (const item of verdict.items)
    for (const { step, result, code } of item.steps)
      assert.equal(result, step === "V12" ? "not-checked" : "passed", `${item.roomSeq} ${step} ${code}`);
  assert.equal(verdict.items[4]?.seen, "4");
});

test("attack 18: only somebody who was a member then can report, with a device of theirs", async () => {
  const s = await scene();
  const stranger = await s.world.join("cy");
  const early = await verifyBundle(
    await s.world.input(stranger, await s.world.report(stranger, { selected: [5] })),
  );
  assert.equal(early.verdict, "UNVERIFIED");
  assert.equal(stepOf(early, "V10", 5), "failed roster.reporter");

  const outsider: Device = { ...stranger, uri: "mimi://hub.example/u/dee", deviceId: nodeCrypto.random(16) };
  const outside = await verifyBundle(
    await s.world.input(outsider, await s.world.report(outsider, { selected: [5] })),
  );
  assert.equal(stepOf(outside, "V2"), "failed reporter.device-unknown");

  const signedByAnother = await verifyBundle(
    await s.world.input(s.al, await s.world.report(s.bo, { selected: [5] })),
  );
  assert.equal(stepOf(signedByAnother, "V2"), "failed reporter.signature");
});

test("attack 19: a report handed in twice, and a message shown twice, are found", async () => {
  const s = await scene();
  const again = await verified(s, { input: (input) => ({ ...input, isRepeated: true }) });
  assert.equal(stepOf(again, "V13"), "failed time.repeated");
  const other = await verified(s, {
    input: (input) => ({ ...input, reportId: "01990000-0000-7000-8000-000000000002" }),
  });
  assert.equal(stepOf(other, "V1"), "failed bundle.other-report");
  assert.equal(other.reportId, "01990000-0000-7000-8000-000000000002");
  const twice = await verified(s, {
    bundle: (bundle) => {
      const third = bundle.items[2];
      return changeItem(5, (item) => ({ ...item, content: third?.content ?? item.content }))(bundle);
    },
  });
  assert.equal(stepOf(twice, "V11", 5), "failed causality.duplicate");
});

test("a report from the future is refused, and its reason is its own", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    bundle: (bundle) => ({ ...bundle, createdAt: bundle.createdAt + 3_600_000n }),
  });
  assert.equal(stepOf(verdict, "V13"), "failed time.future");
  assert.equal(verdict.reportId, REPORT_ID);
});
