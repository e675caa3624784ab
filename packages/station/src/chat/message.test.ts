import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import {
  COMMIT,
  encodeSubmitTbs,
  LABELS,
  prepareMessage,
  signWithLabel,
  type SubmitTbs,
  textPart,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  addDevice,
  answerOf,
  bytesOf,
  DOMAIN,
  register,
  startTestHub,
  type TestHub,
  text,
} from "../testing/chat.ts";
import {
  change,
  clientOf,
  hear,
  makeRoom,
  say,
  type TestClient,
  type TestRoom,
  write,
} from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";
import type { AcceptedMessage } from "./contract.ts";

const end = endOfFile();
let hub: TestHub;
before(async () => {
  hub = await startTestHub(end);
});

async function two() {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  await hear(hub, bob);
  const bobs = bob.rooms.get(room.id);
  assert.ok(bobs !== undefined);
  return { ann, bob, room, bobs };
}

const send = (by: TestClient, room: TestRoom, body: unknown) =>
  by.device.request("POST", `/chat/rooms/${room.id}/messages`, body);

async function refused(response: Response, status: number, code: string): Promise<void> {
  assert.equal((await problemOf(response, status)).code, code);
}

test("a message that is sent again after a lost answer gets the same answer, and stands in the room once", async () => {
  const { ann, bob, room } = await two();
  const written = await write(hub, ann, room, "The kite is blue");
  const first = await answerOf<AcceptedMessage>(await send(ann, room, written));
  assert.deepEqual(await answerOf(await send(ann, room, written)), first);
  await say(hub, ann, room, "The kite is still blue");
  // Later the answer is the same still, although the room has gone on.
  assert.deepEqual(await answerOf(await send(ann, room, written)), first);
  const { said, failed } = await hear(hub, bob);
  assert.deepEqual([said.map(({ seq }) => seq), failed], [[1, 2], []]);
});

test("a message that comes many times at once stands in the room once", async () => {
  const { ann, room } = await two();
  const written = await write(hub, ann, room, "A train of thought");
  const answers = await Promise.all(
    Array.from({ length: 12 }, async () => answerOf<AcceptedMessage>(await send(ann, room, written))),
  );
  for (const { ext, frank } of answers) assert.deepEqual([ext, frank], [answers[0]?.ext, answers[0]?.frank]);
  assert.equal(answers[0]?.ext.roomSeq, 1);
});

test("a nonce is good for one message, of any room", async () => {
  const { ann, room } = await two();
  const other = await makeRoom(hub, ann);
  const first = await write(hub, ann, room, "One");
  assert.equal((await send(ann, room, first)).status, 200);
  for (const place of [room, other]) {
    const second = await write(hub, ann, place, "Two");
    const nonce = bytesOf(first.submit.nonce);
    const forged = { ...second, submit: await signedWith(ann, place, second.message, { nonce }) };
    await refused(await send(ann, place, forged), 409, "chat.nonce-used");
  }
  assert.equal((await say(hub, ann, room, "Three")).ext.roomSeq, 2);
});

/** A submission that is signed as `change` has it. */
async function signedWith(by: TestClient, room: TestRoom, message: string, change: Partial<SubmitTbs>) {
  const sent = room.sent.get(text(nodeCrypto.sha256(bytesOf(message))));
  assert.ok(sent !== undefined);
  const nonce = change.nonce ?? new Uint8Array(randomBytes(16));
  const tbs = {
    roomUri: room.uri,
    senderUri: by.device.uri,
    deviceId: by.device.deviceId,
    epoch: sent.epoch,
    frankingTag: sent.tag,
    ctHash: nodeCrypto.sha256(sent.message),
    clientTime: 5n,
    nonce,
    ...change,
  };
  const signature = await signWithLabel(
    nodeCrypto,
    by.device.privateKey,
    LABELS.submit,
    encodeSubmitTbs(tbs),
  );
  return { clientTime: 5, nonce: text(nonce), signature: text(signature) };
}

