import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "../crypto/node.ts";
import { changeRecord, scene, stepOf, verified } from "./testing/scene.ts";
import { OTHER_ROOM, START } from "./testing/world.ts";
import type { VerifyInput } from "./types.ts";
import { verifyBundle } from "./verify-bundle.ts";

test("attack 10: whoever controls an account's name but not its device cannot put words into its mouth", async () => {
  const s = await scene();
  const mallory = nodeCrypto.random(32);
  const framed = { ...s.al, privateKey: mallory, publicKey: nodeCrypto.publicKeyOf(mallory) };
  await s.world.say(framed, "Kite number 9 is red.");
  const bundle = await s.world.report(s.bo, { selected: [9] });
  const verdict = await verifyBundle(await s.world.input(s.bo, bundle));
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V5", 9), "passed");
  assert.equal(stepOf(verdict, "V9", 9), "failed submit.signature");
});

test("attack 20: a device that was removed before cannot have sent it; one removed later can", async () => {
  const s = await scene();
  const removed = (revokedAt: bigint) => (input: VerifyInput) => ({
    ...input,
    records: {
      ...input.records,
      devices: input.records.devices.map((entry) =>
        entry.uri === s.al.uri ? { ...entry, revokedAt } : entry,
      ),
    },
  });
  const sentAt = s.world.said[4]?.context.acceptedAt ?? 0n;
  const before = await verified(s, { input: removed(sentAt - 1n) });
  assert.equal(stepOf(before, "V9", 5), "failed submit.device-not-valid");
  const after = await verified(s, { input: removed(sentAt + 1n) });
  assert.equal(stepOf(after, "V9", 5), "passed");
  assert.equal(stepOf(after, "V9", 7), "failed submit.device-not-valid");
});

test("records of another message, of none, and without a device's signature are told apart", async () => {
  const s = await scene();
  const without = await verified(s, { input: changeRecord(5, (item) => ({ ...item, submit: null })) });
  assert.equal(without.verdict, "VERIFIED_NO_SUBMIT_SIG");
  assert.equal(stepOf(without, "V9", 5), "not-checked submit.none");
  assert.equal(stepOf(without, "V14"), "not-checked verdict.no-submit-signature");
  const none = await verified(s, {
    input: (input) => ({ ...input, records: { ...input.records, items: [] } }),
  });
  assert.equal(none.verdict, "UNVERIFIED");
  assert.equal(stepOf(none, "V7", 5), "failed record.missing");
  const other = s.world.said[2]?.franked.record;
  const swapped = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      record: { ...(other ?? item.record), roomSeq: 5n, epoch: item.record.epoch },
    })),
  });
  assert.equal(stepOf(swapped, "V7", 5), "failed record.differs");
  const blinded = await verified(s, {
    input: changeRecord(5, (item) => ({ ...item, contextBlind: nodeCrypto.random(32) })),
  });
  assert.equal(stepOf(blinded, "V7", 5), "failed record.context");
  const rehashed = await verified(s, {
    input: changeRecord(5, (item) => ({
      ...item,
      record: { ...item.record, ctHash: nodeCrypto.random(32) },
    })),
  });
  assert.equal(stepOf(rehashed, "V7", 5), "failed record.hash");
});

test("a sending device that the directory does not have is none", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    input: (input) => {
      const devices = input.records.devices.filter(({ uri }) => uri !== s.al.uri);
      return { ...input, records: { ...input.records, devices } };
    },
  });
  assert.equal(stepOf(verdict, "V9", 5), "failed submit.device-unknown");
  assert.equal(verdict.verdict, "UNVERIFIED");
});

test("a provider whose own word about a message does not open its own commitment is not taken at it", async () => {
  const s = await scene();
  for (const change of [{ senderUri: s.bo.uri }, { roomUri: OTHER_ROOM }, { acceptedAt: START }]) {
    const verdict = await verified(s, {
      input: changeRecord(5, (item) => ({ ...item, context: { ...item.context, ...change } })),
    });
    assert.equal(stepOf(verdict, "V7", 5), "failed record.context");
    assert.equal(verdict.verdict, "UNVERIFIED");
  }
});
