import { randomBytes } from "node:crypto";
import { StationError } from "../errors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";

/** Bytes as they come, up to a limit. @throws StationError `request.too-large` */
export async function* limited(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > most)
      throw new StationError("request.too-large", `This is longer than ${most} bytes.`, {
        remedy: "GET /chat/about says how much is taken.",
      });
    yield chunk;
  }
}

/** Keeps a file's ciphertext, under a name that cannot be guessed: whoever was told it, in a message, may fetch it. */
export async function keepBlob(
  hub: Hub,
  by: Device,
  source: AsyncIterable<Uint8Array>,
): Promise<{ id: string; url: string }> {
  const id = randomBytes(16).toString("hex");
  const stored = await hub.blobs.write(id, limited(source, hub.config.limits.blobBytes));
  // If this fails, the sweep of files that nothing points to finds the file.
  await hub.station.db.kysely
    .insertInto("chat_blob")
    .values({
      id,
      device_id: by.id,
      size: String(stored.size),
      sha256: Buffer.from(stored.sha256),
      stored_at: iso(hub.station.clock()),
    })
    .execute();
  return { id, url: `${hub.station.config.publicUrl}/chat/blobs/${id}` };
}

/** @throws StationError `not-found` for one that was never there or has expired */
export async function openBlob(
  hub: Hub,
  id: string,
): Promise<{ size: number; bytes: AsyncIterable<Uint8Array> }> {
  const row = await hub.station.db.kysely
    .selectFrom("chat_blob")
    .select("size")
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "This file is not here, or no longer.", {
      remedy: "Ask whoever sent it to send it again.",
    });
  return { size: Number(row.size), bytes: hub.blobs.read(id) };
}
