import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { StationError } from "../errors.ts";
import { limited } from "./blobs.ts";
import { LIMITS } from "./contract.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";

/** Keeps an account's backup in place of the one before. What is in it only the account's devices know. */
export async function keepBackup(hub: Hub, by: Device, source: AsyncIterable<Uint8Array>): Promise<void> {
  const object = randomBytes(16).toString("hex");
  const { size } = await hub.blobs.write(object, limited(source, LIMITS.backupBytes));
  const { rows } = await sql<{ before: string | null }>`with before as (
      select object from chat_backup where handle = ${by.handle} for update
    ), kept as (
      insert into chat_backup (handle, object, size, stored_at)
      values (${by.handle}, ${object}, ${String(size)}, ${iso(hub.station.clock())})
      on conflict (handle) do update set object = excluded.object, size = excluded.size, stored_at = excluded.stored_at
    )
    select (select object from before) as before`.execute(hub.station.db.kysely);
  // If this fails, the sweep of files that nothing points to finds it.
  const before = rows[0]?.before ?? null;
  if (before !== null) await hub.blobs.remove(before).catch(() => undefined);
}

/** @throws StationError `not-found` */
export async function openBackup(
  hub: Hub,
  by: Device,
): Promise<{ size: number; bytes: AsyncIterable<Uint8Array> }> {
  const row = await hub.station.db.kysely
    .selectFrom("chat_backup")
    .select(["object", "size"])
    .where("handle", "=", by.handle)
    .executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "This account has no backup here.", {
      remedy: "Start one on a device that has the messages.",
    });
  return { size: Number(row.size), bytes: hub.blobs.read(row.object) };
}
