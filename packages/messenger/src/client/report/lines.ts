import { attachmentCommitmentsOf, decodeContent, hexOf, type MimiContent } from "@fairlead/franking";
import type { Context } from "../context.ts";
import { openOpening } from "../expiry/clock.ts";
import { type Meaning, meaningOf } from "../message/meaning.ts";
import { linesOf, messageIdKey, messageKey } from "../store/keys.ts";
import type { MessageRecord } from "../store/records.ts";
import type { DraftFile, DraftLine, FileMode, LineBody } from "./types.ts";

/** A message of a window as this device holds it, with its content if that can still be shown. */
export interface HeldMessage {
  readonly record: MessageRecord;
  readonly content: Uint8Array | null;
}

/**
 * The messages from `from` to `to`, without a gap: beyond a place that the hub never handed over nothing can be linked, so the
 * window ends there. Opens what disappeared and is still kept; nothing of it is stored anew.
 *
 * @param around a message that is there
 */
export async function readWindow(
  context: Pick<Context, "model" | "crypto">,
  roomId: string,
  { from, to, around }: { from: number; to: number; around: number },
): Promise<readonly HeldMessage[]> {
  const lines = await context.model.store.list("lines", linesOf(roomId, from, to));
  const records = lines.flatMap(({ value }) => (value.kind === "message" ? [value] : []));
  const bySeq = new Map(records.map((record) => [record.seq, record]));
  let first = around;
  while (bySeq.has(first - 1)) first--;
  let last = around;
  while (bySeq.has(last + 1)) last++;
  const held: HeldMessage[] = [];
  for (const record of records) {
    if (record.seq < first || record.seq > last) continue;
    held.push({ record, content: record.refused === null ? await openOpening(context, record) : null });
  }
  return held;
}

/** Whether the room goes on without a gap on either side of a window. */
export async function hasNeighbours(
  { model }: Pick<Context, "model">,
  roomId: string,
  { from, to }: { from: number; to: number },
): Promise<{ hasOlder: boolean; hasNewer: boolean }> {
  const isThere = async (seq: number) =>
    (await model.store.get("lines", messageKey(roomId, seq))) !== undefined;
  return { hasOlder: from > 1 && (await isThere(from - 1)), hasNewer: await isThere(to + 1) };
}

/** How a message stands in a draft, before anybody chose what to do with it. */
export async function lineOf(
  context: Pick<Context, "model">,
  { record, content }: HeldMessage,
  { own, role, mode }: { own: string; role: DraftLine["role"]; mode: FileMode },
): Promise<DraftLine> {
  const decoded = content === null ? null : decodeContent(content);
  const locked = record.refused !== null ? "unverifiable" : decoded === null ? "not-held" : null;
  return {
    seq: record.seq,
    role: locked === null ? role : "withheld",
    locked,
    from: record.senderUri,
    own: record.senderUri === own,
    at: record.acceptedAt,
    what: decoded === null ? { kind: "none" } : await bodyOf(context, record.roomId, meaningOf(decoded)),
    files: decoded === null ? [] : filesOf(decoded, mode),
  };
}

async function bodyOf(context: Pick<Context, "model">, roomId: string, meaning: Meaning): Promise<LineBody> {
  const seqOf = async (id: string | null) => (id === null ? null : await seqBy(context, roomId, id));
  switch (meaning.kind) {
    case "text":
      return { kind: "text", text: meaning.text, replyTo: await seqOf(meaning.replyTo) };
    case "edit":
      return { kind: "edit", text: meaning.text, of: await seqOf(meaning.of) };
    case "deletion":
      return { kind: "deletion", of: await seqOf(meaning.of) };
    case "reaction":
      return { kind: "reaction", emoji: meaning.emoji, of: await seqOf(meaning.of) };
    case "unreaction":
      return { kind: "reaction", emoji: null, of: await seqOf(meaning.of) };
    case "file":
      return { kind: "file", caption: meaning.caption };
    case "room":
      return { kind: "room", name: meaning.name, timerSeconds: meaning.timerSeconds };
    case "unsupported":
      return { kind: "unsupported", contentType: meaning.contentType };
  }
}

async function seqBy({ model }: Pick<Context, "model">, roomId: string, id: string): Promise<number | null> {
  const key = await model.store.get("messageIds", messageIdKey(roomId, id));
  const line = key === undefined ? undefined : await model.store.get("lines", key);
  return line?.kind === "message" ? line.seq : null;
}

/** Every file that the content commits to, also those that a page would not show: what is in a report is what was sent. */
function filesOf(content: MimiContent, mode: FileMode): readonly DraftFile[] {
  const meaning = meaningOf(content);
  const named = new Map<string, { name: string; contentType: string; isThumbnail: boolean }>();
  if (meaning.kind === "file") {
    const { file, thumbnail } = meaning;
    for (const one of thumbnail === null ? [file] : [file, thumbnail])
      named.set(one.root, {
        name: one.part.filename,
        contentType: one.part.contentType,
        isThumbnail: one === thumbnail,
      });
  }
  return [...attachmentCommitmentsOf(content).values()].map((commitment) => {
    const root = hexOf(commitment.root);
    return { root, ...(named.get(root) ?? { name: "", contentType: "", isThumbnail: false }), mode };
  });
}
