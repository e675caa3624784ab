import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareMessage } from "../client/prepare.ts";
import { textPart } from "../content/text.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { changeItem, changeMembers, scene, stepOf, verified, withoutProvider } from "./testing/scene.ts";
import { OTHER_ROOM, ROOM } from "./testing/world.ts";
import type { VerifyInput } from "./types.ts";

test("attack 1: words that were not sent are refused by the tag", async () => {
  const s = await scene();
  const forged = await prepareMessage(nodeCrypto, {
    senderUri: s.al.uri,
    roomUri: ROOM,
    part: textPart("Kite number 5 is red."),
    causality: { seen: null, deviceSeq: 3, previousOwn: null },
  });
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, content: forged.content })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V4", 5), "failed frank.tag");
});

test("attack 2: another time, by one millisecond, is refused by the provider's mark, its signature and its record", async () => {
  const verdict = await verified(await scene(), {
    bundle: changeItem(5, (item) => ({ ...item, acceptedAt: item.acceptedAt + 1n })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.not-ours");
  assert.equal(stepOf(verdict, "V6", 5), "failed frank.signature");
  assert.equal(stepOf(verdict, "V7", 5), "failed record.context");
});

test("a time that no message can have is refused, and not an error: the report goes on as a statement", async () => {
  for (const acceptedAt of [253_402_300_800_000n, 2n ** 64n - 1n]) {
    const verdict = await verified(await scene(), {
      bundle: changeItem(5, (item) => ({ ...item, acceptedAt })),
    });
    assert.equal(verdict.verdict, "UNVERIFIED");
    assert.equal(stepOf(verdict, "V5", 5), "failed frank.key-month");
  }
});

test("attack 3: a message planted in another room is refused", async () => {
  const s = await scene();
  const moved = await verified(s, {
    bundle: (bundle) => ({ ...bundle, roomUri: OTHER_ROOM }),
    input: (input) => ({ ...input, records: { ...input.records, roomUri: OTHER_ROOM } }),
  });
  assert.equal(moved.verdict, "UNVERIFIED");
  assert.equal(stepOf(moved, "V3", 5), "failed content.other-room");
  const elsewhere = await verified(s, {
    input: (input) => ({ ...input, records: { ...input.records, roomUri: OTHER_ROOM } }),
  });
  assert.equal(stepOf(elsewhere, "V1"), "failed records.other-room");
});

test("attacks 4 and 5: a message said to be somebody else's is refused", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    bundle: changeItem(5, (item) => ({ ...item, senderUri: s.bo.uri, deviceId: s.bo.deviceId })),
  });
  assert.equal(verdict.verdict, "UNVERIFIED");
  assert.equal(stepOf(verdict, "V3", 5), "failed content.other-sender");
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.not-ours");
  assert.equal(stepOf(verdict, "V9", 5), "failed submit.differs");
});

test("attack 9: a server frank that is junk under a good signature is found, and only the provider could find it", async () => {
  const s = await scene();
  const online = await verified(s, { input: (input) => ({ ...input, checkFrank: () => false }) });
  assert.equal(online.verdict, "UNVERIFIED");
  assert.equal(stepOf(online, "V5", 5), "failed frank.not-ours");
  const offline = await verified(s, {
    input: withoutProvider,
  });
  assert.equal(offline.verdict, "UNVERIFIED");
  assert.equal(stepOf(offline, "V5", 5), "not-checked frank.not-asked");
  const attested = await verified(s, {
    input: (input) => ({
      ...withoutProvider(input),
      frankAttested: new Set(["1", "2", "3", "4", "5", "6", "7", "8"]),
    }),
  });
  assert.equal(attested.verdict, "VERIFIED");
});

test("attack 11: the month names the key; another month's is refused", async () => {
  const verdict = await verified(await scene(), {
    bundle: changeItem(5, (item) => ({ ...item, ext: { ...item.ext, hubKid: 202_605 } })),
  });
  assert.equal(stepOf(verdict, "V5", 5), "failed frank.key-month");
});

