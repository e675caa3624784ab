import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { anyContent } from "../content/arbitrary-testing.ts";
import { decodeContent, encodeContent } from "../content/content.ts";
import { textPart } from "../content/text.ts";
import type { CborValue } from "../content/types.ts";
import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import { concatBytes } from "../crypto/bytes.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { webCrypto } from "../crypto/web.ts";
import { type ChainLink, GENESIS } from "../hub/chain.ts";
import { frankMessage } from "../hub/frank.ts";
import { openHubKeys } from "../hub/keys.ts";
import { frankAad } from "../wire/aad.ts";
import { frankingTag } from "../wire/franking-tag.ts";
import type { Delivered } from "../wire/types.ts";
import { checkDelivered, type DeliveredCheck } from "./check-delivered.ts";
import { prepareMessage } from "./prepare.ts";
import {
  accept,
  hubSignatureKey,
  outerForm,
  room,
  type Sent,
  send,
  silent,
  start,
  testDevice,
} from "./room-testing.ts";

const robin = testDevice("robin");
const wren = testDevice("wren");

test("an honest message is shown, on either driver, with all that a report needs", async () => {
  const sent = await send(robin, "The kite is blue");
  for (const crypto of [nodeCrypto, webCrypto()]) {
    const verdict = await checkDelivered(crypto, checkOf(sent));
    assert.ok(verdict.ok);
    assert.deepEqual(verdict.content.part, textPart("The kite is blue"));
    assert.deepEqual(verdict.messageId, sent.prepared.messageId);
    assert.deepEqual(verdict.tag, sent.prepared.tag);
    assert.deepEqual(verdict.link, sent.link);
    assert.equal(verdict.seen, "not-said");
  }
});

test("whatever content an honest device sends is accepted", () =>
  fc.assert(
    fc.asyncProperty(anyContent, async (content) => {
      const named = new Map(content.extensions).set(1, robin.uri).set(2, room.roomUri);
      const bytes = encodeContent({ ...content, extensions: named });
      const tag = await frankingTag(nodeCrypto, bytes);
      const prepared = { content: bytes, tag, aad: frankAad(tag), messageId: new Uint8Array(32) };
      const verdict = await checkDelivered(nodeCrypto, checkOf(await accept(robin, prepared)));
      assert.ok(verdict.ok);
    }),
    { numRuns: 60 },
  ));

/** What goes wrong, who did it, and the code that the receiver answers with. */
const attacks: ReadonlyArray<
  readonly [string, string, (sent: Sent) => Promise<DeliveredCheck> | DeliveredCheck]
