import {
  beginDelivered,
  causalityOf,
  type ChainLink,
  decodeContent,
  checkOwn,
  type Delivered,
  equalBytes,
  type FrankedRoom,
  FrankingError,
  linkMessage,
  nextHead,
  type SeenVerdict,
  SUITE,
  tagFromAad,
  readPrivateMessage,
} from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import type { Inbox, MessageEvent } from "../hub/api.ts";
import type { Work } from "../model/work.ts";
import { settleAccepted } from "../outbox/send.ts";
import { chainFrom, lastLink, remark, viewOf } from "../room/record.ts";
import { warn } from "../safety/warnings.ts";
import { messageKey } from "../store/keys.ts";
import type { MessageRecord, OutgoingMessage, RoomRecord } from "../store/records.ts";
import { checkBatch, type RoomBatch } from "./batch.ts";
import { applyMessage } from "./effects.ts";

/** What came of a message: its content, or why there is none to show. */
export type Outcome =
  | {
      readonly ok: true;
      readonly content: Uint8Array;
      readonly messageId: Uint8Array;
      readonly link: ChainLink;
      readonly seen: SeenVerdict;
      /** What the outbox called it, if this device sent it. */
      readonly localId: string | null;
    }
  | { readonly ok: false; readonly code: string; readonly link: ChainLink | null };

/** The batches of one answer of the inbox, by room id; made when first needed. */
export type Batches = Map<string, RoomBatch>;

/**
 * Takes in one message: decrypts it, holds it against everything of rule R2, and stores MLS state, line and opening together. A
 * message that fails is stored as such, without its content; the new MLS state is kept in any case, because its key is used up.
 */
export async function takeMessage(
  context: Context,
  work: Work,
  { inbox, batches }: { inbox: Inbox; batches: Batches },
  event: MessageEvent,
): Promise<void> {
  const { crypto, clock } = context;
  const { delivered } = event;
  let room = await work.get("rooms", event.roomId);
  // A room that this device is not in yet, or forgot, or that the hub knows it left.
  if (room === undefined || room.leaveHeard) return;
  const view = await viewOf(context, work, room.id);
  const batch = batches.get(room.id) ?? (await batchOf(crypto, inbox, room, view?.agent?.publicKey ?? null));
  batches.set(room.id, batch);

  const seq = Number(delivered.ext.roomSeq);
  if (seq <= room.chain.seq) return await takeReplay(context, work, room, delivered);
  const { chain } = room;
  if (seq > chain.seq + 1 && chain.head !== null && !chain.broken)
    room = await takeGap(context, work, room, seq);

  const franked: FrankedRoom = {
    roomUri: room.uri,
    suite: SUITE,
    agent: view?.agent ?? null,
    hubDomain: deviceOf(context).domain,
  };
  const uncovered = batch.covered(delivered.ext.roomSeq);
  const outcome = held(await outcomeOf(context, work, room, franked, event), room, uncovered);
  const head = outcome.link?.head ?? (await nextHead(crypto, delivered.ext.prevHead, delivered.ext.recHash));
  const line = lineOf(room, event, outcome, head);
  room = {
    ...room,
    chain: {
      ...room.chain,
      // A broken chain stays where it broke: whatever comes later does not follow from it.
      ...(outcome.link === null ? { broken: true } : { seq, head }),
    },
    signedHead: batch.headAt(delivered.ext.roomSeq) ?? room.signedHead,
  };
  work.put("rooms", room.id, room);
  // The hub signed another chain than it hands out, or hands out two.
  if (outcome.link === null || uncovered === "chain.fork")
    await warn(work, {
      kind: "different-conversations",
      roomId: room.id,
      detail: outcome.ok ? "" : outcome.code,
      at: clock.now(),
    });
  await applyMessage(context, work, room, line, outcome);
}

function batchOf(
  crypto: Context["crypto"],
  inbox: Inbox,
  room: RoomRecord,
  hubPublicKey: Uint8Array | null,
): Promise<RoomBatch> {
  return checkBatch(crypto, inbox, { roomUri: room.uri, roomId: room.id, hubPublicKey });
}

/** Checks that do not depend on the message alone. */
function held(outcome: Outcome, room: RoomRecord, uncovered: string | null): Outcome {
  if (room.chain.broken) return { ok: false, code: "chain.broken", link: null };
  return outcome.ok && uncovered !== null ? { ok: false, code: uncovered, link: outcome.link } : outcome;
}

async function outcomeOf(
  context: Context,
  work: Work,
  room: RoomRecord,
  franked: FrankedRoom,
  { delivered }: MessageEvent,
): Promise<Outcome> {
  if (delivered.message.length === 0) return await refused(context, room, delivered, "expired");
  if (equalBytes(delivered.deviceId, deviceOf(context).deviceId))
    return await ownOutcome(context, work, room, franked, delivered);
  const { crypto, mls } = context;
  const state = await work.get("groups", room.id);
  if (state === undefined) return await refused(context, room, delivered, "mls.not-member");
  const check = beginDelivered(crypto, { delivered, room: franked, last: lastLink(room.chain) });
  try {
    const opened = await mls.receive(state, delivered.message);
    work.put("groups", room.id, opened.state);
    if (opened.kind !== "application") return await refused(context, room, delivered, "mls.not-application");
    const seen = await seenHead(work, room.id, opened.plaintext);
    const verdict = await check({
      opened,
      headAt: (seq) => (seen?.seq === seq ? seen.head : undefined),
    });
    return verdict.ok ? { ...verdict, content: opened.plaintext.slice(), localId: null } : verdict;
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    return await refused(context, room, delivered, error.code);
  }
}

