import { decodeContent, hexOf, type MimiContent } from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import { closeOpenings, startClock } from "../expiry/clock.ts";
import { type Meaning, meaningOf } from "../message/meaning.ts";
import type { Work } from "../model/work.ts";
import { queueAudit } from "../safety/audit.ts";
import { noticeMessage } from "../safety/notices.ts";
import { warn } from "../safety/warnings.ts";
import { messageIdKey, messageKey } from "../store/keys.ts";
import type { MessageRecord, RoomRecord } from "../store/records.ts";
import type { Outcome } from "./message.ts";

/** Stores a message that was taken in, with everything that it changes besides. */
export async function applyMessage(
  context: Context,
  work: Work,
  room: RoomRecord,
  line: MessageRecord,
  outcome: Outcome,
): Promise<void> {
  const key = messageKey(room.id, line.seq);
  if (!outcome.ok) return work.put("lines", key, line);
  const messageId = hexOf(outcome.messageId);
  // Sent twice because an answer was lost on the way to the hub: it says nothing new.
  if ((await work.get("messageIds", messageIdKey(room.id, messageId))) !== undefined)
    return work.put("lines", key, { ...line, refused: "twice", opening: { state: "gone", why: "refused" } });

  const content = decodeContent(outcome.content);
  const meaning = meaningOf(content);
  const about = await aboutOf(work, room.id, meaning);
  const known: MessageRecord = { ...line, messageId, about, expiry: expiryOf(content) };
  work.put("messageIds", messageIdKey(room.id, messageId), key);
  work.put("lines", key, known);
  await changeAll(context, work, room, { line: known, key, meaning });
  if (outcome.seen === "differs")
    await warn(work, {
      kind: "different-conversations",
      roomId: room.id,
      detail: `seen ${line.seq}`,
      at: context.clock.now(),
    });
}

interface Applied {
  readonly line: MessageRecord;
  readonly key: string;
  readonly meaning: Meaning;
}

async function changeAll(context: Context, work: Work, room: RoomRecord, applied: Applied): Promise<void> {
  const { line, key, meaning } = applied;
  const { uri, deviceId } = deviceOf(context);
  const isOwn = line.senderUri === uri;
  const isBlocked = (await work.get("people", line.senderUri))?.blocked === true;
  const isNews = line.about === null && !isOwn && !isBlocked && meaning.kind !== "room";
  const isHere = hexOf(line.deviceId) === hexOf(deviceId);
  let after: RoomRecord = {
    ...room,
    activeAt: line.about === null ? Math.max(room.activeAt, line.acceptedAt) : room.activeAt,
    unread: isNews && room.standing !== "left" ? room.unread + 1 : room.unread,
    // Whoever writes in a room has taken the invitation, on whichever device.
    standing: isOwn && room.standing === "request" ? "member" : room.standing,
  };
  if (meaning.kind === "room") {
    const { name, timerSeconds, direct } = meaning;
    await noticeMessage(context, work, room, line, meaning);
    after = { ...after, name, timerSeconds, kind: direct ? "direct" : "group" };
  } else if (!isOwn && !isBlocked) await noticeMessage(context, work, room, line, meaning);
  if (!isHere) after = await queueAudit(context, work, after, key);
  work.put("rooms", room.id, after);
  // A sender's own clock starts when the message is out; a receiver's when it was read.
  if (isOwn) await startClock(work, key, line, context.clock.now());
  if (meaning.kind === "deletion" && line.about !== null) await deleteFor(context, work, line, line.about);
}

/** Only who wrote a message can take it back. */
async function deleteFor(
  context: Context,
  work: Work,
  { roomId, senderUri }: MessageRecord,
  id: string,
): Promise<void> {
  const key = await work.get("messageIds", messageIdKey(roomId, id));
  const target = key === undefined ? undefined : await work.get("lines", key);
  if (target?.kind === "message" && target.senderUri === senderUri)
    await closeOpenings(context, work, target, "deleted");
}

/** The first version of what this message is about, in hex; null if it stands for itself. */
async function aboutOf(work: Work, roomId: string, meaning: Meaning): Promise<string | null> {
  if (!("of" in meaning)) return null;
  const key = await work.get("messageIds", messageIdKey(roomId, meaning.of));
  const target = key === undefined ? undefined : await work.get("lines", key);
  return (target?.kind === "message" ? target.about : null) ?? meaning.of;
}

function expiryOf({ expires }: MimiContent): MessageRecord["expiry"] {
  // draft-ietf-mimi-content, section 4.2: relative is "the whole number of seconds the message should be visible".
  return expires?.relative === true ? { seconds: expires.seconds, startedAt: null } : null;
}
