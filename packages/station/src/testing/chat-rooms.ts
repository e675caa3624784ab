import { randomBytes } from "node:crypto";
import {
  type ChainLink,
  checkDelivered,
  checkOwn,
  type Delivered,
  GENESIS,
  linkHeads,
  prepareMessage,
  type SignedHead,
  signSubmit,
  SUITE,
  textPart,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import type { AcceptedMessage, ChatEvent, Inbox } from "../chat/contract.ts";
import { agentOf, bytesOf, DOMAIN, type TestDevice, type TestHub, text } from "./chat.ts";

/** A room as one device has it. */
export interface TestRoom {
  id: string;
  uri: string;
  state: Uint8Array;
  /** The last message whose place in the chain this device has checked. */
  last: ChainLink | null;
  links: ChainLink[];
  sent: Map<string, { tag: Uint8Array; message: Uint8Array; epoch: bigint; body: string }>;
  deviceSeq: number;
  previousOwn: Uint8Array | null;
}

/** What a device has learned from its inbox. */
export interface Heard {
  /** Messages that stood every check of rule R2, oldest first; one's own too. */
  said: Array<{
    roomId: string;
    seq: number;
    from: string;
    body: string;
    delivered: Delivered;
    content: Uint8Array;
  }>;
  events: ChatEvent[];
  /** Codes of what failed. */
  failed: string[];
}

/** A device's rooms and where it is in its inbox. */
export interface TestClient {
  device: TestDevice;
  rooms: Map<string, TestRoom>;
  cursor: string;
  contents: Map<string, Uint8Array>;
}

export function clientOf(device: TestDevice): TestClient {
  return { device, rooms: new Map(), cursor: "0", contents: new Map() };
}

/** A room of `by` alone, then with one key package of each of these accounts' devices. */
export async function makeRoom(
  hub: TestHub,
  by: TestClient,
  invite: readonly string[] = [],
): Promise<TestRoom> {
  const groupId = new Uint8Array(randomBytes(16));
  const state = await hub.mls.createGroup(by.device, groupId, await agentOf(hub));
  const { roomId, roomUri } = await by.device.ask<{ roomId: string; roomUri: string }>(
    "POST",
    "/chat/rooms",
    {
      groupInfo: text(await hub.mls.groupInfo(state)),
    },
  );
  const room: TestRoom = {
    id: roomId,
    uri: roomUri,
    state,
    last: GENESIS,
    links: [],
    sent: new Map(),
    deviceSeq: 0,
    previousOwn: null,
  };
  by.rooms.set(roomId, room);
  if (invite.length > 0) await change(hub, by, room, { add: invite });
  return room;
}

/** Takes a key package of each device of these accounts. */
export async function takeFor(by: TestClient, uris: readonly string[]): Promise<Uint8Array[]> {
  const taken: Uint8Array[] = [];
  for (const uri of uris) {
    const { keyPackages } = await by.device.ask<{ keyPackages: Array<{ keyPackage: string }> }>(
      "POST",
      "/chat/key-packages/take",
      { uri },
    );
    taken.push(...keyPackages.map(({ keyPackage }) => bytesOf(keyPackage)));
  }
  return taken;
}

/** Commits to a room; the state after it counts once the hub has taken it. */
export async function change(
  hub: TestHub,
  by: TestClient,
  room: TestRoom,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly TestDevice[] },
): Promise<void> {
  const { response, state } = await tryChange(hub, by, room, { add: await takeFor(by, add), remove });
  if (!response.ok) throw new Error(`the hub answered ${response.status}: ${await response.text()}`);
  room.state = state;
}

export async function tryChange(
  hub: TestHub,
  by: TestClient,
  room: TestRoom,
  { add = [], remove = [] }: { add?: readonly Uint8Array[]; remove?: readonly TestDevice[] },
  instead: { welcome?: null } = {},
) {
  const { members } = hub.mls.inspect(room.state);
  const leaves = remove.map(
    (device) => members.find((member) => text(member.deviceId) === text(device.deviceId))?.leaf ?? -1,
  );
  const made = await hub.mls.commit(room.state, { add, remove: leaves });
  const body = {
    commit: text(made.commit),
    welcome: made.welcome === null ? null : text(made.welcome),
    groupInfo: text(made.groupInfo),
    ...instead,
  };
  const response = await by.device.request("POST", `/chat/rooms/${room.id}/commits`, body);
  return { response, state: made.state, body };
}