test("rule R1: whatever the submit signature does not cover as it stands is refused", async () => {
  const { ann, bob, room, bobs } = await two();
  const written = await write(hub, ann, room, "The kite is blue");
  const wrong = [
    { roomUri: `mimi://${DOMAIN}/r/other` },
    { senderUri: bob.device.uri },
    { deviceId: bob.device.deviceId },
    { epoch: 7n },
    { frankingTag: new Uint8Array(32) },
    { ctHash: new Uint8Array(32) },
    { clientTime: 6n },
  ];
  for (const change of wrong) {
    const submit = await signedWith(ann, room, written.message, change);
    await refused(await send(ann, room, { ...written, submit }), 422, "chat.message-refused");
  }
  const other = await signedWith(ann, room, written.message, {});
  const nonce = { ...other, nonce: text(randomBytes(16)) };
  await refused(await send(ann, room, { ...written, submit: nonce }), 422, "chat.message-refused");
  // Bob hands in Ann's message, with Ann's signature or with his own.
  await refused(await send(bob, bobs, written), 422, "chat.message-refused");
  assert.equal((await answerOf<AcceptedMessage>(await send(ann, room, written))).ext.roomSeq, 1);
});

test("rule R1: a message whose authenticated data is not a franking tag, or that is no application message, is refused", async () => {
  const { ann, room } = await two();
  const draft = await prepareMessage(nodeCrypto, {
    senderUri: ann.device.uri,
    roomUri: room.uri,
    part: textPart("A kite"),
    causality: { seen: null, deviceSeq: 1, previousOwn: null },
  });
  for (const aad of [
    new Uint8Array(),
    draft.tag,
    draft.aad.subarray(0, 35),
    Buffer.concat([draft.aad, Buffer.alloc(1)]),
    Buffer.concat([draft.aad, draft.aad]),
  ]) {
    const made = await hub.mls.protect(room.state, draft.content, Uint8Array.from(aad));
    room.state = made.state;
    const { epoch } = hub.mls.inspect(room.state);
    room.sent.set(text(nodeCrypto.sha256(made.message)), {
      tag: draft.tag,
      message: made.message,
      epoch,
      body: "",
    });
    const submit = await signedWith(ann, room, text(made.message), {});
    const body = { message: text(made.message), submit };
    await refused(await send(ann, room, body), 422, "chat.message-refused");
  }
  // A commit in the form of a message: the type stands in the clear, behind version, form, group and epoch.
  const written = await write(hub, ann, room, "A kite");
  const message = bytesOf(written.message).with(2 + 2 + 17 + 8, COMMIT);
  const sent = room.sent.get(text(nodeCrypto.sha256(bytesOf(written.message))));
  assert.ok(sent !== undefined);
  room.sent.set(text(nodeCrypto.sha256(message)), { ...sent, message });
  const signed = { message: text(message), submit: await signedWith(ann, room, text(message), {}) };
  await refused(await send(ann, room, signed), 422, "chat.message-refused");
  const submit = { clientTime: 1, nonce: text(randomBytes(16)), signature: text(randomBytes(64)) };
  const { commit } = await hub.mls.commit(room.state, { add: [], remove: [] });
  for (const message of [randomBytes(200), commit, Buffer.from([0, 1, 0, 2])])
    await refused(await send(ann, room, { message: text(message), submit }), 422, "chat.message-refused");
  await problemOf(await send(ann, room, { message: "", submit }), 422);
  await problemOf(await send(ann, room, { message: "a+b=", submit }), 422);
  await problemOf(await send(ann, room, { message: text(randomBytes(70_000)), submit }), 422);
  await problemOf(await send(ann, room, { message: text(randomBytes(200_000)), submit }), 413);
  // A message of another room.
  const elsewhere = await makeRoom(hub, ann);
  const lost = await write(hub, ann, elsewhere, "Where am I");
  await refused(await send(ann, room, lost), 422, "chat.message-refused");
});

test("rule R1: the epoch is the current one or the one before", async () => {
  const { ann, bob, room, bobs } = await two();
  const [late, later, tooLate] = [
    await write(hub, bob, bobs, "Written before"),
    await write(hub, bob, bobs, "Written before, too"),
    await write(hub, bob, bobs, "Written long before"),
  ];
  await change(hub, ann, room, {});
  assert.equal((await send(bob, bobs, late)).status, 200);
  const { said, failed } = await hear(hub, ann);
  assert.deepEqual([said.map(({ body }) => body), failed], [["Written before"], []]);
  await change(hub, ann, room, {});
  for (const message of [later, tooLate])
    await refused(await send(bob, bobs, message), 409, "chat.stale-epoch");
  await hear(hub, bob);
  assert.equal((await say(hub, bob, bobs, "In time")).ext.roomSeq, 2);
  // An epoch that is still to come.
  const { state } = await hub.mls.commit(room.state, { add: [], remove: [] });
  const ahead = await write(hub, ann, { ...room, state }, "From the future");
  await refused(await send(ann, room, ahead), 409, "chat.stale-epoch");
});