/** The head that this device has where the sender says that it was; read before the check, which cannot wait for a store. */
async function seenHead(
  work: Work,
  roomId: string,
  plaintext: Uint8Array,
): Promise<{ seq: bigint; head: Uint8Array } | null> {
  try {
    const seen = causalityOf(decodeContent(plaintext))?.seen;
    if (seen === undefined || seen === null) return null;
    const line = await work.get("lines", messageKey(roomId, Number(seen.roomSeq)));
    return line?.kind === "message" ? { seq: seen.roomSeq, head: line.head } : null;
  } catch (error) {
    // The check itself says what is wrong with the content.
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

async function ownOutcome(
  context: Context,
  work: Work,
  room: RoomRecord,
  franked: FrankedRoom,
  delivered: Delivered,
): Promise<Outcome> {
  const found = await findSent(work, room.id, delivered);
  // The second of two copies, of which the first has settled the outbox.
  if (found === null) return await refused(context, room, delivered, "twice.own");
  const { record, content, sealed, key } = found;
  const { uri, deviceId } = deviceOf(context);
  const verdict = await checkOwn(context.crypto, {
    delivered,
    sent: {
      senderUri: uri,
      deviceId,
      epoch: BigInt(sealed.epoch),
      tag: content.tag,
      message: sealed.message,
    },
    room: franked,
    last: lastLink(room.chain),
  });
  await settleAccepted(work, key);
  work.remove("outbox", key);
  if (!verdict.ok) return verdict;
  const { bytes, messageId } = content;
  return { ok: true, content: bytes, messageId, link: verdict.link, seen: "not-said", localId: record.id };
}

/** The message of the outbox that this is the echo of; null if there is none. */
async function findSent(work: Work, roomId: string, delivered: Delivered) {
  const { authenticatedData } = readPrivateMessage(delivered.message) ?? {
    authenticatedData: new Uint8Array(0),
  };
  const tag = tagFromAad(authenticatedData);
  for (const { key, value } of await work.list("outbox")) {
    if (value.kind !== "message" || value.roomId !== roomId || value.content === null || tag === null)
      continue;
    if (!equalBytes(value.content.tag, tag)) continue;
    const sealed =
      value.sealed.find(({ message }) => equalBytes(message, delivered.message)) ?? value.sealed.at(-1);
    if (sealed !== undefined)
      return { key, record: value satisfies OutgoingMessage, content: value.content, sealed };
  }
  return null;
}

/** Refuses a message and still follows the chain over it, if it has a place there. */
async function refused(
  { crypto }: Context,
  room: RoomRecord,
  { ext }: Delivered,
  code: string,
): Promise<Outcome> {
  const linked = await linkMessage(crypto, lastLink(room.chain), ext);
  return linked.ok ? { ok: false, code, link: linked.link } : { ok: false, code: linked.code, link: null };
}

/** A number that was there before: the same record is an echo of the network, another one is a second story. */
async function takeReplay(context: Context, work: Work, room: RoomRecord, { ext }: Delivered): Promise<void> {
  const known = await work.get("lines", messageKey(room.id, Number(ext.roomSeq)));
  if (known?.kind !== "message" || equalBytes(known.ext.recHash, ext.recHash)) return;
  await warn(work, {
    kind: "different-conversations",
    roomId: room.id,
    detail: `chain.replay ${ext.roomSeq}`,
    at: context.clock.now(),
  });
}

/** The hub skipped numbers. What follows can still be checked one by one, and the gap stays visible. */
async function takeGap(context: Context, work: Work, room: RoomRecord, seq: number): Promise<RoomRecord> {
  const count = seq - room.chain.seq - 1;
  const at = context.clock.now();
  await warn(work, { kind: "messages-missing", roomId: room.id, detail: String(count), at });
  const { uri } = deviceOf(context);
  const after = remark(work, room, { from: uri, at, what: { kind: "missing", count } });
  return { ...after, chain: { ...chainFrom(seq), firstSeq: room.chain.firstSeq, head: null } };
}

function lineOf(room: RoomRecord, event: MessageEvent, outcome: Outcome, head: Uint8Array): MessageRecord {
  const { frank, ext, context: franked, deviceId } = event.delivered;
  return {
    kind: "message",
    roomId: room.id,
    seq: Number(ext.roomSeq),
    senderUri: franked.senderUri,
    deviceId,
    epoch: Number(readPrivateMessage(event.delivered.message)?.epoch ?? event.epoch),
    acceptedAt: Number(franked.acceptedAt),
    frank,
    ext,
    head,
    refused: outcome.ok ? null : outcome.code,
    opening: outcome.ok ? { state: "open", content: outcome.content } : { state: "gone", why: "refused" },
    messageId: null,
    about: null,
    expiry: null,
    localId: outcome.ok ? outcome.localId : null,
  };
}