/** Encrypts and signs a message, without sending it. */
export async function write(
  hub: TestHub,
  by: TestClient,
  room: TestRoom,
  body: string,
  more: Partial<Pick<Parameters<typeof prepareMessage>[1], "part" | "attachments">> = {},
) {
  const { device } = by;
  room.deviceSeq += 1;
  const seen = room.last === null || room.last.roomSeq === 0n ? null : room.last;
  const draft = await prepareMessage(nodeCrypto, {
    senderUri: device.uri,
    roomUri: room.uri,
    part: textPart(body),
    causality: { seen, deviceSeq: room.deviceSeq, previousOwn: room.previousOwn },
    ...more,
  });
  room.previousOwn = draft.messageId;
  const { epoch } = hub.mls.inspect(room.state);
  const { state, message } = await hub.mls.protect(room.state, draft.content, draft.aad);
  room.state = state;
  const { tbs, signature } = await signSubmit(nodeCrypto, device.privateKey, {
    senderUri: device.uri,
    roomUri: room.uri,
    deviceId: device.deviceId,
    epoch,
    tag: draft.tag,
    message,
    clientTime: BigInt(Date.now()),
  });
  room.sent.set(text(tbs.ctHash), { tag: draft.tag, message, epoch, body });
  by.contents.set(text(tbs.ctHash), draft.content);
  return {
    message: text(message),
    submit: { clientTime: Number(tbs.clientTime), nonce: text(tbs.nonce), signature: text(signature) },
  };
}

export async function say(
  hub: TestHub,
  by: TestClient,
  room: TestRoom,
  body: string,
): Promise<AcceptedMessage> {
  const written = await write(hub, by, room, body);
  return await by.device.ask("POST", `/chat/rooms/${room.id}/messages`, written);
}

/** Takes in everything that is in the inbox, with every check that a messenger makes, and acknowledges it. */
export async function hear(hub: TestHub, client: TestClient, wait = 0): Promise<Heard> {
  const heard: Heard = { said: [], events: [], failed: [] };
  for (;;) {
    const inbox = await client.device.ask<Inbox>(
      "GET",
      `/chat/inbox?after=${client.cursor}&wait=${heard.events.length === 0 ? wait : 0}`,
    );
    for (const event of inbox.events) await takeIn(hub, client, event, heard);
    for (const head of inbox.heads) await checkHead(hub, client, head, heard);
    heard.events.push(...inbox.events);
    client.cursor = inbox.cursor;
    await client.device.ask("POST", "/chat/inbox/ack", { cursor: inbox.cursor });
    if (!inbox.more) return heard;
  }
}

async function takeIn(hub: TestHub, client: TestClient, event: ChatEvent, heard: Heard): Promise<void> {
  switch (event.kind) {
    case "welcome":
      if (event.welcome !== null) await join(hub, client, event.roomId, bytesOf(event.welcome));
      return;
    case "commit": {
      const room = client.rooms.get(event.roomId);
      const isBehind = room !== undefined && hub.mls.inspect(room.state).epoch < BigInt(event.epoch);
      if (isBehind && event.commit !== null)
        room.state = (await hub.mls.receive(room.state, bytesOf(event.commit))).state;
      return;
    }
    case "message":
      return await takeMessage(hub, client, event, heard);
    case "leave":
    case "report":
    case "notice":
      return;
  }
}