test("attack 16: bytes that are not the one form of a message are refused", async () => {
  for (const spoil of [
    (bytes: Uint8Array) => Uint8Array.of(...bytes, 0),
    (bytes: Uint8Array) => bytes.subarray(1),
    (bytes: Uint8Array) => bytes.with(1, 0x4f),
    () => new Uint8Array(),
  ]) {
    const verdict = await verified(await scene(), {
      bundle: changeItem(5, (item) => ({ ...item, content: spoil(item.content) })),
    });
    assert.equal(verdict.verdict, "UNVERIFIED");
    assert.equal(stepOf(verdict, "V3", 5), "failed content.invalid");
  }
});

test("attack 21: a signature key counts only in its own time and for its own suite", async () => {
  const s = await scene();
  const withKeys =
    (
      change: (
        key: VerifyInput["trust"]["frankingKeys"][number],
      ) => VerifyInput["trust"]["frankingKeys"][number],
    ) =>
    (input: VerifyInput) => ({
      ...input,
      trust: { ...input.trust, frankingKeys: input.trust.frankingKeys.map(change) },
    });
  const sentAt = s.world.said[4]?.context.acceptedAt ?? 0n;
  const ended = await verified(s, { input: withKeys((key) => ({ ...key, notAfter: sentAt - 1n })) });
  assert.equal(stepOf(ended, "V6", 5), "failed frank.no-key");
  const suite = await verified(s, { input: withKeys((key) => ({ ...key, suite: 2 })) });
  assert.equal(stepOf(suite, "V6", 5), "failed frank.suite");
  const stranger = nodeCrypto.publicKeyOf(nodeCrypto.random(32));
  const other = await verified(s, { input: withKeys((key) => ({ ...key, publicKey: stranger })) });
  assert.equal(stepOf(other, "V6", 5), "failed frank.signature");
});

test("a sending device that no roster of that time names is not verified, nor is a time without a roster", async () => {
  const s = await scene();
  const other = await verified(s, { input: changeMembers((uri) => uri !== s.al.uri) });
  assert.equal(stepOf(other, "V10", 5), "failed roster.sender");
  assert.equal(other.verdict, "UNVERIFIED");
  const none = await verified(s, {
    input: (input) => {
      const rosters = input.records.rosters.map((one) => ({ ...one, epoch: one.epoch + 100n }));
      return { ...input, records: { ...input.records, rosters } };
    },
  });
  assert.equal(stepOf(none, "V10", 5), "failed roster.missing");
  assert.equal(none.verdict, "UNVERIFIED");
});

test("what no attestation says of a mark is not said: it was not asked about, and not found to be false", async () => {
  const s = await scene();
  const verdict = await verified(s, {
    input: (input) => ({ ...withoutProvider(input), frankAttested: new Set(["1", "2", "3", "4"]) }),
  });
  assert.equal(stepOf(verdict, "V5", 4), "passed");
  assert.equal(stepOf(verdict, "V5", 5), "not-checked frank.not-asked");
  assert.equal(verdict.verdict, "UNVERIFIED");
});

test("of a message that cannot be read there is no tag: nobody is asked about its mark, and no attestation stands for it", async () => {
  const s = await scene();
  const bundle = changeItem(5, (item) => ({ ...item, content: new Uint8Array() }));
  const asked: bigint[] = [];
  const online = await verified(s, {
    bundle,
    input: (input) => ({
      ...input,
      checkFrank: async (question) => {
        asked.push(question.context.acceptedAt);
        return (await input.checkFrank?.(question)) ?? false;
      },
    }),
  });
  assert.equal(stepOf(online, "V5", 5), "failed content.invalid");
  assert.equal(asked.length, 7);
  const attested = await verified(s, {
    bundle,
    input: (input) => ({ ...withoutProvider(input), frankAttested: new Set(["5"]) }),
  });
  assert.equal(stepOf(attested, "V5", 5), "failed content.invalid");
});
