import { sql } from "kysely";
import { isoFromJson } from "../store/index.ts";
import { toText } from "./bytes.ts";
import { findOther, nobody, type Other, standingOf } from "./contacts.ts";
import type { AccountView, Me } from "./contract.ts";
import type { Device } from "./device-sessions.ts";
import type { Hub } from "./hub.ts";
import { isHiddenFrom } from "./signals/standing.ts";
import { mayBeYoung } from "./young.ts";

/** What one account may know of another. @throws StationError `not-found` */
export async function accountView(hub: Hub, by: Device, handle: string): Promise<AccountView> {
  const uri = hub.uris.account(handle);
  const other = await findOther(hub, by, uri);
  const now = hub.station.clock();
  if (await isHiddenFrom(hub.station.db.kysely, { account: other, by: by.handle, now })) throw nobody();
  const devices = await hub.station.db.kysely
    .selectFrom("chat_device")
    .select(["id", "public_key", "valid_from", "revoked_at"])
    .where("handle", "=", handle)
    .orderBy("valid_from")
    .execute();
  return {
    uri,
    name: other.name,
    young: (await mayKnowAge(hub, by, other)) ? mayBeYoung(other.birthYear, now) : null,
    askFirst: standingOf(by.handle, { ...other, blocked: false }, now) === "ask-first",
    devices: devices.map((device) => ({
      id: toText(device.id),
      publicKey: toText(device.public_key),
      validFrom: Date.parse(device.valid_from),
      revokedAt: device.revoked_at === null ? null : Date.parse(device.revoked_at),
    })),
  };
}

/** A directory that told everybody would be a list of children. */
async function mayKnowAge(hub: Hub, by: Device, other: Other): Promise<boolean> {
  if (other.handle === by.handle || other.connected) return true;
  if (!mayBeYoung(by.birthYear, hub.station.clock())) return false;
  const { rows } = await sql`select from chat_member mine
    join chat_member theirs on theirs.room_id = mine.room_id and theirs.until_epoch is null
    join chat_device device on device.id = theirs.device_id and device.handle = ${other.handle}
    where mine.device_id = ${by.id} and mine.until_epoch is null limit 1`.execute(hub.station.db.kysely);
  return rows.length > 0;
}

interface Page {
  name: string;
  acked: string;
  devices: Array<{
    id: string;
    name: string;
    key: string;
    from: string;
    revoked: string | null;
    packages: number;
  }>;
  rooms: Array<{
    id: string;
    epoch: number;
    seq: number;
    members: Array<{ handle: string; device: string }>;
  }>;
  blocks: string[];
}

/** Everything that a device's own account has here, and who the hub takes to be in its rooms. */
export async function ownView(hub: Hub, by: Device): Promise<Me> {
  const { rows } = await sql<Page>`select account.name, own.acked,
      (select json_agg(json_build_object('id', encode(device.id, 'hex'), 'name', device.name,
          'key', encode(device.public_key, 'hex'), 'from', device.valid_from, 'revoked', device.revoked_at,
          'packages', (select count(*) from chat_key_package where device_id = device.id)) order by device.valid_from)
        from chat_device device where device.handle = account.handle) as devices,
      (select coalesce(json_agg(json_build_object('id', encode(room.id, 'hex'), 'epoch', room.epoch, 'seq', room.seq,
          'members', (select json_agg(json_build_object('handle', device.handle, 'device', encode(device.id, 'hex')))
            from chat_member other join chat_device device on device.id = other.device_id
            where other.room_id = room.id and other.until_epoch is null)) order by room.created_at), '[]')
        from chat_member member join chat_room room on room.id = member.room_id
        where member.device_id = own.id and member.until_epoch is null) as rooms,
      (select coalesce(json_agg(blocked order by at), '[]') from chat_block where blocker = account.handle) as blocks
    from chat_device own join chat_account account on account.handle = own.handle
    where own.id = ${by.id}`.execute(hub.station.db.kysely);
  const [page] = rows;
  if (page === undefined) throw new Error("a device that signed in is in the directory");
  return {
    uri: by.uri,
    name: page.name,
    birthYear: by.birthYear,
    young: mayBeYoung(by.birthYear, hub.station.clock()),
    deviceId: toText(by.id),
    devices: page.devices.map((device) => ({
      id: textOfHex(device.id),
      name: device.name,
      publicKey: textOfHex(device.key),
      validFrom: Date.parse(isoFromJson(device.from)),
      revokedAt: device.revoked === null ? null : Date.parse(isoFromJson(device.revoked)),
      keyPackages: device.packages,
    })),
    rooms: page.rooms.map((room) => ({
      roomId: textOfHex(room.id),
      roomUri: hub.uris.room(Buffer.from(room.id, "hex")),
      epoch: room.epoch,
      seq: room.seq,
      members: room.members.map(({ handle, device }) => ({
        uri: hub.uris.account(handle),
        deviceId: textOfHex(device),
      })),
    })),
    blocks: page.blocks.map((handle) => hub.uris.account(handle)),
    cursor: page.acked,
  };
}

function textOfHex(hex: string): string {
  return toText(Buffer.from(hex, "hex"));
}
