import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import { changeItem, changeMembers, scene, stepOf, verified } from "./testing/scene.ts";
import { type Device, REPORT_ID, START } from "./testing/world.ts";
import type { VerifyInput } from "./types.ts";
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

test("a report that cannot be read is one without a message, and the reason is told", async () => {
  const verdict = await verified(await scene(), {
    input: (input) => ({ ...input, signed: { ...input.signed, bundle: input.signed.bundle.subarray(1) } }),
  });
  assert.equal(stepOf(verdict, "V1"), "failed bundle.unreadable");
  assert.deepEqual([verdict.verdict, verdict.items], ["UNVERIFIED", []]);
});

test("a device that was removed before cannot report, nor can somebody whom no roster names", async () => {
  const s = await scene();
  const removed = await verified(s, {
    input: (input) => ({
      ...input,
      records: {
        ...input.records,
        devices: input.records.devices.map((one) =>
          one.uri === s.bo.uri ? { ...one, revokedAt: START } : one,
        ),
      },
    }),
  });
  assert.equal(stepOf(removed, "V2"), "failed reporter.device-revoked");
  assert.equal(removed.verdict, "UNVERIFIED");
  const outside = await verified(s, { input: changeMembers((uri) => uri !== s.bo.uri) });
  assert.equal(stepOf(outside, "V2"), "failed reporter.not-a-member");
  assert.equal(stepOf(outside, "V10", 5), "failed roster.reporter");
});

test("times that run against the order of the messages are found at each of them", async () => {
  const verdict = await verified(await scene(), {
    bundle: changeItem(5, (item) => ({ ...item, acceptedAt: item.acceptedAt + 90_000n })),
  });
  assert.equal(stepOf(verdict, "V13", 5), "failed time.order");
  assert.equal(stepOf(verdict, "V13", 6), "failed time.order");
  assert.equal(stepOf(verdict, "V13", 4), "passed");
});

test("a device that was linked anew reports under the key that it has now, and no more under the one before", async () => {
  const s = await scene();
  const linkedAnew =
    (isFirst: boolean) =>
    (input: VerifyInput): VerifyInput => {
      const devices = input.records.devices.flatMap((entry) => {
        if (entry.uri !== s.bo.uri) return [entry];
        const other = nodeCrypto.publicKeyOf(nodeCrypto.random(32));
        const [before, since] = isFirst ? [other, entry.publicKey] : [entry.publicKey, other];
        return [
          { ...entry, publicKey: before, revokedAt: START },
          { ...entry, publicKey: since, validFrom: START },
        ];
      });
      return { ...input, records: { ...input.records, devices } };
    };
  const now = await verified(s, { input: linkedAnew(true) });
  assert.equal(stepOf(now, "V2"), "passed");
  const before = await verified(s, { input: linkedAnew(false) });
  assert.equal(stepOf(before, "V2"), "failed reporter.signature");
});
