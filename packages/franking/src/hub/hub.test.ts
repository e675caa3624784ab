import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { encodeContent } from "../content/content.ts";
import { textPart } from "../content/text.ts";
import { bytesOfHex, concatBytes, hexOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { signSubmit } from "../client/sign-submit.ts";
import { encodeContext, encodeFrank, encodeFrankRecord, encodeIntegrityTbs } from "../wire/frank.ts";
import { frankingTag } from "../wire/franking-tag.ts";
import { LABELS, signWithLabel } from "../wire/sign-with-label.ts";
import { answerFrankAudit, verifyFrankAudit } from "./audit.ts";
import { GENESIS, nextHead, recordHash, signHead, verifyHead } from "./chain.ts";
import { checkIntegrity, checkServerFrank, contextCommitment, frankMessage } from "./frank.ts";
import { hubKey, kidOf, openHubKeys } from "./keys.ts";
import { checkSubmit } from "./submit.ts";

// The known answers of e2ee.md 2.3, made by another program.
const content = encodeContent({
  salt: Uint8Array.from({ length: 16 }, (_, index) => index),
  replaces: null,
  topicId: new Uint8Array(),
  expires: null,
  inReplyTo: null,
  extensions: new Map([
    [1, "mimi://b.example/u/alice"],
    [2, "mimi://hub.example/r/Rl33FWLCYWOwxHrYnpWDQg"],
  ]),
  part: textPart("hello"),
});
const context = {
  senderUri: "mimi://b.example/u/alice",
  roomUri: "mimi://hub.example/r/Rl33FWLCYWOwxHrYnpWDQg",
  acceptedAt: 1_777_145_400_000n,
};
const tag = hex("e3f3a40edc4b8c45ab38c0f2ecf6fec09f8c8a6543830b1bf78ba8375e5ea3db");
const signatureKey = new Uint8Array(32).fill(7);
const publicKey = nodeCrypto.publicKeyOf(signatureKey);
const fixed = { hubKey: () => new Uint8Array(32).fill(0x42), signatureKey };
const accepted = {
  tag,
  context,
  ctHash: new Uint8Array(32).fill(1),
  submitSignature: new Uint8Array(64).fill(2),
  epoch: 3n,
  roomSeq: 1n,
  prevHead: GENESIS.head,
};

test("tag, context, server frank and signature are the known answers", async () => {
  assert.equal(hexOf(await frankingTag(nodeCrypto, content)), hexOf(tag));
  assert.equal(encodeContext(context).length, 77);
  assert.match(hexOf(encodeContext(context)), /^186d696d69.*0000019dc61ecac0$/);
  const { frank } = await frankMessage(nodeCrypto, fixed, accepted);
  assert.equal(hexOf(frank.serverFrank), "a6efa68469d61e9f4071a3d85ef36a750d93abbecbf3b9597c9e9f73c3c8eb79");
  assert.equal(encodeIntegrityTbs(frank, context).length, 111);
  assert.match(hexOf(frank.signature), /^cc4d06d7.*1fa680b$/);
  assert.equal(encodeFrank(frank).length, 100);
});

test("what the hub hands out fits together and can be recomputed from what it keeps", async () => {
  const { frank, record, recHash, head, ext, contextBlind } = await frankMessage(nodeCrypto, fixed, accepted);
  assert.equal(encodeFrankRecord(record).length, 176);
  assert.deepEqual(recHash, nodeCrypto.sha256(encodeFrankRecord(record)));
  assert.deepEqual(head, nodeCrypto.sha256(concatBytes(GENESIS.head, recHash)));
  assert.deepEqual(ext, { version: 1, roomSeq: 1n, prevHead: GENESIS.head, recHash, hubKid: 202_604 });
  assert.deepEqual(record.ctxCommit, await contextCommitment(nodeCrypto, context, contextBlind));
  assert.deepEqual(record.submitSigHash, nodeCrypto.sha256(accepted.submitSignature));
  assert.deepEqual(record.serverFrank, frank.serverFrank);
  const second = await frankMessage(nodeCrypto, fixed, { ...accepted, roomSeq: 2n, prevHead: head });
  assert.deepEqual(second.ext.prevHead, head);
  assert.notDeepEqual(second.contextBlind, contextBlind);
});

test("a change of a millisecond, a letter or a bit of anything breaks frank or signature", async () => {
  const keys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(9), signatureKey);
  const { frank } = await frankMessage(nodeCrypto, keys, accepted);
  const question = { frankingTag: tag, context, serverFrank: frank.serverFrank, hubKid: 202_604 };
  assert.equal(await checkServerFrank(nodeCrypto, keys, question), true);
  assert.equal(await checkIntegrity(nodeCrypto, publicKey, frank, context), true);
  for (const changed of [
    { ...context, acceptedAt: context.acceptedAt + 1n },
    { ...context, acceptedAt: context.acceptedAt - 1n },
    { ...context, senderUri: "mimi://b.example/u/alicf" },
    { ...context, roomUri: context.roomUri.slice(0, -1) },
    { ...context, senderUri: context.roomUri, roomUri: context.senderUri },
    { ...context, acceptedAt: -1n },
    { ...context, senderUri: "\ud800" },
  ]) {
    assert.equal(await checkServerFrank(nodeCrypto, keys, { ...question, context: changed }), false);
    assert.equal(await checkIntegrity(nodeCrypto, publicKey, frank, changed), false);
  }
  for (const other of [
    { ...question, frankingTag: tag.with(0, 0) },
    { ...question, frankingTag: tag.subarray(1) },
    { ...question, serverFrank: frank.serverFrank.with(31, 0) },
    { ...question, serverFrank: new Uint8Array() },
    { ...question, hubKid: 202_605 },
  ])
    assert.equal(await checkServerFrank(nodeCrypto, keys, other), false);
  for (const other of [
    { ...frank, suite: 2 },
    { ...frank, serverFrank: frank.serverFrank.subarray(1) },
    { ...frank, serverFrank: new Uint8Array(32) },
    { ...frank, signature: new Uint8Array(64) },
  ])
    assert.equal(await checkIntegrity(nodeCrypto, publicKey, other, context), false);
});