> = [
  ["a sender commits to other words than it sends", "frank.tag", async () => checkOf(await unopenable())],
  [
    "a sender changes one bit of the content after the tag",
    "frank.tag",
    (sent) => {
      const other = decodeContent(sent.prepared.content);
      return checkOf(withPlaintext(sent, encodeContent({ ...other, salt: other.salt.with(0, 1) })));
    },
  ],
  [
    "a sender names somebody else in the content",
    "frank.sender",
    async () => checkOf({ ...(await prepareAs(robin, wren.uri, room.roomUri)) }),
  ],
  [
    "a sender names another room in the content",
    "frank.room",
    async () => checkOf(await prepareAs(robin, robin.uri, "mimi://hub.example/r/BBBBBBBBBBBBBBBBBBBBBB")),
  ],
  [
    "a sender's content has a second spelling",
    "content.not-canonical",
    (sent) => checkOf(withPlaintext(sent, Uint8Array.of(0x98, 7, ...sent.prepared.content.subarray(1)))),
  ],
  [
    "a sender's content is no content",
    "content.malformed",
    (sent) => checkOf(withPlaintext(sent, new TextEncoder().encode("sunshine"))),
  ],
  [
    "a sender's salt is 15 bytes long",
    "content.malformed",
    (sent) => {
      const fields = decodeCbor(sent.prepared.content) as CborValue[];
      return checkOf(withPlaintext(sent, encodeCbor(fields.with(0, new Uint8Array(15)))));
    },
  ],
  [
    "a sender leaves out who it is",
    "content.extension",
    (sent) => {
      const fields = decodeCbor(sent.prepared.content) as CborValue[];
      return checkOf(withPlaintext(sent, encodeCbor(fields.with(5, new Map([[1, robin.uri]])))));
    },
  ],
  [
    "a sender authenticates something besides the tag",
    "frank.aad",
    (sent) => {
      const aad = concatBytes(sent.prepared.aad, Uint8Array.of(0));
      return changed(sent, { message: outerForm(aad, 1n, sent.prepared.tag) }, { authenticatedData: aad });
    },
  ],
  [
    "a sender authenticates nothing",
    "frank.aad",
    (sent) => changed(sent, { message: outerForm(new Uint8Array(), 1n, sent.prepared.tag) }),
  ],
  [
    "the tag in the clear is not the one that MLS authenticated",
    "frank.aad",
    (sent) => changed(sent, {}, { authenticatedData: frankAad(new Uint8Array(32)) }),
  ],
  [
    "the hub moves the time by a millisecond",
    "frank.signature",
    (sent) => changed(sent, { context: { ...sent.delivered.context, acceptedAt: start } }),
  ],
  [
    "the hub gives a time that no clock shows",
    "frank.kid",
    (sent) => changed(sent, { context: { ...sent.delivered.context, acceptedAt: 2n ** 64n - 1n } }),
  ],
  [
    "the hub says that somebody else sent it",
    "frank.sender",
    (sent) => changed(sent, { context: { ...sent.delivered.context, senderUri: wren.uri } }),
  ],
  [
    "the hub says that it belongs into another room",
    "frank.room",
    (sent) => changed(sent, { context: { ...sent.delivered.context, roomUri: "mimi://hub.example/r/x" } }),
  ],
  ["the hub names another device", "frank.device", (sent) => changed(sent, { deviceId: wren.deviceId })],
  [
    "the hub names a key of another month",
    "frank.kid",
    (sent) => changed(sent, { ext: { ...sent.delivered.ext, hubKid: 202_603 } }),
  ],
  [
    "the hub signs with a key that the room does not name",
    "frank.signature",
    async (sent) => {
      const { frank } = await frankMessage(
        nodeCrypto,
        openHubKeys(nodeCrypto, hubSignatureKey, wren.privateKey),
        {
          tag: sent.prepared.tag,
          context: sent.delivered.context,
          ctHash: new Uint8Array(32),
          submitSignature: new Uint8Array(64),
          epoch: 1n,
          roomSeq: 1n,
          prevHead: GENESIS.head,
        },
      );
      return changed(sent, { frank });
    },
  ],
  [
    "the frank has no signature",
    "frank.signature",
    (sent) => changed(sent, { frank: { ...sent.delivered.frank, signature: new Uint8Array() } }),
  ],
  [
    "the frank is of another suite",
    "frank.suite",
    (sent) => changed(sent, { frank: { ...sent.delivered.frank, suite: 2 } }),
  ],
  [
    "the room is of another suite",
    "frank.suite",
    (sent) => ({ ...checkOf(sent), room: { ...room, suite: 3 } }),
  ],
  [
    "the room names no agent",
    "frank.agent",
    (sent) => ({ ...checkOf(sent), room: { ...room, agent: null } }),
  ],
  [
    "the room's agent is of another domain than its hub",
    "frank.agent",
    (sent) => ({ ...checkOf(sent), room: { ...room, hubDomain: "other.example" } }),
  ],
  [
    "the room's agent is another key",
    "frank.signature",
    (sent) => ({
      ...checkOf(sent),
      room: { ...room, agent: { publicKey: wren.publicKey, domain: "hub.example" } },
    }),
  ],
  [
    "the message is a commit",
    "frank.message",
    (sent) => changed(sent, { message: outerForm(sent.prepared.aad, 1n, sent.prepared.tag, 3) }),
  ],
  [
    "the message is of another epoch than MLS opened",
    "frank.message",
    (sent) => changed(sent, { message: outerForm(sent.prepared.aad, 2n, sent.prepared.tag) }),
  ],
  ["the message is no message", "frank.message", (sent) => changed(sent, { message: new Uint8Array(9) })],
];

for (const [what, code, attack] of attacks)
  test(`${what}: ${code}, and the chain goes on`, async () => {
    const sent = await send(robin, "The kite is blue");
    assert.ok((await checkDelivered(nodeCrypto, checkOf(sent))).ok);
    const check = await attack(sent);
    const verdict = await checkDelivered(nodeCrypto, check);
    assert.ok(!verdict.ok, "it was shown");
    assert.equal(verdict.code, code);
    assert.equal(verdict.link?.roomSeq, 1n);
  });

test("no single byte of what the hub hands over can change without being seen", async () => {
  const sent = await send(robin, "The kite is blue");
  const { frank, ext, message } = sent.delivered;
  const flip = (bytes: Uint8Array, at: number) => bytes.with(at, (bytes[at] ?? 0) ^ 1);
  const spoilt: Array<Partial<Delivered>> = [];
  for (let at = 0; at < 32; at += 1)
    spoilt.push({ frank: { ...frank, serverFrank: flip(frank.serverFrank, at) } });
  for (let at = 0; at < 64; at += 1)
    spoilt.push({ frank: { ...frank, signature: flip(frank.signature, at) } });
  for (let at = 0; at < 32; at += 1) spoilt.push({ ext: { ...ext, prevHead: flip(ext.prevHead, at) } });
  // The last bytes are ciphertext, which MLS itself protects.
  for (let at = 4 + 17; at < 4 + 17 + 46; at += 1) spoilt.push({ message: flip(message, at) });
  for (const part of spoilt) {
    const verdict = await checkDelivered(nodeCrypto, changed(sent, part));
    assert.equal(verdict.ok, false);
  }
});

