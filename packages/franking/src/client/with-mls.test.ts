import assert from "node:assert/strict";
import { test } from "node:test";
import { textPart } from "../content/text.ts";
import { base64urlOf } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { type ChainLink, GENESIS, nextHead } from "../hub/chain.ts";
import { frankMessage } from "../hub/frank.ts";
import { checkSubmit } from "../hub/submit.ts";
import type { MlsDevice, MlsEngine } from "../mls/engine.ts";
import { openNodeMls } from "../mls/node.ts";
import { tagFromAad } from "../wire/aad.ts";
import { readPrivateMessage } from "../wire/private-message.ts";
import type { Delivered } from "../wire/types.ts";
import { checkDelivered } from "./check-delivered.ts";
import { checkOwn } from "./check-own.ts";
import { type Prepared, prepareMessage } from "./prepare.ts";
import { hubKeys, hubPublicKey, start } from "./room-testing.ts";
import { signSubmit } from "./sign-submit.ts";

/** A member's device: its MLS state and its place in the room's chain. */
interface Member {
  readonly device: MlsDevice;
  state: Uint8Array;
  last: ChainLink | null;
  /** Its own messages on their way back to it. */
  sent: Parameters<typeof checkOwn>[1]["sent"] | null;
  deviceSeq: number;
  previousOwn: Uint8Array | null;
}

const groupId = new Uint8Array(16).fill(7);
const roomUri = `mimi://hub.example/r/${base64urlOf(groupId)}`;
const agent = { publicKey: hubPublicKey, domain: "hub.example" };

test("what any member sends, every other shows, over epochs, and all have the hub's chain", async () => {
  const mls = await openNodeMls();
  const members = await roomOf(mls, ["robin", "wren", "jay"]);
  const hub = { last: GENESIS };
  // Who writes is drawn like dice, but always the same throws.
  for (let turn = 0, die = 5; turn < 12; turn += 1, die = (die * 7 + 4) % 11) {
    if (turn === 6) await invite(mls, members, "finch");
    const writer = members[die % members.length];
    assert.ok(writer !== undefined);
    const codes = await say(mls, hub, members, writer, `Train ${turn} is on time`);
    assert.deepEqual(new Set(codes), new Set(["ok"]), `turn ${turn}`);
  }
  for (const { last } of members) assert.deepEqual(last, hub.last);
});

test("a message that could not be reported is not shown, and the conversation goes on behind it", async () => {
  const mls = await openNodeMls();
  const members = await roomOf(mls, ["robin", "wren"]);
  const [robin] = members;
  assert.ok(robin !== undefined);
  const hub = { last: GENESIS };
  const other = await prepare(robin, "other words");
  const spoil = (honest: Prepared) => ({ ...honest, tag: other.tag, aad: other.aad });
  assert.deepEqual(await say(mls, hub, members, robin, "words", spoil), ["ok", "frank.tag"]);
  assert.deepEqual(await say(mls, hub, members, robin, "and now the kite"), ["ok", "ok"]);
});

/** One message from writer to all, the writer included. How each judged it, in the members' order. */
async function say(
  mls: MlsEngine,
  hub: { last: ChainLink },
  members: readonly Member[],
  writer: Member,
  words: string,
  spoil: (honest: Prepared) => Prepared = (honest) => honest,
): Promise<readonly string[]> {
  const delivered = await submit(mls, hub, writer, spoil(await prepare(writer, words)));
  const codes = [];
  for (const member of members) codes.push(await take(mls, member, delivered));
  return codes;
}

function prepare(writer: Member, words: string): Promise<Prepared> {
  const { last, deviceSeq, previousOwn, device } = writer;
  const seen = last === null || last.roomSeq === 0n ? null : last;
  const causality = { seen, deviceSeq: deviceSeq + 1, previousOwn };
  return prepareMessage(nodeCrypto, { senderUri: device.uri, roomUri, part: textPart(words), causality });
}

