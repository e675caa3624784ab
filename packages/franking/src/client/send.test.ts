import assert from "node:assert/strict";
import { test } from "node:test";
import { attachmentCommitmentsOf } from "../content/attachments.ts";
import { causalityOf } from "../content/causality.ts";
import { decodeContent } from "../content/content.ts";
import { messageIdOf } from "../content/message-id.ts";
import { textPart } from "../content/text.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { type ChainLink, GENESIS } from "../hub/chain.ts";
import { frankAad } from "../wire/aad.ts";
import { frankingTag } from "../wire/franking-tag.ts";
import type { Delivered } from "../wire/types.ts";
import { checkOwn } from "./check-own.ts";
import { prepareMessage } from "./prepare.ts";
import { outerForm, room, send, silent, start, testDevice } from "./room-testing.ts";

const robin = testDevice("robin");
const wren = testDevice("wren");

test("what is prepared is a content with its own tag, its own name and the data that MLS authenticates", async () => {
  const commitment = { root: new Uint8Array(32), size: 9n, chunk: 4, keyCommitment: new Uint8Array(32) };
  const url = "https://hub.example/chat/blobs/1";
  const part = {
    disposition: 6,
    language: "",
    kind: "external",
    contentType: "image/png",
    url,
    expires: 0,
    size: 9n,
    encAlg: 0,
    key: new Uint8Array(),
    nonce: new Uint8Array(),
    aad: new Uint8Array(),
    hashAlg: 1,
    contentHash: new Uint8Array(32),
    description: "clouds",
    filename: "clouds.png",
  } as const;
  const draft = { senderUri: robin.uri, roomUri: room.roomUri, part, causality: silent };
  const prepared = await prepareMessage(nodeCrypto, { ...draft, attachments: new Map([[url, commitment]]) });
  const content = decodeContent(prepared.content);
  assert.deepEqual(prepared.tag, await frankingTag(nodeCrypto, prepared.content));
  assert.deepEqual(prepared.messageId, await messageIdOf(nodeCrypto, prepared.content));
  assert.deepEqual(prepared.aad, frankAad(prepared.tag));
  assert.deepEqual(causalityOf(content), silent);
  assert.deepEqual(attachmentCommitmentsOf(content), new Map([[url, commitment]]));
  await assert.rejects(
    prepareMessage(nodeCrypto, { ...draft, attachments: new Map([["https://hub.example/2", commitment]]) }),
    { code: "content.extension" },
  );
});

test("the same words twice are two messages that nobody can see to be alike", async () => {
  const draft = { senderUri: robin.uri, roomUri: room.roomUri, part: textPart("rain"), causality: silent };
  const [a, b] = [await prepareMessage(nodeCrypto, draft), await prepareMessage(nodeCrypto, draft)];
  assert.notDeepEqual(a.tag, b.tag);
  assert.notDeepEqual(a.messageId, b.messageId);
  assert.notDeepEqual(decodeContent(a.content).salt, decodeContent(b.content).salt);
});

test("a device's own message comes back as it was sent, or the device says what is wrong", async () => {
  const { delivered, prepared, link } = await send(robin, "The kite is blue");
  const sent = {
    senderUri: robin.uri,
    deviceId: robin.deviceId,
    epoch: 1n,
    tag: prepared.tag,
    message: delivered.message,
  };
  const own = (part: Partial<Delivered>, also: Partial<typeof sent> = {}, last: ChainLink | null = GENESIS) =>
    checkOwn(nodeCrypto, { delivered: { ...delivered, ...part }, sent: { ...sent, ...also }, room, last });
  assert.deepEqual(await own({}), { ok: true, link });
  const codeOf = async (verdict: ReturnType<typeof own>) => {
    const known = await verdict;
    return known.ok ? "ok" : known.code;
  };
  assert.equal(await codeOf(own({ message: outerForm(prepared.aad, 1n, GENESIS.head) })), "frank.message");
  assert.equal(await codeOf(own({}, { tag: GENESIS.head })), "frank.tag");
  assert.equal(await codeOf(own({}, { senderUri: wren.uri })), "frank.sender");
  assert.equal(
    await codeOf(own({ context: { ...delivered.context, acceptedAt: start } })),
    "frank.signature",
  );
  assert.equal(await codeOf(own({}, {}, link)), "chain.replay");
});
