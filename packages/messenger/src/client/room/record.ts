import { GENESIS, type ChainLink } from "@fairlead/franking";
import type { MlsView } from "@fairlead/franking/mls";
import type { Context } from "../context.ts";
import { MessengerError } from "../error.ts";
import type { Work } from "../model/work.ts";
import { remarkKey } from "../store/keys.ts";
import type { ChainRecord, MemberRecord, RemarkRecord, RoomRecord, Wanted } from "../store/records.ts";

export const nothingWanted: Wanted = {
  create: false,
  add: [],
  remove: [],
  removeDevices: [],
  asked: [],
  later: [],
  taken: [],
  introduce: false,
  tries: 0,
};

/** A room of which nothing is known yet but that it is. */
export function newRoom(
  room: Pick<
    RoomRecord,
    "id" | "uri" | "standing" | "invitedBy" | "activeAt" | "members" | "epoch" | "chain"
  >,
): RoomRecord {
  return {
    kind: "group",
    name: null,
    timerSeconds: null,
    leaveHeard: false,
    notAdded: [],
    readSeq: 0,
    unread: 0,
    signedHead: null,
    audited: false,
    wanted: nothingWanted,
    commit: null,
    checkedEpoch: -1,
    remarks: 0,
    ...room,
  };
}

/** The chain of a device whose first message will be `firstSeq`. */
export function chainFrom(firstSeq: number): ChainRecord {
  return { firstSeq, seq: firstSeq - 1, head: firstSeq === 1 ? GENESIS.head : null, broken: false };
}

/** Where the next message has to follow; null if it is taken as it comes. */
export function lastLink({ seq, head }: ChainRecord): ChainLink | null {
  return head === null ? null : { roomSeq: BigInt(seq), head };
}

/** @throws MessengerError `room.not-found` */
export async function roomOf(work: Work, roomId: string): Promise<RoomRecord> {
  const room = await work.get("rooms", roomId);
  if (room === undefined) throw new MessengerError("room.not-found", "This device has no such room.");
  return room;
}

/** Changes a room if it is there. */
export async function changeRoom(
  work: Work,
  roomId: string,
  change: (room: RoomRecord) => Partial<RoomRecord>,
): Promise<void> {
  const room = await work.get("rooms", roomId);
  if (room !== undefined) work.put("rooms", roomId, { ...room, ...change(room) });
}

/** Adds a line that no message made behind the newest message; the room as it is then. */
export function remark(
  work: Work,
  room: RoomRecord,
  line: Pick<RemarkRecord, "from" | "at" | "what">,
): RoomRecord {
  work.put("lines", remarkKey(room.id, room.chain.seq, room.remarks), {
    kind: "remark",
    roomId: room.id,
    ...line,
  });
  const after = { ...room, remarks: room.remarks + 1 };
  work.put("rooms", room.id, after);
  return after;
}

/** Everybody in the MLS tree, in its order. */
export function membersIn({ members }: MlsView): readonly MemberRecord[] {
  return members.map(({ uri, deviceId }) => ({ uri, deviceId }));
}

/** Accounts, each once. */
export function urisOf(members: readonly MemberRecord[]): readonly string[] {
  return [...new Set(members.map(({ uri }) => uri))];
}

/** Nobody else is in the room yet, and somebody may still come: what is said now would reach nobody. */
export function isAwaiting({ members, wanted }: RoomRecord, own: string): boolean {
  const { add, later, asked, taken } = wanted;
  const isAlone = members.every(({ uri }) => uri === own);
  return isAlone && add.length + later.length + asked.length + taken.length > 0;
}

/** What MLS knows of the room; null if this device is not in it. */
export async function viewOf(
  { mls }: Pick<Context, "mls">,
  work: Work,
  roomId: string,
): Promise<MlsView | null> {
  const state = await work.get("groups", roomId);
  return state === undefined ? null : mls.inspect(state);
}
