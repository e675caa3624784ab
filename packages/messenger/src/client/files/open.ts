import {
  type AttachmentOpening,
  decodeContent,
  FrankingError,
  openAttachment,
  openingOf,
} from "@fairlead/franking";
import { type Context, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import { type FilePart, type Meaning, meaningOf } from "../message/meaning.ts";
import { meaningOfSaying } from "../message/saying.ts";
import { blobIdOf } from "../report/send.ts";
import type { MessageRecord } from "../store/records.ts";
import { portionsOf } from "./portions.ts";

/** The file of a message by its root, also of one that waits in the outbox. @throws MessengerError `file.not-found` */
export async function fileOf(
  { model }: Context,
  { record, key, root }: { record: MessageRecord | null; key: string; root: string },
): Promise<FilePart> {
  const meaning = record === null ? waiting(model, key) : meaningOfRecord(record);
  const files = meaning?.kind === "file" ? [meaning.file, meaning.thumbnail] : [];
  const found = files.find((file) => file?.root === root);
  if (found === undefined || found === null)
    throw new MessengerError("file.not-found", "This message has no such file.");
  return found;
}

/**
 * Opens a file: from this device if it was opened or sent here, from the hub otherwise. Nothing of it is handed out before all of it
 * was held against what its message committed to.
 * @throws MessengerError `file.gone`, `file.not-what-was-sent`, `hub.unreachable`
 */
export async function openFile(context: Context, { part, commitment, root }: FilePart): Promise<Blob> {
  const { crypto, model } = context;
  const here = await model.store.get("files", root);
  const ciphertext = here ?? (await sessionOf(context).downloadBlob(blobIdOf(part.url)));
  if (ciphertext === null) throw new MessengerError("file.gone", "The hub does not keep this file any more.");
  const opened = await open(crypto, openingIn(part, commitment), ciphertext, part.contentType);
  if (here === undefined) await model.change((work) => work.put("files", root, ciphertext));
  return opened;
}

function openingIn(part: FilePart["part"], commitment: FilePart["commitment"]): AttachmentOpening {
  try {
    return openingOf(part, commitment);
  } catch (cause) {
    throw notSent(cause);
  }
}

async function open(
  crypto: Context["crypto"],
  opening: AttachmentOpening,
  ciphertext: Blob,
  type: string,
): Promise<Blob> {
  const pieces: Blob[] = [];
  try {
    for await (const piece of openAttachment(crypto, opening, portionsOf(ciphertext)))
      pieces.push(new Blob([piece.slice()]));
  } catch (cause) {
    throw notSent(cause);
  }
  return new Blob(pieces, { type });
}

function notSent(cause: unknown): unknown {
  if (!(cause instanceof FrankingError)) return cause;
  return new MessengerError("file.not-what-was-sent", "This is not the file that was sent.", {
    cause,
    detail: cause.code,
  });
}

function waiting(model: Context["model"], id: string): Meaning | null {
  for (const item of model.all("outbox").values())
    if (item.kind === "message" && item.id === id) return meaningOfSaying(item.saying);
  return null;
}

function meaningOfRecord({ opening }: MessageRecord): Meaning | null {
  return opening.state === "open" ? meaningOf(decodeContent(opening.content)) : null;
}