test("a frank under the key of another month, or a signature for another suite, is none however well it is made", async () => {
  const keys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(9), signatureKey);
  const bytes = concatBytes(tag, encodeContext(context));
  const serverFrank = nodeCrypto.hmac(await keys.hubKey(202_605), bytes);
  const question = { frankingTag: tag, context, serverFrank };
  assert.equal(await checkServerFrank(nodeCrypto, keys, { ...question, hubKid: 202_605 }), false);
  const tbs = encodeIntegrityTbs({ serverFrank, suite: 3 }, context);
  const signature = await signWithLabel(nodeCrypto, signatureKey, LABELS.integrity, tbs);
  assert.equal(
    await checkIntegrity(nodeCrypto, publicKey, { serverFrank, suite: 3, signature }, context),
    false,
  );
});

test("the month of a moment is the one in UTC", () => {
  assert.equal(kidOf(0n), 197_001);
  assert.equal(kidOf(BigInt(Date.UTC(2026, 3, 30, 23, 59, 59, 999))), 202_604);
  assert.equal(kidOf(BigInt(Date.UTC(2026, 4, 1))), 202_605);
  assert.equal(kidOf(BigInt(Date.UTC(2026, 11, 31, 23, 59, 59, 999))), 202_612);
  for (const never of [-1n, 2n ** 63n, 2n ** 64n - 1n, BigInt(Date.UTC(10_000, 0, 1))])
    assert.throws(() => kidOf(never), { code: "frank.time" });
});

