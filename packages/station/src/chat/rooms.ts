import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { z } from "zod";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import { toText } from "./bytes.ts";
import type { newCommitSchema, newRoomSchema } from "./contract.ts";
import { insertEvents, lockCursors } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import { saveEpoch } from "./epochs.ts";
import type { Hub } from "./hub.ts";
import {
  followCommit,
  mustBeRegistered,
  mustBeWelcome,
  notAMember,
  notTaken,
  readNewGroup,
  type RosterDevice,
  stale,
} from "./roster.ts";

/**
 * Makes a room of a new group. Making the same one again gives the same answer.
 * @throws StationError `chat.roster-refused`, `chat.key-retired`, `chat.ask-first`, `chat.refused`, `conflict`
 */
export async function createRoom(
  hub: Hub,
  by: Device,
  { groupInfo, welcome }: z.output<typeof newRoomSchema>,
): Promise<{ roomId: string; roomUri: string; epoch: number }> {
  const group = await readNewGroup(hub, by, groupInfo);
  const now = hub.station.clock();
  if (group.groupId.length !== 16)
    throw notTaken("a group id has 16 bytes here", "Make it of 16 random bytes.");
  if (group.epoch > 1n) throw notTaken("the group is not new", "Make the room when the group is made.");
  const current = hub.keys.current(now);
  if (current === undefined || Buffer.compare(current.publicKey, group.agent.publicKey) !== 0)
    throw new StationError("chat.key-retired", "The group names a franking key that is not for new rooms.", {
      remedy: "Make the group with the newest key of GET /chat/about that has begun.",
    });
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const known = await roomOf(tx, group.groupId);
    if (known !== undefined) {
      if (await isKnown(tx, group.groupId, by, groupInfo)) return;
      throw new StationError("conflict", "There is a room with this id.", { remedy: "Make a new group." });
    }
    const devices = await mustBeRegistered(hub, tx, group.members);
    const added = devices.filter((device) => !device.id.equals(by.id));
    mustBringWelcome(added, welcome);
    await mustBeWelcome(hub, tx, by, added);
    await tx
      .insertInto("chat_room")
      .values({
        id: Buffer.from(group.groupId),
        epoch: String(group.epoch),
        signing_key: Buffer.from(group.agent.publicKey),
        created_at: iso(now),
      })
      .execute();
    const made = { groupInfo, commit: null, welcome, added, removed: [], founder: by };
    await saveEpoch(tx, hub, { ...made, group, by, seq: 0n, groupInfoSha256: digest(groupInfo), now });
  });
  hub.watch.hurry();
  return {
    roomId: toText(group.groupId),
    roomUri: hub.uris.room(group.groupId),
    epoch: Number(group.epoch),
  };
}

/**
 * Takes the commit that leads to a room's next epoch. Of two that come at once one is taken and the other is told to look at the inbox.
 * Sending the same one again gives the same answer.
 * @throws StationError `chat.not-a-member`, `chat.stale-epoch`, `chat.roster-refused`, `chat.ask-first`, `chat.refused`
 */
export async function takeCommit(
  hub: Hub,
  by: Device,
  roomId: Uint8Array,
  { commit, welcome, groupInfo }: z.output<typeof newCommitSchema>,
): Promise<{ epoch: number }> {
  const { kysely } = hub.station.db;
  const again = await isKnown(kysely, roomId, by, groupInfo);
  if (again !== undefined) return again;
  const before = await groupInfoFor(kysely, roomId, by);
  const group = await followCommit(hub, by, { before, commit, after: groupInfo });
  const now = hub.station.clock();
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const room = await roomOf(tx, roomId);
    const roster = await currentMembers(tx, roomId);
    if (room === undefined || !roster.some((device) => device.id.equals(by.id))) throw notAMember();
    // Somebody else's was taken while this one was followed.
    if (BigInt(room.epoch) + 1n !== group.epoch) throw stale();
    if (!room.signing_key.equals(group.agent.publicKey))
      throw notTaken("the commit changes the room's franking key", "Make a new room to use a new key.");
    const devices = await mustBeRegistered(hub, tx, group.members);
    const added = without(devices, roster);
    const removed = without(roster, devices);
    mustBringWelcome(added, welcome);
    await mustBeWelcome(hub, tx, by, added);
    const made = { groupInfo, commit, welcome, added, removed, founder: undefined };
    const seq = BigInt(room.seq);
    await saveEpoch(tx, hub, { ...made, group, by, seq, groupInfoSha256: digest(groupInfo), now });
  });
  hub.watch.hurry();
  return { epoch: Number(group.epoch) };
}

