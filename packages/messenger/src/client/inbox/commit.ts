import { equalBytes, FrankingError, hexOf } from "@fairlead/franking";
import type { MlsView } from "@fairlead/franking/mls";
import { type Context, deviceOf } from "../context.ts";
import type { CommitEvent, LeaveEvent } from "../hub/api.ts";
import type { Work } from "../model/work.ts";
import { leaveHeard, leaveToo } from "../room/leave.ts";
import { changeRoom, membersIn, nothingWanted, remark, urisOf } from "../room/record.ts";
import { notice, warn } from "../safety/warnings.ts";
import type { MemberRecord, RoomRecord } from "../store/records.ts";

/** Others wait so long for the first of the remaining members to take somebody out, then do it themselves. */
const LEAVE_STEP_MS = 4_000;

/** Takes in a commit: our own is the state that was kept beside it, another's ends what we were about to commit ourselves. */
export async function takeCommit(context: Context, work: Work, event: CommitEvent): Promise<void> {
  const room = await work.get("rooms", event.roomId);
  const state = await work.get("groups", event.roomId);
  if (room === undefined || state === undefined || event.epoch <= room.epoch) return;
  const { mls } = context;
  if (event.commit === null) return await lose(context, work, room, "commit.expired");
  if (room.commit !== null && equalBytes(room.commit.commit, event.commit)) {
    work.put("groups", room.id, room.commit.state);
    await settle(context, work, room, mls.inspect(room.commit.state), event);
    return;
  }
  try {
    const received = await mls.receive(state, event.commit);
    if (received.kind !== "commit") return await lose(context, work, room, "mls.not-a-commit");
    work.put("groups", room.id, received.state);
    if (received.removedUs) return leaveBehind(context, work, room, event);
    await settle(context, work, room, mls.inspect(received.state), event);
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    await lose(context, work, room, error.code);
  }
}

/**
 * A device wants out or no longer counts: whoever is first in the room's tree commits it. If it is another of our own that leaves,
 * the account leaves, and so do we.
 */
export async function takeLeave(
  context: Context,
  work: Work,
  { roomId, member, why }: LeaveEvent,
): Promise<void> {
  const room = await work.get("rooms", roomId);
  const state = await work.get("groups", roomId);
  const device = deviceOf(context);
  if (room === undefined) return;
  if (equalBytes(member.deviceId, device.deviceId)) return await leaveHeard(work, room);
  if (state === undefined) return;
  if (why === "asked" && member.uri === device.uri) return await leaveToo(work, room);
  const { members, ownLeaf } = context.mls.inspect(state);
  // Who leaves on one device leaves on all: their others do not commit either.
  const stays = (one: MemberRecord) =>
    why === "asked" ? one.uri !== member.uri : !equalBytes(one.deviceId, member.deviceId);
  const turn = members.filter(stays).findIndex(({ leaf }) => leaf === ownLeaf);
  const leaver = { deviceId: member.deviceId, notBefore: context.clock.now() + turn * LEAVE_STEP_MS };
  const { wanted } = room;
  work.put("rooms", roomId, {
    ...room,
    wanted: { ...wanted, removeDevices: [...wanted.removeDevices, leaver] },
  });
}

async function settle(
  context: Context,
  work: Work,
  room: RoomRecord,
  view: MlsView,
  { by, at }: CommitEvent,
): Promise<void> {
  const members = membersIn(view);
  const after: RoomRecord = { ...room, members, epoch: Number(view.epoch), commit: null };
  work.put("rooms", room.id, after);
  await describe(context, work, after, { before: room.members, by: by.uri, at });
}

/** Says in the conversation who came and went. */
async function describe(
  context: Context,
  work: Work,
  room: RoomRecord,
  { before, by, at }: { before: readonly MemberRecord[]; by: string; at: number },
): Promise<void> {
  const [had, has] = [new Set(urisOf(before)), new Set(urisOf(room.members))];
  const joined = [...has].filter((uri) => !had.has(uri));
  const left = [...had].filter((uri) => !has.has(uri));
  let after = room;
  if (joined.length + left.length > 0)
    after = remark(work, after, { from: by, at, what: { kind: "members", joined, left } });
  const { uri: own } = deviceOf(context);
  for (const uri of has) {
    if (!had.has(uri)) continue;
    const added = devicesOnlyIn(room.members, before, uri);
    const removed = devicesOnlyIn(before, room.members, uri);
    if (added + removed === 0) continue;
    after = remark(work, after, { from: uri, at, what: { kind: "device", added, removed } });
    if (added > 0 && uri !== own) await notice(work, { kind: "person-new-device", roomId: null, uri, at });
  }
}

/** How many devices of an account stand in one list and not in the other. */
function devicesOnlyIn(one: readonly MemberRecord[], other: readonly MemberRecord[], uri: string): number {
  const there = new Set(other.map(({ deviceId }) => hexOf(deviceId)));
  return one.filter((member) => member.uri === uri && !there.has(hexOf(member.deviceId))).length;
}

/** We were taken out. What was received stays readable and reportable. */
function leaveBehind(context: Context, work: Work, room: RoomRecord, { by, at }: CommitEvent): void {
  const { uri } = deviceOf(context);
  work.remove("groups", room.id);
  const after: RoomRecord = {
    ...room,
    standing: room.standing === "left" ? "left" : "removed",
    members: room.members.filter((one) => one.uri !== uri),
    wanted: nothingWanted,
    commit: null,
  };
  remark(work, after, { from: by.uri, at, what: { kind: "members", joined: [], left: [uri] } });
}

/** This device can no longer follow the room: it has to be taken out and put in again. */
async function lose(context: Context, work: Work, room: RoomRecord, code: string): Promise<void> {
  work.remove("groups", room.id);
  // Whoever left misses nothing.
  const standing = room.standing === "left" ? "left" : "removed";
  await changeRoom(work, room.id, () => ({ standing, wanted: nothingWanted, commit: null }));
  if (standing === "left") return;
  await warn(work, { kind: "messages-missing", roomId: room.id, detail: code, at: context.clock.now() });
}
