import { enqueue } from "../outbox/queue.ts";
import type { Work } from "../model/work.ts";
import { linesOf, messageIdKey } from "../store/keys.ts";
import { rootsOf } from "../files/roots.ts";
import type { RoomRecord } from "../store/records.ts";
import { nothingWanted } from "./record.ts";

/** Leaves a room: nothing more is taken in or sent, and the others are asked to take this device out. */
export async function leaveRoom(work: Work, room: RoomRecord): Promise<void> {
  for (const { key, value } of await work.list("outbox"))
    if ("roomId" in value && value.roomId === room.id) work.remove("outbox", key);
  // A room that the hub never heard of is gone without asking anybody.
  if (!room.wanted.create) await enqueue(work, { kind: "leave", id: `leave/${room.id}`, roomId: room.id });
  else work.remove("groups", room.id);
  work.put("rooms", room.id, { ...room, standing: "left", unread: 0, wanted: nothingWanted, commit: null });
}

/** The account left on another of its devices. */
export async function leaveToo(work: Work, room: RoomRecord): Promise<void> {
  if (room.standing !== "left") await leaveRoom(work, room);
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
  work.remove("groups", roomId);
  work.remove("rooms", roomId);
}