test("a key that rotated still checks what it franked, and nothing else", async () => {
  const keys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(9), signatureKey);
  const later = { ...context, acceptedAt: context.acceptedAt + 40n * 86_400_000n };
  const old = await frankMessage(nodeCrypto, keys, accepted);
  const young = await frankMessage(nodeCrypto, keys, { ...accepted, context: later });
  assert.deepEqual([old.ext.hubKid, young.ext.hubKid], [202_604, 202_606]);
  assert.notDeepEqual(await keys.hubKey(202_604), await keys.hubKey(202_606));
  const ask = (from: typeof old, about: typeof context, hubKid: number) =>
    checkServerFrank(nodeCrypto, keys, {
      frankingTag: tag,
      context: about,
      serverFrank: from.frank.serverFrank,
      hubKid,
    });
  assert.equal(await ask(old, context, 202_604), true);
  assert.equal(await ask(young, later, 202_606), true);
  assert.equal(await ask(old, context, 202_606), false);
  assert.equal(await ask(old, later, 202_606), false);
  const stranger = openHubKeys(nodeCrypto, new Uint8Array(32).fill(8), signatureKey);
  assert.notDeepEqual(await stranger.hubKey(202_604), await keys.hubKey(202_604));
});

test("a hub's master must have the length of a key", () => {
  assert.throws(() => hubKey(nodeCrypto, new Uint8Array(31), 202_604), { code: "frank.hub-key" });
});

test("a record has a place in the chain or is not made", async () => {
  const wrong = [
    { roomSeq: 0n, prevHead: GENESIS.head },
    { roomSeq: 1n, prevHead: new Uint8Array(32).fill(1) },
    { roomSeq: 2n, prevHead: GENESIS.head },
    { roomSeq: 2n, prevHead: new Uint8Array(31).fill(1) },
  ];
  for (const place of wrong)
    await assert.rejects(frankMessage(nodeCrypto, fixed, { ...accepted, ...place }), { code: "chain.link" });
  assert.throws(() => nextHead(nodeCrypto, new Uint8Array(31), tag), { code: "chain.link" });
});

test("every field of a record is under its hash", async () => {
  const { record } = await frankMessage(nodeCrypto, fixed, accepted);
  const before = hexOf(await recordHash(nodeCrypto, record));
  const changes = [
    { roomSeq: 2n },
    { epoch: 4n },
    ...(["frankingTag", "serverFrank", "ctxCommit", "ctHash", "submitSigHash"] as const).map((field) => ({
      [field]: record[field].with(5, (record[field][5] ?? 0) ^ 1),
    })),
  ];
  for (const change of changes)
    assert.notEqual(hexOf(await recordHash(nodeCrypto, { ...record, ...change })), before);
});

test("a head is signed as it stands: room, number, head and time", async () => {
  const head = { roomUri: context.roomUri, roomSeq: 5n, head: tag, at: 9n };
  const signed = await signHead(nodeCrypto, signatureKey, head);
  assert.equal(await verifyHead(nodeCrypto, publicKey, signed), true);
  for (const change of [
    { roomUri: context.senderUri },
    { roomSeq: 6n },
    { head: tag.with(0, 0) },
    { head: tag.subarray(1) },
    { at: 10n },
    { at: -1n },
    { signature: new Uint8Array(64) },
    { roomUri: "\udc00" },
  ])
    assert.equal(await verifyHead(nodeCrypto, publicKey, { ...signed, ...change }), false);
  assert.equal(await verifyHead(nodeCrypto, nodeCrypto.publicKeyOf(tag), signed), false);
});

