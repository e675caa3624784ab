import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";
import { toText } from "./bytes.ts";
import type { MemberRef } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import type { Group, RosterDevice } from "./roster.ts";

/** A room's next epoch. */
export interface NewEpoch {
  group: Group;
  by: Device;
  /** Messages that the room has so far. */
  seq: bigint;
  groupInfo: Uint8Array;
  groupInfoSha256: Buffer;
  /** null for a room's first. */
  commit: Uint8Array | null;
  welcome: Uint8Array | null;
  added: readonly RosterDevice[];
  removed: readonly RosterDevice[];
  /** Who has just made the room, and needs no welcome to it. */
  founder: Device | undefined;
  now: number;
}

/**
 * Begins an epoch: the room, its roster, and what its devices are told. Under the lock of cursors.ts.
 *
 * A device that was removed is told so by the commit, and then nothing more; one that was added is told everything after the commit,
 * and gets its welcome.
 */
export async function saveEpoch(tx: Transaction<Tables>, hub: Hub, epoch: NewEpoch): Promise<void> {
  const refOf = (device: RosterDevice): MemberRef => ({
    uri: hub.uris.account(device.handle),
    deviceId: toText(device.id),
  });
  const added = epoch.added.map(({ id }) => id);
  const joining = epoch.founder === undefined ? added : [epoch.founder.id, ...added];
  const removed = epoch.removed.map(({ id }) => id);
  const changes = JSON.stringify({ added: epoch.added.map(refOf), removed: epoch.removed.map(refOf) });
  const room = Buffer.from(epoch.group.groupId);
  const number = String(epoch.group.epoch);
  const at = iso(epoch.now);
  await sql`with place as materialized (select nextval('chat_cursor') as cursor),
    room as (update chat_room set epoch = ${number} where id = ${room}),
    before as (
      update chat_epoch set group_info = null where room_id = ${room} and group_info is not null
    ),
    began as (
      insert into chat_epoch (room_id, epoch, at, first_seq, committer, group_info_sha256, group_info, commit, welcome)
      values (${room}, ${number}, ${at}, ${String(epoch.seq + 1n)}, ${epoch.by.id}, ${epoch.groupInfoSha256},
        ${bufferOf(epoch.groupInfo)}, ${bufferOf(epoch.commit)}, ${bufferOf(epoch.welcome)})
    ),
    gone as (
      update chat_member set until_epoch = ${number}, until_cursor = place.cursor from place
      where room_id = ${room} and until_epoch is null and device_id = any(${removed}::bytea[])
    ),
    joined as (
      insert into chat_member (room_id, device_id, from_epoch, from_cursor)
      select ${room}::bytea, device, ${number}::bigint, place.cursor from place, unnest(${joining}::bytea[]) device
    ),
    committed as (
      insert into chat_event (cursor, at, kind, room_id, epoch, data)
      select place.cursor, ${at}::timestamptz, 'commit', ${room}::bytea, ${number}::bigint, ${changes}::jsonb from place
      where ${epoch.commit !== null}::boolean
    )
    insert into chat_event (cursor, at, kind, room_id, device_id, epoch)
    select nextval('chat_cursor'), ${at}::timestamptz, 'welcome', ${room}::bytea, device, ${number}::bigint
    from place, unnest(${added}::bytea[]) device`.execute(tx);
}

function bufferOf(bytes: Uint8Array | null): Buffer | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
