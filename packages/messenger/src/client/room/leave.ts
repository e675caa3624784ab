import { enqueue } from "../outbox/queue.ts";
import type { Work } from "../model/work.ts";
import { linesOf, messageIdKey } from "../store/keys.ts";
import { rootsOf } from "../files/roots.ts";
import type { OutgoingMessage, RoomRecord } from "../store/records.ts";
import { changeRoom, nothingWanted } from "./record.ts";

/**
 * Leaves a room: nothing more is sent, and the others are asked to take this device out. What went out, messages and a commit, stays
 * until the hub has said whether it took it, so that what was said before leaving can be read and reported.
 */
export async function leaveRoom(work: Work, room: RoomRecord): Promise<void> {
  await dropWaiting(work, room.id, ({ sealed }) => sealed.length === 0);
  // A room that the hub never heard of is gone without asking anybody.
  if (!room.wanted.create) await enqueue(work, { kind: "leave", id: `leave/${room.id}`, roomId: room.id });
  else work.remove("groups", room.id);
  work.put("rooms", room.id, { ...room, standing: "left", unread: 0, wanted: nothingWanted });
}

/** The hub put this device's leave in the order of what was said: whatever of ours did not come before it was not taken. */
export async function leaveHeard(work: Work, room: RoomRecord): Promise<void> {
  await dropWaiting(work, room.id, () => true);
  work.put("rooms", room.id, { ...room, leaveHeard: true });
}

/** The account left on another of its devices. */
export async function leaveToo(work: Work, room: RoomRecord): Promise<void> {
  if (room.standing !== "left") await leaveRoom(work, room);
  await changeRoom(work, room.id, () => ({ leaveHeard: true }));
}

/** Deletes a room with everything that was said in it and every file of it. */
export async function forgetRoom(work: Work, roomId: string): Promise<void> {
  for (const { key, value } of await work.list("lines", linesOf(roomId))) {
    for (const root of rootsOf(value)) work.remove("files", root);
    if (value.kind === "message" && value.messageId !== null)
      work.remove("messageIds", messageIdKey(roomId, value.messageId));
    work.remove("lines", key);
  }
  for (const { key, value } of await work.list("due"))
    if (value.line.startsWith(`${roomId}/`)) work.remove("due", key);
  await dropWaiting(work, roomId, () => true);
  work.remove("groups", roomId);
  work.remove("rooms", roomId);
}

async function dropWaiting(
  work: Work,
  roomId: string,
  isDropped: (message: OutgoingMessage) => boolean,
): Promise<void> {
  for (const { key, value } of await work.list("outbox"))
    if (value.kind === "message" && value.roomId === roomId && isDropped(value)) work.remove("outbox", key);
}
