import { changePerson } from "../account/people.ts";
import { type Context, deviceOf, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import type { Work } from "../model/work.ts";
import { newRoom, urisOf } from "../room/record.ts";
import { messageIdKey, messageKey } from "../store/keys.ts";
import type { LineRecord, MessageRecord, RoomRecord } from "../store/records.ts";
import { openBackup, sealBackup } from "./box.ts";
import { codeOf, SECRET_BYTES, secretOf } from "./code.ts";
import { type BackupContents, type BackupRoom, decodeContents, encodeContents } from "./payload.ts";

/** A new code, and everything up to now under it. The backup before it, if there was one, is replaced. */
export async function startBackup(context: Context): Promise<{ code: readonly string[] }> {
  const secret = context.crypto.random(SECRET_BYTES);
  const code = await codeOf(context.crypto, secret);
  await makeBackup(context, { secret, code });
  return { code };
}

/** @throws MessengerError `backup.none` if no code was ever made here */
export async function refreshBackup(context: Context): Promise<void> {
  const known = context.model.fact("backup");
  if (known === undefined) throw new MessengerError("backup.none", "There is no backup to renew.");
  await makeBackup(context, known);
}

/**
 * Brings back what a backup holds. What this device has itself stays as it is.
 * @throws MessengerError `backup.none`, `backup.code-invalid`, `backup.wrong-code`
 */
export async function restoreBackup(
  context: Context,
  code: string,
): Promise<{ rooms: number; messages: number }> {
  const { crypto, model, clock } = context;
  const secret = await secretOf(crypto, code);
  const box = await sessionOf(context).getBackup();
  if (box === null) throw new MessengerError("backup.none", "The hub has no backup of this account.");
  const payload = await openBackup(crypto, { secret, uri: deviceOf(context).uri }, box);
  if (payload === null) throw new MessengerError("backup.wrong-code", "This is not the code of this backup.");
  const contents = await decodeContents(crypto, payload);
  const written = await codeOf(crypto, secret);
  return await model.change(async (work) => {
    for (const room of contents.rooms) await restoreRoom(work, room);
    for (const message of contents.messages) await restoreMessage(work, message);
    for (const uri of contents.known) await changePerson(work, uri, () => ({ known: true }));
    for (const uri of contents.trusted) await changePerson(work, uri, () => ({ trusted: true }));
    work.put("facts", "backup", { secret, code: written, madeAt: clock.now() });
    return { rooms: contents.rooms.length, messages: contents.messages.length };
  });
}

async function makeBackup(
  context: Context,
  { secret, code }: { secret: Uint8Array; code: readonly string[] },
): Promise<void> {
  const { crypto, model, clock } = context;
  const madeAt = clock.now();
  const payload = encodeContents(await gather(context));
  await sessionOf(context).putBackup(
    await sealBackup(crypto, { secret, uri: deviceOf(context).uri }, payload),
  );
  await model.change((work) => work.put("facts", "backup", { secret, code, madeAt }));
}

async function gather({ model }: Context): Promise<BackupContents> {
  const people = [...model.all("people").values()];
  const lines = await model.store.list("lines");
  return {
    rooms: [...model.all("rooms").values()].filter(({ wanted }) => !wanted.create).map(roomOf),
    messages: lines.flatMap(({ value }) => (value.kind === "message" ? [kept(value)] : [])),
    known: people.filter(({ known }) => known).map(({ uri }) => uri),
    trusted: people.filter(({ trusted }) => trusted).map(({ uri }) => uri),
  };
}

function roomOf(room: RoomRecord): BackupRoom {
  const { id, uri, kind, name, timerSeconds, invitedBy, readSeq, activeAt, signedHead, chain } = room;
  const { firstSeq, seq, head } = chain;
  const memberUris = urisOf(room.members);
  return {
    id,
    uri,
    kind,
    name,
    timerSeconds,
    invitedBy,
    readSeq,
    activeAt,
    signedHead,
    firstSeq,
    seq,
    head,
    memberUris,
  };
}

/** A message that is to disappear does not outlive its time in a backup. */
function kept(message: MessageRecord): MessageRecord {
  if (message.expiry === null) return message;
  return { ...message, opening: { state: "gone", why: "disappeared" } };
}

async function restoreRoom(work: Work, backup: BackupRoom): Promise<void> {
  const known = await work.get("rooms", backup.id);
  if (known !== undefined) {
    const firstSeq = Math.min(known.chain.firstSeq, backup.firstSeq);
    work.put("rooms", backup.id, { ...known, chain: { ...known.chain, firstSeq } });
    return;
  }
  const { memberUris, firstSeq, seq, head, ...room } = backup;
  work.put("rooms", backup.id, {
    ...newRoom({
      ...room,
      standing: "joining",
      members: memberUris.map((uri) => ({ uri, deviceId: new Uint8Array(0) })),
      epoch: -1,
      chain: { firstSeq, seq, head, broken: false },
    }),
    ...room,
  });
}

async function restoreMessage(work: Work, message: MessageRecord): Promise<void> {
  const key = messageKey(message.roomId, message.seq);
  const known: LineRecord | undefined = await work.get("lines", key);
  // What this device could not open itself, because it came before it, is what the backup is for.
  if (known !== undefined && (known.kind !== "message" || known.opening.state !== "gone")) return;
  work.put("lines", key, message);
  if (message.messageId !== null)
    work.put("messageIds", messageIdKey(message.roomId, message.messageId), key);
}