test("a submission counts only as the device signed it", async () => {
  const device = new Uint8Array(32).fill(11);
  const message = new TextEncoder().encode("ciphertext of a message about trains");
  const { tbs, signature } = await signSubmit(nodeCrypto, device, {
    ...context,
    deviceId: new Uint8Array(16).fill(4),
    epoch: 3n,
    tag,
    message,
    clientTime: 1_777_145_399_000n,
  });
  const key = nodeCrypto.publicKeyOf(device);
  assert.deepEqual(tbs.ctHash, nodeCrypto.sha256(message));
  assert.equal(await checkSubmit(nodeCrypto, key, tbs, signature), true);
  for (const change of [
    { roomUri: "mimi://hub.example/r/other" },
    { senderUri: "mimi://b.example/u/bob" },
    { deviceId: new Uint8Array(16) },
    { epoch: 4n },
    { epoch: -4n },
    { frankingTag: tag.with(0, 0) },
    { ctHash: tag },
    { clientTime: 0n },
    { nonce: new Uint8Array(16) },
    { nonce: new Uint8Array(15) },
  ])
    assert.equal(await checkSubmit(nodeCrypto, key, { ...tbs, ...change }, signature), false);
  assert.equal(await checkSubmit(nodeCrypto, publicKey, tbs, signature), false);
});

test("an audit finds a junk frank under a valid signature, and the hub has signed what it said", async () => {
  const keys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(9), signatureKey);
  const { frank } = await frankMessage(nodeCrypto, keys, accepted);
  const honest = { tag, frank, context };
  const yes = await answerFrankAudit(nodeCrypto, keys, honest);
  assert.equal(yes.valid, true);
  assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, honest, yes), true);

  // What draft-ietf-mimi-protocol-06 lets pass: the signature covers the server frank, and nobody but the hub can check that.
  const liar = { ...keys, hubKey: () => new Uint8Array(32).fill(0x66) };
  const junk = { tag, context, frank: (await frankMessage(nodeCrypto, liar, accepted)).frank };
  assert.equal(await checkIntegrity(nodeCrypto, publicKey, junk.frank, context), true);
  const no = await answerFrankAudit(nodeCrypto, keys, junk);
  assert.equal(no.valid, false);
  assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, junk, no), true);

  const unsigned = { ...honest, frank: { ...frank, signature: new Uint8Array(64) } };
  assert.equal((await answerFrankAudit(nodeCrypto, keys, unsigned)).valid, false);

  assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, junk, { ...no, valid: true }), false);
  assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, honest, no), false);
});

test("the answer to an audit is no signature of the hub's over what was said", async () => {
  const keys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(9), signatureKey);
  const { frank } = await frankMessage(nodeCrypto, keys, accepted);
  const yes = await answerFrankAudit(nodeCrypto, keys, { tag, frank, context });
  const other = { tag: new Uint8Array(32).fill(1), frank, context };
  assert.equal(await verifyFrankAudit(nodeCrypto, publicKey, other, yes), true);
});

test("whatever is franked is found to be the hub's own, and no other hub's", () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        tag: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        senderUri: fc.string({ unit: "grapheme" }),
        roomUri: fc.string({ unit: "grapheme" }),
        acceptedAt: fc.bigInt(0n, 200_000_000_000_000n),
        epoch: fc.bigInt(0n, 2n ** 64n - 1n),
      }),
      async ({ tag, epoch, ...context }) => {
        const [own, other] = [9, 8].map((byte) =>
          openHubKeys(nodeCrypto, new Uint8Array(32).fill(byte), signatureKey),
        );
        assert.ok(own !== undefined && other !== undefined);
        const { frank, ext } = await frankMessage(nodeCrypto, own, { ...accepted, tag, context, epoch });
        const question = { frankingTag: tag, context, serverFrank: frank.serverFrank, hubKid: ext.hubKid };
        assert.equal(await checkServerFrank(nodeCrypto, own, question), true);
        assert.equal(await checkServerFrank(nodeCrypto, other, question), false);
        assert.equal(await checkIntegrity(nodeCrypto, publicKey, frank, context), true);
      },
    ),
    { numRuns: 50 },
  ));

function hex(text: string): Uint8Array {
  return bytesOfHex(text) ?? assert.fail("no hexadecimal digits");
}
