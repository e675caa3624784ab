import { type Context, deviceOf } from "../context.ts";
import type { Meaning } from "../message/meaning.ts";
import type { Work } from "../model/work.ts";
import { urisOf } from "../room/record.ts";
import type { MessageRecord, PersonRecord, RoomRecord } from "../store/records.ts";
import { notice } from "./warnings.ts";

/** A group of so many others, none of whom the person knows, is worth a second thought. */
const STRANGERS = 2;

/**
 * What is worth a second thought about a message, from who sent it and never from what it says. Stays on the device. Only for who
 * asked for such notices, as young accounts do unless they choose otherwise.
 */
export async function noticeMessage(
  context: Context,
  work: Work,
  room: RoomRecord,
  line: MessageRecord,
  meaning: Meaning,
): Promise<void> {
  const { uri } = deviceOf(context);
  const sender = await work.get("people", line.senderUri);
  if (context.model.fact("settings")?.safetyNotices !== true || line.senderUri === uri || isFamiliar(sender))
    return;
  const at = line.acceptedAt;
  if (meaning.kind === "room") {
    if (meaning.timerSeconds !== null && meaning.timerSeconds !== room.timerSeconds)
      await notice(work, { kind: "stranger-sets-timer", roomId: room.id, uri: line.senderUri, at });
  } else if (line.about === null) {
    const kind = sender?.young === false ? "grown-up-stranger-writes" : "stranger-writes";
    await notice(work, { kind, roomId: null, uri: line.senderUri, at });
  }
}

/** Being put into a group of people whom one does not know. */
export async function noticeInvitation(
  context: Context,
  work: Work,
  room: RoomRecord,
  at: number,
): Promise<void> {
  if (context.model.fact("settings")?.safetyNotices !== true) return;
  const { uri } = deviceOf(context);
  const others = urisOf(room.members).filter((one) => one !== uri);
  if (others.length < STRANGERS) return;
  for (const one of others) if (isFamiliar(await work.get("people", one))) return;
  await notice(work, { kind: "group-of-strangers", roomId: room.id, uri: room.invitedBy, at });
}

function isFamiliar(person: PersonRecord | undefined): boolean {
  return person?.known === true || person?.trusted === true;
}