async function submit(
  mls: MlsEngine,
  hub: { last: ChainLink },
  writer: Member,
  prepared: Prepared,
): Promise<Delivered> {
  const { device } = writer;
  const { epoch } = mls.inspect(writer.state);
  const { message, state } = await mls.protect(writer.state, prepared.content, prepared.aad);
  const about = {
    roomUri,
    senderUri: device.uri,
    deviceId: device.deviceId,
    epoch,
    tag: prepared.tag,
    message,
  };
  const { tbs, signature } = await signSubmit(nodeCrypto, device.privateKey, { ...about, clientTime: start });
  Object.assign(writer, {
    state,
    deviceSeq: writer.deviceSeq + 1,
    previousOwn: prepared.messageId,
    sent: { ...about },
  });

  const inClear = readPrivateMessage(message);
  assert.ok(inClear !== null);
  const tag = tagFromAad(inClear.authenticatedData);
  assert.ok(tag !== null);
  const ctHash = nodeCrypto.sha256(message);
  const expected = { ...tbs, roomUri, epoch: inClear.epoch, frankingTag: tag, ctHash };
  assert.ok(await checkSubmit(nodeCrypto, device.publicKey, expected, signature));
  const roomSeq = hub.last.roomSeq + 1n;
  const context = { senderUri: device.uri, roomUri, acceptedAt: start + roomSeq };
  const { frank, ext, head } = await frankMessage(nodeCrypto, hubKeys, {
    tag,
    context,
    ctHash,
    submitSignature: signature,
    epoch: inClear.epoch,
    roomSeq,
    prevHead: hub.last.head,
  });
  hub.last = { roomSeq, head };
  return { message, frank, ext, context, deviceId: device.deviceId };
}

async function take(mls: MlsEngine, member: Member, delivered: Delivered): Promise<string> {
  const room = { roomUri, suite: 1, agent: mls.inspect(member.state).agent, hubDomain: "hub.example" };
  const { last, sent } = member;
  if (sent !== null) {
    const verdict = await checkOwn(nodeCrypto, { delivered, sent, room, last });
    Object.assign(member, { sent: null, last: verdict.link });
    return verdict.ok ? "ok" : verdict.code;
  }
  const opened = await mls.receive(member.state, delivered.message);
  assert.ok(opened.kind === "application");
  const verdict = await checkDelivered(nodeCrypto, { delivered, opened, room, last });
  assert.deepEqual(
    verdict.link?.head,
    await nextHead(nodeCrypto, delivered.ext.prevHead, delivered.ext.recHash),
  );
  Object.assign(member, { state: opened.state, last: verdict.link });
  await assert.rejects(mls.receive(opened.state, delivered.message), { name: "FrankingError" });
  if (verdict.ok) assert.ok(["agrees", "not-said", "not-known"].includes(verdict.seen));
  return verdict.ok ? "ok" : verdict.code;
}

async function roomOf(mls: MlsEngine, names: readonly string[]): Promise<Member[]> {
  const [first = "", ...others] = names;
  const device = await deviceOf(mls, first);
  const members = [memberOf(device, await mls.createGroup(device, groupId, agent), GENESIS)];
  for (const name of others) await invite(mls, members, name);
  for (const member of members) member.last = GENESIS;
  return members;
}

/** The first member adds a device, everybody follows, and the newcomer knows nothing of what was before. */
async function invite(mls: MlsEngine, members: Member[], name: string): Promise<void> {
  const [first, ...others] = members;
  assert.ok(first !== undefined);
  const device = await deviceOf(mls, name);
  const invited = await mls.createKeyPackage(device);
  const { state, commit, welcome } = await mls.commit(first.state, { add: [invited.keyPackage], remove: [] });
  assert.ok(welcome !== null);
  first.state = state;
  for (const member of others) member.state = (await mls.receive(member.state, commit)).state;
  members.push(memberOf(device, await mls.join(welcome, invited.keyPackage, invited.secret), null));
}

async function deviceOf(mls: MlsEngine, name: string): Promise<MlsDevice> {
  return {
    uri: `mimi://hub.example/u/${name}`,
    deviceId: nodeCrypto.random(16),
    ...(await mls.createDevice()),
  };
}

function memberOf(device: MlsDevice, state: Uint8Array, last: ChainLink | null): Member {
  return { device, state, last, sent: null, deviceSeq: 0, previousOwn: null };
}
