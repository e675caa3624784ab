import { type Context, sessionOf } from "../context.ts";
import { MessengerError } from "../error.ts";
import type { OutgoingMessage, OutgoingPart, Saying } from "../store/records.ts";

/**
 * Uploads what a message of the outbox needs and has not uploaded yet. The content names where the files are, so they come first.
 *
 * @returns false if the message cannot be sent, and says so itself
 */
export async function uploadFiles(context: Context, key: string): Promise<boolean> {
  for (;;) {
    const item = await context.model.store.get("outbox", key);
    if (item?.kind !== "message" || item.failed !== null) return false;
    const part = nextPart(item.saying);
    if (part === null) return true;
    const ciphertext = await context.model.store.get("files", part.root);
    const uploaded = ciphertext === undefined ? "file.not-found" : await upload(context, ciphertext);
    await context.model.change(async (work) => {
      const now = await work.get("outbox", key);
      if (now?.kind !== "message") return;
      work.put(
        "outbox",
        key,
        typeof uploaded === "string" ? { ...now, failed: uploaded } : placed(now, part.root, uploaded.url),
      );
    });
  }
}

async function upload(context: Context, ciphertext: Blob): Promise<{ url: string } | string> {
  try {
    return await sessionOf(context).uploadBlob(ciphertext);
  } catch (error) {
    if (error instanceof MessengerError && error.code === "hub.refused") return error.detail ?? error.code;
    throw error;
  }
}

function nextPart(saying: Saying): OutgoingPart | null {
  if (saying.kind !== "file") return null;
  if (saying.file.url === null) return saying.file;
  return saying.thumbnail?.url === null ? saying.thumbnail : null;
}

function placed(item: OutgoingMessage, root: string, url: string): OutgoingMessage {
  if (item.saying.kind !== "file") return item;
  const { file, thumbnail } = item.saying;
  return {
    ...item,
    saying: {
      ...item.saying,
      file: file.root === root ? { ...file, url } : file,
      thumbnail: thumbnail?.root === root ? { ...thumbnail, url } : thumbnail,
    },
  };
}
