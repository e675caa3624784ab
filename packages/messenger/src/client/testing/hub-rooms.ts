import {
  checkSubmit,
  frankMessage,
  GENESIS,
  hexOf,
  readPrivateMessage,
  signHead,
  type SignedHead,
  tagFromAad,
} from "@fairlead/franking";
import type { MlsMember } from "@fairlead/franking/mls";
import { handleOf } from "../context.ts";
import { roomUriOf } from "../hub/answers.ts";
import type { Accepted, HubSession, Inbox, Member, Submit } from "../hub/api.ts";
import {
  accountOf,
  mustBeSignedIn,
  refuse,
  tell,
  type TestDevice,
  type TestHubState,
  type TestRoom,
} from "./hub-state.ts";

type RoomCalls = Pick<
  HubSession,
  "createRoom" | "commit" | "leaveRoom" | "sendMessage" | "inbox" | "acknowledge"
>;

const PAGE = 40;

/** Rooms, messages and the inbox, as the contract has them. */
export function roomCalls(state: TestHubState, device: TestDevice): RoomCalls {
  return {
    async createRoom(groupInfo) {
      const { groupId, members, epoch } = await state.mls.readGroupInfo(groupInfo);
      const id = Buffer.from(groupId).toString("base64url");
      if (state.rooms.has(id)) return;
      const uri = roomUriOf(state.domain, id);
      const room: TestRoom = {
        id,
        uri,
        epoch: Number(epoch),
        members,
        rosters: [{ epoch: Number(epoch), since: state.clock.now(), members }],
        seq: 0,
        head: GENESIS.head,
        heads: new Map(),
        messages: [],
      };
      state.rooms.set(id, room);
    },
    async commit(roomId, { commit, welcome, groupInfo }) {
      const room = memberRoom(state, device, roomId);
      const info = await state.mls.readGroupInfo(groupInfo);
      if (Number(info.epoch) !== room.epoch + 1) refuse("chat.stale-epoch");
      const added = without(info.members, room.members);
      for (const { uri } of added) mustBeWelcome(state, device, handleOf(uri));
      for (const { deviceId } of info.members)
        if (state.devices.get(hexOf(deviceId))?.revokedAt !== null) refuse("chat.roster-refused");
      const before = room.members;
      room.members = info.members;
      room.epoch++;
      const at = state.clock.now();
      room.rosters.push({ epoch: room.epoch, since: at, members: info.members });
      const event = { roomId, epoch: room.epoch, by: memberOf(state, device), firstSeq: room.seq + 1, at };
      for (const one of devicesIn(state, before)) tell(state, one, { kind: "commit", commit, ...event });
      for (const one of devicesIn(state, added)) tell(state, one, { kind: "welcome", welcome, ...event });
    },
    async leaveRoom(roomId) {
      const room = memberRoom(state, device, roomId);
      const leave = { roomId, member: memberOf(state, device), why: "asked", at: state.clock.now() } as const;
      for (const one of devicesIn(state, room.members)) tell(state, one, { kind: "leave", ...leave });
    },
    sendMessage: (roomId, message, submit) => accept(state, device, { roomId, message, submit }),
    async inbox(after, waitSeconds, signal) {
      const from = after === null ? device.acked : Number(after);
      const found = () => device.inbox.filter(({ cursor }) => Number(cursor) > from);
      if (found().length === 0 && waitSeconds > 0) await rung(device, waitSeconds, signal);
      mustBeSignedIn(device);
      return await answer(state, found(), String(from));
    },
    async acknowledge(cursor) {
      device.acked = Number(cursor);
    },
  };
}

async function answer(state: TestHubState, all: Inbox["events"], from: string): Promise<Inbox> {
  const events = all.slice(0, PAGE);
  const ends: Array<readonly [string, number]> = [];
  const last = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== "message") continue;
    const seq = Number(event.delivered.ext.roomSeq);
    const before = last.get(event.roomId);
    if (before !== undefined && before + 1 !== seq) ends.push([event.roomId, before]);
    last.set(event.roomId, seq);
  }
  const heads: SignedHead[] = [];
  for (const [roomId, seq] of [...ends, ...last])
    heads.push(await headOf(state, state.rooms.get(roomId), seq));
  return { events, heads, cursor: events.at(-1)?.cursor ?? from, more: all.length > PAGE };
}

/** Ed25519 gives one signature for one content, so a head is signed with the time of its message. */
export async function headOf(
  state: TestHubState,
  room: TestRoom | undefined,
  seq: number,
): Promise<SignedHead> {
  const message = room?.messages[seq - 1];
  const head = room?.heads.get(seq);
  if (room === undefined || message === undefined || head === undefined) return refuse("not-found");
  const at = message.context.acceptedAt;
  return await signHead(state.crypto, state.keys.signatureKey, {
    roomUri: room.uri,
    roomSeq: BigInt(seq),
    head,
    at,
  });
}