/**
 * Asks the others to take this device out with their next commit. The last device in a room is taken out at once.
 * @throws StationError `chat.not-a-member`
 */
export async function leaveRoom(hub: Hub, by: Device, roomId: Uint8Array): Promise<void> {
  const now = hub.station.clock();
  const id = Buffer.from(roomId);
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const members = await currentMembers(tx, roomId);
    if (!members.some((device) => device.id.equals(by.id))) throw notAMember();
    const asked = await tx
      .updateTable("chat_member")
      .set({ leave_asked_at: iso(now) })
      .where("room_id", "=", id)
      .where("device_id", "=", by.id)
      .where("until_epoch", "is", null)
      .where("leave_asked_at", "is", null)
      .returning("device_id")
      .executeTakeFirst();
    if (asked === undefined) return;
    const member = { uri: by.uri, deviceId: toText(by.id) };
    await insertEvents(tx, [{ kind: "leave", roomId, data: { member, why: "asked" } }], now).execute();
    if (members.length > 1) return;
    await sql`update chat_member set until_epoch = room.epoch + 1, until_cursor = currval('chat_cursor')
      from chat_room room where room.id = room_id and room_id = ${id} and until_epoch is null`.execute(tx);
  });
  hub.watch.hurry();
}

async function roomOf(tx: Transaction<Tables>, roomId: Uint8Array) {
  return await tx
    .selectFrom("chat_room")
    .select(["epoch", "seq", "signing_key"])
    .where("id", "=", Buffer.from(roomId))
    .executeTakeFirst();
}

/** The last GroupInfo of a room that this device is in. */
async function groupInfoFor(db: Kysely<Tables>, roomId: Uint8Array, by: Device): Promise<Buffer> {
  const row = await db
    .selectFrom("chat_room as room")
    .innerJoin("chat_epoch as epoch", (join) =>
      join.onRef("epoch.room_id", "=", "room.id").onRef("epoch.epoch", "=", "room.epoch"),
    )
    .innerJoin("chat_member as member", "member.room_id", "room.id")
    .select("epoch.group_info")
    .where("room.id", "=", Buffer.from(roomId))
    .where("member.device_id", "=", by.id)
    .where("member.until_epoch", "is", null)
    .executeTakeFirst();
  if (row?.group_info === undefined || row.group_info === null) throw notAMember();
  return row.group_info;
}

async function currentMembers(tx: Transaction<Tables>, roomId: Uint8Array): Promise<RosterDevice[]> {
  return await tx
    .selectFrom("chat_member as member")
    .innerJoin("chat_device as device", "device.id", "member.device_id")
    .select(["device.id", "device.handle"])
    .where("member.room_id", "=", Buffer.from(roomId))
    .where("member.until_epoch", "is", null)
    .execute();
}

/** The epoch that this device began with this very GroupInfo before: its answer was lost. */
async function isKnown(
  db: Kysely<Tables>,
  roomId: Uint8Array,
  by: Device,
  groupInfo: Uint8Array,
): Promise<{ epoch: number } | undefined> {
  const known = await db
    .selectFrom("chat_epoch")
    .select("epoch")
    .where("room_id", "=", Buffer.from(roomId))
    .where("committer", "=", by.id)
    .where("group_info_sha256", "=", digest(groupInfo))
    .executeTakeFirst();
  return known === undefined ? undefined : { epoch: Number(known.epoch) };
}

function without(devices: readonly RosterDevice[], others: readonly RosterDevice[]): RosterDevice[] {
  return devices.filter((device) => !others.some((other) => other.id.equals(device.id)));
}

function mustBringWelcome(added: readonly RosterDevice[], welcome: Uint8Array | null): void {
  if (added.length > 0 && welcome === null)
    throw notTaken("devices were added without a welcome", "Send the welcome that was made with the commit.");
}

function digest(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
