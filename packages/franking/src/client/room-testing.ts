// A room with its hub and its members' devices, without MLS around it: the messages have MLS's outer form, and what MLS would give
// out when it opens them is at hand. `with-mls.test.ts` has the real thing.

import { textPart } from "../content/text.ts";
import type { Causality, NestedPart } from "../content/types.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { nodeCrypto } from "../crypto/node.ts";
import { type ChainLink, GENESIS } from "../hub/chain.ts";
import { frankMessage } from "../hub/frank.ts";
import { openHubKeys } from "../hub/keys.ts";
import type { Delivered } from "../wire/types.ts";
import { tlsWriter } from "../wire/writer.ts";
import { checkDelivered, type Opened } from "./check-delivered.ts";
import type { FrankedRoom } from "./check-frank.ts";
import { type Prepared, prepareMessage } from "./prepare.ts";
import { signSubmit } from "./sign-submit.ts";

export interface TestDevice {
  readonly uri: string;
  readonly deviceId: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export function testDevice(name: string): TestDevice {
  const privateKey = nodeCrypto.sha256(new TextEncoder().encode(`device of ${name}`));
  return {
    uri: `mimi://hub.example/u/${name}`,
    deviceId: privateKey.slice(0, 16),
    privateKey,
    publicKey: nodeCrypto.publicKeyOf(privateKey),
  };
}

export const hubSignatureKey = new Uint8Array(32).fill(7);
export const hubPublicKey = nodeCrypto.publicKeyOf(hubSignatureKey);
export const hubKeys = openHubKeys(nodeCrypto, new Uint8Array(32).fill(42), hubSignatureKey);

export const room: FrankedRoom = {
  roomUri: "mimi://hub.example/r/AAAAAAAAAAAAAAAAAAAAAA",
  suite: 1,
  agent: { publicKey: hubPublicKey, domain: "hub.example" },
  hubDomain: "hub.example",
};

export interface Sent {
  readonly prepared: Prepared;
  readonly delivered: Delivered;
  readonly opened: Opened;
  /** The chain after this message, as the hub has it. */
  readonly link: ChainLink;
}

export const start = 1_777_145_400_000n;
export const silent: Causality = { seen: null, deviceSeq: 1, previousOwn: null };

/** Everything from a person's words to what a member's device gets, by an honest sender and an honest hub. */
export async function send(
  from: TestDevice,
  words: string | NestedPart,
  options: { last?: ChainLink; causality?: Causality; crypto?: FrankingCrypto; epoch?: bigint } = {},
): Promise<Sent> {
  const { last = GENESIS, causality = silent, crypto = nodeCrypto, epoch = 1n } = options;
  const part = typeof words === "string" ? textPart(words) : words;
  const prepared = await prepareMessage(crypto, {
    senderUri: from.uri,
    roomUri: room.roomUri,
    part,
    causality,
  });
  return accept(from, prepared, { last, crypto, epoch });
}

/** What the hub makes of a message that is already prepared, honestly or not. */
export async function accept(
  from: TestDevice,
  prepared: Prepared,
  options: { last?: ChainLink; crypto?: FrankingCrypto; epoch?: bigint } = {},
): Promise<Sent> {
  const { last = GENESIS, crypto = nodeCrypto, epoch = 1n } = options;
  const roomSeq = last.roomSeq + 1n;
  const message = outerForm(prepared.aad, epoch, prepared.tag);
  const context = { senderUri: from.uri, roomUri: room.roomUri, acceptedAt: start + roomSeq };
  const submitted = await signSubmit(crypto, from.privateKey, {
    roomUri: room.roomUri,
    senderUri: from.uri,
    deviceId: from.deviceId,
    epoch,
    tag: prepared.tag,
    message,
    clientTime: context.acceptedAt,
  });
  const { frank, ext, head } = await frankMessage(crypto, hubKeys, {
    tag: prepared.tag,
    context,
    ctHash: submitted.tbs.ctHash,
    submitSignature: submitted.signature,
    epoch,
    roomSeq,
    prevHead: last.head,
  });
  return {
    prepared,
    delivered: { message, frank, ext, context, deviceId: from.deviceId },
    opened: { plaintext: prepared.content, authenticatedData: prepared.aad, sender: from, epoch },
    link: { roomSeq, head },
  };
}

/** An MLSMessage with a PrivateMessage whose ciphertext is nothing that anybody opens. */
export function outerForm(
  aad: Uint8Array,
  epoch: bigint,
  ciphertext: Uint8Array,
  contentType = 1,
): Uint8Array {
  return tlsWriter()
    .uint16(1)
    .uint16(2)
    .vector(new Uint8Array(16))
    .uint64(epoch)
    .uint8(contentType)
    .vector(aad)
    .vector(new Uint8Array(28))
    .vector(ciphertext)
    .bytes();
}

/** A conversation of `count` messages in turns, each knowing of the one before. */
export async function conversation(names: readonly string[], count: number): Promise<readonly Sent[]> {
  const messages: Sent[] = [];
  for (let index = 0; index < count; index += 1) {
    const last = messages.at(-1)?.link ?? GENESIS;
    const seen = last.roomSeq === 0n ? null : last;
    const from = testDevice(names[index % names.length] ?? "nobody");
    const causality = { seen, deviceSeq: Math.floor(index / names.length) + 1, previousOwn: null };
    messages.push(await send(from, `Train ${index} is on time`, { last, causality }));
  }
  return messages;
}

/** A member that takes messages as they come and keeps its place in the chain. */
export async function receive(messages: readonly Sent[], last: ChainLink | null = GENESIS) {
  const verdicts = [];
  let at = last;
  for (const { delivered, opened } of messages) {
    const verdict = await checkDelivered(nodeCrypto, { delivered, opened, room, last: at });
    verdicts.push(verdict);
    at = verdict.link ?? at;
  }
  return { verdicts, last: at };
}