async function accept(
  state: TestHubState,
  device: TestDevice,
  { roomId, message, submit }: { roomId: string; message: Uint8Array; submit: Submit },
): Promise<Accepted> {
  const room = memberRoom(state, device, roomId);
  const known = room.messages.find((one) => hexOf(one.submit.tbs.nonce) === hexOf(submit.nonce));
  if (known !== undefined) return await accepted(state, room, Number(known.record.roomSeq));
  const read = readPrivateMessage(message);
  const tag = tagFromAad(read?.authenticatedData ?? new Uint8Array(0));
  if (read === null || tag === null) return refuse("chat.message-refused");
  const epoch = Number(read.epoch);
  if (epoch !== room.epoch && epoch !== room.epoch - 1) return refuse("chat.stale-epoch");
  const { uri } = memberOf(state, device);
  mustReach(state, device, room);
  const ctHash = await state.crypto.sha256(message);
  const { clientTime, nonce, signature } = submit;
  const tbs = {
    roomUri: room.uri,
    senderUri: uri,
    deviceId: device.id,
    epoch: read.epoch,
    frankingTag: tag,
    ctHash,
    clientTime: BigInt(clientTime),
    nonce,
  };
  if (!(await checkSubmit(state.crypto, device.publicKey, tbs, signature)))
    return refuse("chat.message-refused");
  return await chain(room, async () => {
    const context = { senderUri: uri, roomUri: room.uri, acceptedAt: BigInt(state.clock.now()) };
    const franked = await frankMessage(state.crypto, state.markKeys, {
      tag,
      context,
      ctHash,
      submitSignature: signature,
      epoch: read.epoch,
      roomSeq: BigInt(room.seq + 1),
      prevHead: room.head,
    });
    room.seq++;
    room.head = franked.head;
    room.heads.set(room.seq, franked.head);
    const { frank, ext, record, contextBlind } = franked;
    const delivered = { message, frank, ext, context, deviceId: device.id };
    room.messages.push({ delivered, record, context, contextBlind, submit: { tbs, signature } });
    const roster = room.rosters.findLast((one) => one.epoch === epoch)?.members ?? room.members;
    for (const one of devicesIn(
      state,
      [...roster].filter((member) => isIn(room, member)),
    ))
      tell(state, one, { kind: "message", roomId, epoch, delivered });
    return await accepted(state, room, room.seq);
  });
}

const chains = new WeakMap<TestRoom, Promise<unknown>>();

/** One after another a room: each record follows the one before. */
function chain<T>(room: TestRoom, work: () => Promise<T>): Promise<T> {
  const mine = (chains.get(room) ?? Promise.resolve()).then(work, work);
  chains.set(room, mine);
  return mine;
}

async function accepted(state: TestHubState, room: TestRoom, seq: number): Promise<Accepted> {
  const message = room.messages[seq - 1];
  if (message === undefined) return refuse("not-found");
  const { frank, ext, context } = message.delivered;
  return { acceptedAt: Number(context.acceptedAt), frank, ext, head: await headOf(state, room, seq) };
}

function memberRoom(state: TestHubState, device: TestDevice, roomId: string): TestRoom {
  const room = state.rooms.get(roomId);
  if (room?.members.some(({ deviceId }) => hexOf(deviceId) === hexOf(device.id)) !== true)
    return refuse("chat.not-a-member");
  return room;
}

function mustBeWelcome(state: TestHubState, by: TestDevice, handle: string): void {
  if (handle === by.handle) return;
  const other = accountOf(state, handle);
  if (other.blocks.has(by.handle)) refuse("chat.refused");
  if (other.young && !other.connected.has(by.handle)) refuse("chat.ask-first");
}

/** A room of two whose other person blocked the sender takes nothing from them. */
function mustReach(state: TestHubState, device: TestDevice, room: TestRoom): void {
  const others = new Set(room.members.map(({ uri }) => handleOf(uri)));
  others.delete(device.handle);
  const [other, ...more] = others;
  if (other !== undefined && more.length === 0 && accountOf(state, other).blocks.has(device.handle))
    refuse("chat.refused");
}

function isIn(room: TestRoom, { deviceId }: MlsMember): boolean {
  return room.members.some((member) => hexOf(member.deviceId) === hexOf(deviceId));
}

function without(members: readonly MlsMember[], others: readonly MlsMember[]): readonly MlsMember[] {
  const known = new Set(others.map(({ deviceId }) => hexOf(deviceId)));
  return members.filter(({ deviceId }) => !known.has(hexOf(deviceId)));
}

function devicesIn(state: TestHubState, members: readonly MlsMember[]): readonly TestDevice[] {
  return members.flatMap(({ deviceId }) => state.devices.get(hexOf(deviceId)) ?? []);
}

function memberOf(state: TestHubState, device: TestDevice): Member {
  return { uri: accountOf(state, device.handle).uri, deviceId: device.id };
}

/** Until something comes, the time is over, or nobody waits any more. */
async function rung({ waiting }: TestDevice, seconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    waiting.add(done);
    signal.addEventListener("abort", done);
    function done(): void {
      clearTimeout(timer);
      waiting.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