async function join(hub: TestHub, client: TestClient, roomId: string, welcome: Uint8Array): Promise<void> {
  for (const [keyPackage, secret] of client.device.secrets) {
    const state = await hub.mls.join(welcome, bytesOf(keyPackage), secret).catch(() => undefined);
    if (state === undefined) continue;
    client.device.secrets.delete(keyPackage);
    const uri = `mimi://${DOMAIN}/r/${roomId}`;
    client.rooms.set(roomId, {
      id: roomId,
      uri,
      state,
      last: null,
      links: [],
      sent: new Map(),
      deviceSeq: 0,
      previousOwn: null,
    });
    return;
  }
  throw new Error("a welcome is for one of the device's key packages");
}

type MessageEvent = Extract<ChatEvent, { kind: "message" }>;

async function takeMessage(
  hub: TestHub,
  client: TestClient,
  event: MessageEvent,
  heard: Heard,
): Promise<void> {
  const room = client.rooms.get(event.roomId);
  if (room === undefined || event.message === null) {
    heard.failed.push(room === undefined ? "test.no-room" : "test.expired");
    return;
  }
  const delivered = deliveredOf(room, event, bytesOf(event.message));
  const { agent } = hub.mls.inspect(room.state);
  const franked = { roomUri: room.uri, suite: SUITE, agent, hubDomain: DOMAIN };
  const key = text(nodeCrypto.sha256(delivered.message));
  const own = room.sent.get(key);
  const base = { roomId: room.id, seq: event.ext.roomSeq, from: event.senderUri, delivered };
  if (own !== undefined) {
    const sent = { ...own, senderUri: client.device.uri, deviceId: client.device.deviceId };
    const verdict = await checkOwn(nodeCrypto, { delivered, sent, room: franked, last: room.last });
    if (verdict.ok)
      heard.said.push({ ...base, body: own.body, content: client.contents.get(key) ?? new Uint8Array() });
    else heard.failed.push(verdict.code);
    follow(room, verdict.link);
    return;
  }
  const opened = await hub.mls.receive(room.state, delivered.message);
  room.state = opened.state;
  if (opened.kind !== "application") throw new Error("a message is no commit");
  const verdict = await checkDelivered(nodeCrypto, { delivered, opened, room: franked, last: room.last });
  follow(room, verdict.link);
  if (!verdict.ok) heard.failed.push(verdict.code);
  else {
    const part = verdict.content.part;
    const body = part.kind === "single" ? Buffer.from(part.content).toString("utf8") : "";
    heard.said.push({ ...base, body, content: opened.plaintext });
  }
}

function follow(room: TestRoom, link: ChainLink | null): void {
  if (link === null) return;
  room.last = link;
  room.links.push(link);
}

export function deliveredOf(
  room: Pick<TestRoom, "uri">,
  event: MessageEvent,
  message: Uint8Array,
): Delivered {
  return {
    message,
    frank: {
      serverFrank: bytesOf(event.frank.serverFrank),
      suite: event.frank.suite,
      signature: bytesOf(event.frank.signature),
    },
    ext: {
      version: 1,
      roomSeq: BigInt(event.ext.roomSeq),
      prevHead: bytesOf(event.ext.prevHead),
      recHash: bytesOf(event.ext.recHash),
      hubKid: event.ext.hubKid,
    },
    context: { senderUri: event.senderUri, roomUri: room.uri, acceptedAt: BigInt(event.acceptedAt) },
    deviceId: bytesOf(event.deviceId),
  };
}

async function checkHead(
  hub: TestHub,
  client: TestClient,
  view: Inbox["heads"][number],
  heard: Heard,
): Promise<void> {
  const room = [...client.rooms.values()].find(({ uri }) => uri === view.roomUri);
  const key = room === undefined ? null : hub.mls.inspect(room.state).agent;
  if (room === undefined || key === null) return;
  const verdict = await linkHeads(nodeCrypto, {
    hubPublicKey: key.publicKey,
    roomUri: room.uri,
    head: headOf(view),
    links: room.links,
  });
  if (!verdict.ok) heard.failed.push(verdict.code);
}

export function headOf(view: Inbox["heads"][number]): SignedHead {
  return {
    roomUri: view.roomUri,
    roomSeq: BigInt(view.roomSeq),
    head: bytesOf(view.head),
    at: BigInt(view.at),
    signature: bytesOf(view.signature),
  };
}