test("anything at all from the hub gets an answer and no crash", () => {
  const some = fc.uint8Array({ maxLength: 40 });
  const uri = fc.constantFrom(robin.uri, room.roomUri, "", "\ud800");
  const number = fc.oneof(fc.constantFrom(0n, 1n, -1n, 2n ** 64n), fc.bigInt());
  return fc.assert(
    fc.asyncProperty(
      fc.record({
        message: some,
        frank: fc.record({ serverFrank: some, suite: fc.integer(), signature: some }),
        ext: fc.record({
          version: fc.constant(1 as const),
          roomSeq: number,
          prevHead: fc.oneof(some, fc.constant(GENESIS.head)),
          recHash: fc.oneof(some, fc.constant(GENESIS.head)),
          hubKid: fc.integer(),
        }),
        context: fc.record({ senderUri: uri, roomUri: uri, acceptedAt: number }),
        deviceId: some,
      }),
      some,
      fc.boolean(),
      async (delivered, plaintext, wellFormed) => {
        const sent = await send(robin, "x");
        const verdict = await checkDelivered(nodeCrypto, {
          ...checkOf(sent),
          delivered: wellFormed ? { ...delivered, message: sent.delivered.message } : delivered,
          opened: { ...sent.opened, plaintext },
        });
        assert.equal(verdict.ok, false);
      },
    ),
  );
});

test("what a sender says it has seen is held against what this device has", async () => {
  const first = await send(wren, "Is it windy?");
  const at = first.link;
  const reply = (seen: ChainLink) =>
    send(robin, "Yes", { last: at, causality: { seen, deviceSeq: 1, previousOwn: null } });
  const judge = async (seen: ChainLink, headAt?: (roomSeq: bigint) => Uint8Array | undefined) => {
    const base = { ...checkOf(await reply(seen)), last: at };
    const verdict = await checkDelivered(nodeCrypto, headAt === undefined ? base : { ...base, headAt });
    return verdict.ok ? verdict.seen : verdict.code;
  };
  assert.equal(await judge(at), "agrees");
  assert.equal(await judge({ ...at, head: new Uint8Array(32) }), "differs");
  assert.equal(await judge({ roomSeq: 2n, head: at.head }), "differs");
  assert.equal(await judge({ roomSeq: 9n, head: at.head }), "differs");
  const later = await reply(at);
  const third = await send(robin, "Bring the kite", {
    last: later.link,
    causality: { seen: at, deviceSeq: 2, previousOwn: later.prepared.messageId },
  });
  const check = { ...checkOf(third), last: later.link };
  const unknown = await checkDelivered(nodeCrypto, check);
  assert.equal(unknown.ok && unknown.seen, "not-known");
  const known = await checkDelivered(nodeCrypto, {
    ...check,
    headAt: (seq) => (seq === 1n ? at.head : undefined),
  });
  assert.equal(known.ok && known.seen, "agrees");
  const other = await checkDelivered(nodeCrypto, { ...check, headAt: () => later.link.head });
  assert.equal(other.ok && other.seen, "differs");
});

function checkOf({ delivered, opened }: Sent): DeliveredCheck {
  return { delivered, opened, room, last: GENESIS };
}

function changed(
  sent: Sent,
  delivered: Partial<Delivered>,
  opened: Partial<Sent["opened"]> = {},
): DeliveredCheck {
  return checkOf({
    ...sent,
    delivered: { ...sent.delivered, ...delivered },
    opened: { ...sent.opened, ...opened },
  });
}

function withPlaintext(sent: Sent, plaintext: Uint8Array): Sent {
  return { ...sent, opened: { ...sent.opened, plaintext } };
}

/** The tag of one message in front of another: shown, it could never be reported. */
async function unopenable(): Promise<Sent> {
  const [shown, franked] = [await send(robin, "shown"), await send(robin, "franked")];
  return withPlaintext(franked, shown.prepared.content);
}

async function prepareAs(from: typeof robin, senderUri: string, roomUri: string): Promise<Sent> {
  const draft = { senderUri, roomUri, part: textPart("x"), causality: silent };
  return accept(from, await prepareMessage(nodeCrypto, draft));
}