test("who is not in the room, was taken out of it, or was revoked says nothing there, also not from before", async () => {
  const { ann, bob, room, bobs } = await two();
  const cleo = clientOf(await register(hub));
  const own = await makeRoom(hub, cleo);
  const body = await write(hub, cleo, { ...own, id: room.id, uri: room.uri }, "Let me in");
  await refused(await send(cleo, room, body), 422, "chat.message-refused");
  const tablet = clientOf(await addDevice(hub, ann.device));
  await change(hub, ann, room, { add: [ann.device.uri] });
  await hear(hub, tablet);
  await hear(hub, bob);
  const tablets = tablet.rooms.get(room.id);
  assert.ok(tablets !== undefined);
  const before = await write(hub, bob, bobs, "From before");
  const revoked = await write(hub, tablet, tablets, "From a lost tablet");
  await change(hub, ann, room, { remove: [bob.device] });
  await refused(await send(bob, bobs, before), 403, "chat.not-a-member");
  const id = text(tablet.device.deviceId);
  assert.equal((await ann.device.request("DELETE", `/chat/devices/${id}`)).status, 204);
  await refused(await send(tablet, tablets, revoked), 401, "session.missing");
  const unknown = text(randomBytes(16));
  await problemOf(await ann.device.request("POST", `/chat/rooms/${unknown}/leave`), 403);
});

test("in a room of two, whom the other has blocked is refused; in a larger one everybody decides for themselves", async () => {
  const { ann, bob, room, bobs } = await two();
  const { uri } = ann.device;
  assert.equal((await bob.device.request("POST", "/chat/blocks", { uri })).status, 204);
  await refused(await send(ann, room, await write(hub, ann, room, "Are you there")), 403, "chat.refused");
  assert.equal((await bob.device.request("DELETE", `/chat/blocks/${ann.device.handle}`)).status, 204);
  assert.equal((await say(hub, ann, room, "There you are")).ext.roomSeq, 1);
  const cleo = clientOf(await register(hub));
  await change(hub, ann, room, { add: [cleo.device.uri] });
  await bob.device.ask("POST", "/chat/blocks", { uri });
  assert.equal((await say(hub, ann, room, "Three of us")).ext.roomSeq, 2);
  assert.equal(bobs.id, room.id);
});

test("rooms go on without a gap when many devices talk at once, over several batches", async () => {
  const { ann, bob, room, bobs } = await two();
  const other = await makeRoom(hub, bob);
  const lines: Array<() => Promise<Response>> = [];
  for (let n = 0; n < 25; n += 1) {
    const anns = await write(hub, ann, room, `Ann ${n}`);
    const bobsLine = await write(hub, bob, bobs, `Bob ${n}`);
    const alone = await write(hub, bob, other, `Alone ${n}`);
    lines.push(
      () => send(ann, room, anns),
      () => send(bob, bobs, bobsLine),
      () => send(bob, other, alone),
    );
  }
  const answers = await Promise.all(lines.map(async (line) => answerOf<AcceptedMessage>(await line())));
  const seqs = answers.map(({ ext }) => ext.roomSeq).toSorted((a, b) => a - b);
  const wanted = [
    ...Array.from({ length: 50 }, (_, n) => n + 1),
    ...Array.from({ length: 25 }, (_, n) => n + 1),
  ];
  assert.deepEqual(
    seqs,
    wanted.toSorted((a, b) => a - b),
  );
  const heard = await hear(hub, ann);
  // Every link of the chain and the head over it was checked on the way in.
  assert.deepEqual(heard.failed, []);
  assert.deepEqual(
    heard.said.map(({ seq }) => seq),
    Array.from({ length: 50 }, (_, n) => n + 1),
  );
});
