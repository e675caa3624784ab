import { base64urlOf } from "@fairlead/franking";
import { changePerson } from "../account/people.ts";
import { accountUri, type Context, deviceOf } from "../context.ts";
import { holdable } from "../encoding.ts";
import { MessengerError } from "../error.ts";
import { roomUriOf } from "../hub/answers.ts";
import { say } from "../message/say.ts";
import { LONGEST_TIMER_SECONDS, NAME_LENGTH } from "../message/profile.ts";
import type { Work } from "../model/work.ts";
import { enqueue } from "../outbox/queue.ts";
import type { RoomRecord } from "../store/records.ts";
import { forgetRoom, leaveRoom } from "./leave.ts";
import { chainFrom, changeRoom, membersIn, newRoom, nothingWanted, roomOf, urisOf } from "./record.ts";

const GROUP_ID_BYTES = 16;
/** e2ee.md 7.8: a room has at most so many devices; accounts have one at least. */
const MOST_MEMBERS = 256;

/** Makes a room on this device at once. The hub hears of it, and the others come in, as the outbox empties. */
export async function createRoom(
  context: Context,
  { handles, name }: { handles: readonly string[]; name: string | null },
): Promise<string> {
  const device = deviceOf(context);
  const { mls, model, crypto, clock } = context;
  const now = clock.now();
  const about = model.fact("about");
  const key = about?.frankingKeys
    .toSorted((a, b) => Number(b.notBefore - a.notBefore))
    .find(({ notBefore, notAfter }) => notBefore <= now && (notAfter === null || notAfter > now));
  if (key === undefined)
    throw new MessengerError("hub.unreachable", "The hub was not asked yet which key its rooms need.");
  const others = othersOf(device.domain, device.handle, handles);
  const groupId = crypto.random(GROUP_ID_BYTES);
  const roomId = base64urlOf(groupId);
  const agent = { publicKey: key.publicKey, domain: device.domain };
  const state = await mls.createGroup(device, groupId, agent);
  const isDirect = others.length === 1 && name === null;
  const room: RoomRecord = {
    ...newRoom({
      id: roomId,
      uri: roomUriOf(device.domain, roomId),
      standing: "joining",
      invitedBy: null,
      activeAt: now,
      members: membersIn(mls.inspect(state)),
      epoch: 0,
      chain: chainFrom(1),
    }),
    kind: isDirect ? "direct" : "group",
    name: name === null ? null : cleanName(name),
    wanted: {
      ...nothingWanted,
      create: true,
      // Our own other devices come in with the first commit; without any, the hub has no key package to give.
      add: device.devices.length > 1 ? [...others, device.uri] : others,
      introduce: true,
    },
  };
  await model.change(async (work) => {
    work.put("rooms", roomId, room);
    work.put("groups", roomId, state);
    for (const uri of others) await changePerson(work, uri, () => ({ known: true }));
  });
  context.wake();
  return roomId;
}

export async function renameRoom(context: Context, roomId: string, name: string): Promise<void> {
  await setInfo(context, roomId, () => ({ name: cleanName(name) }));
}

export async function setTimer(context: Context, roomId: string, seconds: number | null): Promise<void> {
  const isTimer =
    seconds === null || (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_TIMER_SECONDS);
  if (!isTimer) throw new RangeError(`a timer runs for 1 to ${LONGEST_TIMER_SECONDS} whole seconds`);
  await setInfo(context, roomId, () => ({ timerSeconds: seconds }));
}

export async function invite(context: Context, roomId: string, handles: readonly string[]): Promise<void> {
  const device = deviceOf(context);
  const others = othersOf(device.domain, device.handle, handles);
  await context.model.change(async (work) => {
    const room = await memberRoom(work, roomId);
    if (urisOf(room.members).length + others.length > MOST_MEMBERS)
      throw new MessengerError("room.too-many", `A room has at most ${MOST_MEMBERS} people.`);
    const { wanted } = room;
    work.put("rooms", roomId, {
      ...room,
      // Two became more: from now on it is a group, and everybody is told.
      kind: "group",
      notAdded: room.notAdded.filter((handle) => !handles.includes(handle)),
      wanted: { ...wanted, add: [...new Set([...wanted.add, ...others])], introduce: true, tries: 0 },
    });
    for (const uri of others) await changePerson(work, uri, () => ({ known: true }));
  });
  context.wake();
}

export async function removeMember(context: Context, roomId: string, uri: string): Promise<void> {
  await context.model.change(async (work) => {
    const room = await memberRoom(work, roomId);
    const { wanted } = room;
    work.put("rooms", roomId, {
      ...room,
      wanted: {
        ...wanted,
        add: wanted.add.filter((one) => one !== uri),
        asked: wanted.asked.filter((one) => one !== uri),
        remove: [...new Set([...wanted.remove, uri])],
      },
    });
  });
  context.wake();
}

export async function leave(context: Context, roomId: string): Promise<void> {
  await context.model.change(async (work) => {
    const room = await roomOf(work, roomId);
    if (room.standing !== "left" && room.standing !== "removed") await leaveRoom(work, room);
  });
  context.wake();
}

/** @throws MessengerError `room.not-member` for a room that has to be left first */
export async function forget(context: Context, roomId: string): Promise<void> {
  await context.model.change(async (work) => {
    const room = await roomOf(work, roomId);
    if (room.standing !== "left" && room.standing !== "removed")
      throw new MessengerError("room.not-member", "A room has to be left before it is forgotten.");
    await forgetRoom(work, roomId);
  });
}

/** Takes an invitation; whoever sent it is no stranger any more. */
export async function acceptRequest(context: Context, roomId: string): Promise<void> {
  await context.model.change(async (work) => {
    const room = await roomOf(work, roomId);
    if (room.standing !== "request") return;
    work.put("rooms", roomId, { ...room, standing: "member" });
    if (room.invitedBy !== null) await changePerson(work, room.invitedBy, () => ({ known: true }));
  });
  context.wake();
}

/** Leaves a room that was never taken up, with everything in it. */
export async function decline(context: Context, roomId: string): Promise<void> {
  await context.model.change(async (work) => {
    const room = await roomOf(work, roomId);
    if (room.standing !== "request") return;
    await leaveRoom(work, room);
    await forgetRoom(work, roomId);
  });
  context.wake();
}

/** @throws MessengerError `room.not-found`, `room.not-member` */
export async function memberRoom(work: Work, roomId: string): Promise<RoomRecord> {
  const room = await roomOf(work, roomId);
  if (room.standing === "left" || room.standing === "removed")
    throw new MessengerError("room.not-member", "This device is not in that room any more.");
  return room;
}

async function setInfo(
  context: Context,
  roomId: string,
  change: (room: RoomRecord) => Partial<Pick<RoomRecord, "name" | "timerSeconds">>,
): Promise<void> {
  await context.model.change(async (work) => {
    const room = await memberRoom(work, roomId);
    const { name, timerSeconds, kind } = { ...room, ...change(room) };
    await changeRoom(work, roomId, () => ({ name, timerSeconds }));
    await enqueue(
      work,
      say(context, roomId, { kind: "room", name, timerSeconds, direct: kind === "direct" }),
    );
  });
  context.wake();
}

function othersOf(domain: string, own: string, handles: readonly string[]): readonly string[] {
  return [...new Set(handles)].filter((handle) => handle !== own).map((handle) => accountUri(domain, handle));
}

function cleanName(name: string): string {
  // The cut may go through a pair of surrogates.
  return holdable(
    name
      .trim()
      .slice(0, NAME_LENGTH)
      .replace(/[\uD800-\uDBFF]$/, ""),
  );
}
