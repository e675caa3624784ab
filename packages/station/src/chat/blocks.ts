import { StationError } from "../errors.ts";
import { findOther } from "./contacts.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { noteEvent, noteWord } from "./signals/note.ts";

/**
 * Nothing of theirs reaches this account any more: no invitation, no request, no message to a room of these two. They are not told.
 * @throws StationError `not-found`, `request.invalid`
 */
export async function block(hub: Hub, by: Device, uri: string): Promise<void> {
  const other = await findOther(hub, by, uri);
  if (other.handle === by.handle)
    throw new StationError("request.invalid", "An account cannot block itself.", {
      remedy: "Name somebody else.",
    });
  await hub.station.db.transaction(async (tx) => {
    const made = await tx
      .insertInto("chat_block")
      .values({ blocker: by.handle, blocked: other.handle, at: iso(hub.station.clock()) })
      .onConflict((conflict) => conflict.doNothing())
      .returning("blocked")
      .executeTakeFirst();
    if (made !== undefined) await noteWord(tx, hub, { kind: "blocked", account: other.handle, other: by });
  });
}

export async function unblock(hub: Hub, by: Device, handle: string): Promise<void> {
  await hub.station.db.transaction(async (tx) => {
    const taken = await tx
      .deleteFrom("chat_block")
      .where("blocker", "=", by.handle)
      .where("blocked", "=", handle)
      .returning("blocked")
      .executeTakeFirst();
    if (taken !== undefined) await noteEvent(tx, hub, { kind: "unblocked", account: handle, other: by });
  });
}
