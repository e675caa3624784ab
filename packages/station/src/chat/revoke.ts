import { sql } from "kysely";
import { insertLeaves } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import { toText } from "./bytes.ts";
import { insertEvents, lockCursors, type NewEvent, noticesTo } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso, newDeviceLeaf } from "./devices.ts";
import type { Hub } from "./hub.ts";

/**
 * Revokes a device of one's own account: from now on it neither hears nor says anything, and everybody in its rooms is asked to take
 * its leaf out. Doing it again changes nothing.
 * @throws StationError `not-found`
 */
export async function revokeDevice(hub: Hub, by: Device, deviceId: Uint8Array): Promise<void> {
  const id = Buffer.from(deviceId);
  const now = hub.station.clock();
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const devices = await tx
      .selectFrom("chat_device")
      .select(["id", "public_key", "revoked_at"])
      .where("handle", "=", by.handle)
      .execute();
    const device = devices.find((one) => one.id.equals(id));
    if (device === undefined)
      throw new StationError("not-found", "Your account has no such device.", {
        remedy: "GET /chat/me lists your devices.",
      });
    if (device.revoked_at !== null) return;
    const rooms = await tx
      .selectFrom("chat_member")
      .select("room_id")
      .where("device_id", "=", id)
      .where("until_epoch", "is", null)
      .execute();
    const member = { uri: by.uri, deviceId: toText(id) };
    const leaving = rooms.map(
      ({ room_id }): NewEvent => ({
        kind: "leave",
        roomId: room_id,
        data: { member, why: "revoked" },
      }),
    );
    const others = devices.filter((one) => one.revoked_at === null && !one.id.equals(id));
    const leaf = newDeviceLeaf(
      hub,
      "chat.device-revoked",
      by.handle,
      { id, publicKey: device.public_key },
      now,
    );
    await tx
      .with("revoked", (db) =>
        db
          .updateTable("chat_device")
          .set({ revoked_at: iso(now) })
          .where("id", "=", id),
      )
      .with("packages", (db) => db.deleteFrom("chat_key_package").where("device_id", "=", id))
      .with("recorded", (db) => insertLeaves(db, [leaf]))
      .with("told", (db) =>
        insertEvents(db, [...leaving, ...noticesTo(others, { code: "device-revoked", deviceId: id })], now),
      )
      .selectNoFrom(sql`1`.as("done"))
      .execute();
  });
  hub.sessions.forget(id);
  hub.watch.hurry();
}
