import { hexOf } from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { startClock } from "../expiry/clock.ts";
import type { LineCache } from "../model/lines.ts";
import type { Work } from "../model/work.ts";
import { enqueue } from "../outbox/queue.ts";
import { memberRoom } from "../room/actions.ts";
import { changePerson } from "../account/people.ts";
import { changeRoom, roomOf, urisOf } from "../room/record.ts";
import { linesOf, messageIdKey } from "../store/keys.ts";
import type { MessageRecord, OutgoingMessage, RoomRecord, Saying } from "../store/records.ts";
import { TEXT_LENGTH } from "./profile.ts";
import { say } from "./say.ts";

/** Says something in a room. Whoever writes in a room has taken its invitation and knows whom they write to. */
export async function speak(context: Context, roomId: string, saying: Saying): Promise<void> {
  await context.model.change(async (work) => {
    const room = await memberRoom(work, roomId);
    await enqueue(work, say(context, roomId, saying));
    if (room.standing === "request") work.put("rooms", roomId, { ...room, standing: "member" });
    await know(context, work, room);
  });
  context.wake();
}

export async function sendText(
  context: Context,
  roomId: string,
  text: string,
  replyTo: string | null,
): Promise<void> {
  await speak(context, roomId, { kind: "text", text: cleanText(text), replyTo });
}

/**
 * Changes a message that was said. One that still waits unsealed is simply said anew.
 * @throws MessengerError `message.not-found`, `message.not-own`, `message.empty`, `message.too-long`
 */
export async function editMessage(
  context: Context,
  roomId: string,
  target: Target,
  text: string,
): Promise<void> {
  const words = cleanText(text);
  if (!target.own) throw notOwn();
  const changed = await changeUnsealed(context, target, (item) =>
    item.saying.kind === "text" ? { ...item, saying: { ...item.saying, text: words } } : null,
  );
  if (!changed) await speak(context, roomId, { kind: "edit", text: words, of: idOf(target) });
}

/** @throws MessengerError `message.not-found`, `message.not-own` */
export async function deleteMessage(context: Context, roomId: string, target: Target): Promise<void> {
  if (!target.own) throw notOwn();
  const changed = await changeUnsealed(context, target, () => "drop");
  if (!changed) await speak(context, roomId, { kind: "deletion", of: idOf(target) });
}

/** @param current our reaction to it so far, as a MessageId in hex */
export async function react(
  context: Context,
  roomId: string,
  target: Target,
  { emoji, current }: { emoji: string | null; current: string | null },
): Promise<void> {
  const of = idOf(target);
  if (emoji !== null) await speak(context, roomId, { kind: "reaction", emoji, of, replaces: current });
  else if (current !== null) await speak(context, roomId, { kind: "unreaction", of, replaces: current });
}

/** A message that failed goes to the end of the outbox and is made anew: others may have been said meanwhile. */
export async function retry(context: Context, id: string): Promise<void> {
  await context.model.change(async (work) => {
    const found = await itemOf(work, id);
    if (found === null || found.item.failed === null) return;
    work.remove("outbox", found.key);
    await enqueue(work, { ...found.item, failed: null, content: null, sealed: [] });
  });
  context.wake();
}

export async function discard(context: Context, id: string): Promise<void> {
  await context.model.change(async (work) => {
    const found = await itemOf(work, id);
    if (found !== null && found.item.failed !== null) work.remove("outbox", found.key);
  });
}

/** Everything up to now was seen: disappearing messages begin to run. */
export async function markRead(context: Context, roomId: string): Promise<void> {
  const { model, clock } = context;
  const room = model.all("rooms").get(roomId);
  if (room === undefined || (room.unread === 0 && room.readSeq === room.chain.seq)) return;
  await model.change(async (work) => {
    const now = await roomOf(work, roomId);
    for (const { key, value } of await work.list("lines", linesOf(roomId, now.readSeq + 1)))
      if (value.kind === "message") await startClock(work, key, value, clock.now());
    await changeRoom(work, roomId, () => ({ unread: 0, readSeq: now.chain.seq }));
  });
}

/** What an action is about: a message that the room has, or one that waits in the outbox. */
export interface Target {
  /** Hex; null while nothing was sealed. */
  readonly messageId: string | null;
  readonly own: boolean;
  /** Of the outbox. */
  readonly localId: string | null;
}

/** Finds what a page calls by `Message.key`. @throws MessengerError `message.not-found` */
export async function targetOf(
  { model }: Context,
  cache: LineCache,
  roomId: string,
  key: string,
): Promise<{ target: Target; record: MessageRecord | null }> {
  for (const item of model.all("outbox").values())
    if (item.kind === "message" && item.id === key) {
      const messageId = item.content === null ? null : hexOf(item.content.messageId);
      return { target: { messageId, own: true, localId: item.id }, record: null };
    }
  const loaded = cache
    .of(roomId)
    ?.lines.find(({ record }) => record.kind === "message" && record.localId === key);
  const lineKey = loaded?.key ?? (await model.store.get("messageIds", messageIdKey(roomId, key)));
  const record = lineKey === undefined ? undefined : await model.store.get("lines", lineKey);
  const device = model.all("device").get("self");
  if (record?.kind !== "message" || record.messageId === null)
    throw new MessengerError("message.not-found", "This device has no such message.");
  return {
    target: { messageId: record.messageId, own: record.senderUri === device?.uri, localId: null },
    record,
  };
}

/** @throws MessengerError `message.not-found` for one that nobody else can have yet */
export function idOf({ messageId }: Target): string {
  if (messageId === null) throw new MessengerError("message.not-found", "This message was not sent yet.");
  return messageId;
}

function notOwn(): MessengerError {
  return new MessengerError("message.not-own", "Only who wrote a message can change it.");
}

function cleanText(text: string): string {
  const words = text.trim();
  if (words === "") throw new MessengerError("message.empty", "There is nothing to send.");
  if (words.length > TEXT_LENGTH)
    throw new MessengerError("message.too-long", `A message has at most ${TEXT_LENGTH} characters.`);
  return words;
}

async function itemOf(work: Work, id: string): Promise<{ key: string; item: OutgoingMessage } | null> {
  for (const { key, value } of await work.list("outbox"))
    if (value.kind === "message" && value.id === id) return { key, item: value };
  return null;
}

/** Changes a message of the outbox whose content was not made yet; false if there is none. */
async function changeUnsealed(
  context: Context,
  { localId }: Target,
  change: (item: OutgoingMessage) => OutgoingMessage | "drop" | null,
): Promise<boolean> {
  if (localId === null) return false;
  return await context.model.change(async (work) => {
    const found = await itemOf(work, localId);
    if (found === null || found.item.content !== null) return false;
    const after = change(found.item);
    if (after === null) return false;
    if (after === "drop") work.remove("outbox", found.key);
    else work.put("outbox", found.key, after);
    return true;
  });
}

/** In a room of two, writing says that one knows the other. */
async function know(context: Context, work: Work, room: RoomRecord): Promise<void> {
  const { uri } = deviceOf(context);
  const others = urisOf(room.members).filter((one) => one !== uri);
  const [other, ...more] = others;
  if (other !== undefined && more.length === 0 && (await work.get("people", other))?.known !== true)
    await changePerson(work, other, () => ({ known: true }));
}
