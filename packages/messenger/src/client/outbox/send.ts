import { frankAad, prepareMessage, signSubmit } from "@fairlead/franking";
import { type Context, deviceOf, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { compose } from "../message/compose.ts";
import type { Work } from "../model/work.ts";
import { isRefusal } from "../room/commit.ts";
import { roomOf } from "../room/record.ts";
import type { OutgoingMessage, RoomRecord, SealedMessage } from "../store/records.ts";
import { uploadFiles } from "./upload.ts";

/**
 * Sends a message of the outbox. Its content is made once, its encryption again when the room's epoch has moved on; both are stored
 * before anything leaves, so that after a crash the same message goes out and not another one.
 *
 * @returns false if the inbox has to bring a new epoch first
 */
export async function sendMessage(context: Context, key: string): Promise<boolean> {
  if (!(await uploadFiles(context, key))) return true;
  const sealed = await context.model.change((work) => sealNext(context, work, key));
  if (sealed === null) return true;
  if (sealed === "wait") return false;
  const { roomId, message } = sealed;
  try {
    await sessionOf(context).sendMessage(roomId, message.message, message.submit);
  } catch (error) {
    if (!(error instanceof MessengerError) || error.code !== "hub.refused") throw error;
    const isStale = isRefusal(error, "chat.stale-epoch");
    await settle(context, key, (item) =>
      isStale
        ? { sealed: item.sealed.map((one) => (one.epoch === message.epoch ? { ...one, stale: true } : one)) }
        : { failed: error.detail ?? error.code },
    );
    return true;
  }
  await context.model.change((work) => settleAccepted(work, key));
  return true;
}

/** The hub took a message: from now on the device counts it. Its answer and its echo both say so; the first that comes counts. */
export async function settleAccepted(work: Work, key: string): Promise<void> {
  const item = await work.get("outbox", key);
  if (item?.kind !== "message" || item.accepted || item.content === null) return;
  const before = await work.get("sent", item.roomId);
  work.put("sent", item.roomId, { count: (before?.count ?? 0) + 1, last: item.content.messageId });
  work.put("outbox", key, { ...item, accepted: true });
}

async function settle(
  { model }: Context,
  key: string,
  change: (item: OutgoingMessage) => Partial<OutgoingMessage>,
): Promise<void> {
  await model.change(async (work) => {
    const item = await work.get("outbox", key);
    // Its echo may have been quicker than the answer.
    if (item?.kind === "message") work.put("outbox", key, { ...item, ...change(item) });
  });
}

async function sealNext(
  context: Context,
  work: Work,
  key: string,
): Promise<{ roomId: string; message: SealedMessage } | "wait" | null> {
  const found = await work.get("outbox", key);
  if (found?.kind !== "message" || found.failed !== null || found.accepted) return null;
  const room = await roomOf(work, found.roomId);
  const item = found.content === null ? await prepare(context, work, room, found) : found;
  const last = item.sealed.at(-1);
  if (last !== undefined && !last.stale) {
    work.put("outbox", key, item);
    return { roomId: room.id, message: last };
  }
  if (last !== undefined && last.epoch >= room.epoch) return "wait";
  const message = await seal(context, work, room, item);
  if (message === null) {
    work.put("outbox", key, { ...item, failed: "room.not-member" });
    return null;
  }
  work.put("outbox", key, { ...item, sealed: [...item.sealed, message] });
  return { roomId: room.id, message };
}

/**
 * Makes the content, which says what this device has seen and said in the room (e2ee.md 7.2, extensions -1001 to -1003). It is made
 * when everything before it is with the hub: the count has no gaps, or an honest message would look like one of a liar.
 */
async function prepare(
  context: Context,
  work: Work,
  room: RoomRecord,
  item: OutgoingMessage,
): Promise<OutgoingMessage> {
  const { chain } = room;
  const sent = await work.get("sent", room.id);
  const prepared = await prepareMessage(context.crypto, {
    senderUri: deviceOf(context).uri,
    roomUri: room.uri,
    ...compose(item.saying, room.timerSeconds),
    causality: {
      seen: chain.head === null || chain.seq === 0 ? null : { roomSeq: BigInt(chain.seq), head: chain.head },
      deviceSeq: (sent?.count ?? 0) + 1,
      previousOwn: sent?.last ?? null,
    },
  });
  return { ...item, content: { bytes: prepared.content, messageId: prepared.messageId, tag: prepared.tag } };
}

async function seal(
  context: Context,
  work: Work,
  room: RoomRecord,
  { content }: OutgoingMessage,
): Promise<SealedMessage | null> {
  const { mls, crypto, clock } = context;
  const { uri, deviceId, privateKey } = deviceOf(context);
  const state = await work.get("groups", room.id);
  if (state === undefined || content === null) return null;
  const { epoch } = mls.inspect(state);
  const { state: after, message } = await mls.protect(state, content.bytes, frankAad(content.tag));
  work.put("groups", room.id, after);
  const { tbs, signature } = await signSubmit(crypto, privateKey, {
    roomUri: room.uri,
    senderUri: uri,
    deviceId,
    epoch,
    tag: content.tag,
    message,
    clientTime: BigInt(clock.now()),
  });
  return {
    epoch: Number(epoch),
    message,
    submit: { clientTime: Number(tbs.clientTime), nonce: tbs.nonce, signature },
    stale: false,
  };
}
