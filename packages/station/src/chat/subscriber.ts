import { sql } from "kysely";
import { StationError } from "../errors.ts";
import { isoFromJson } from "../store/index.ts";
import { toText } from "./bytes.ts";
import { handleSchema } from "./contract.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { PRESERVED_MS } from "./provider-records.ts";
import { mayBeYoung } from "./young.ts";

/** The newest connections that a report carries; each is an address and a port that a device spoke from. */
const CONNECTIONS = 1000;

interface Row {
  name: string;
  birth_year: number | null;
  created_at: string;
  devices: Array<{ id: string; name: string; from: string; revoked: string | null }>;
  connections: Array<{ device: string; ip: string; port: number; first: string; last: string }>;
  asked: number;
  unanswered: number;
  asked_young: number;
  blocked_by: number;
}

/**
 * What the hub knows of an account that shared a room with the reporter: who says they are behind it, from where it spoke, and how it
 * came to others. From now on its connections are preserved.
 * @throws StationError `not-found`, also for somebody whom the reporter never met here
 */
export async function subscriberOf(hub: Hub, report: { handle: string }, handle: string): Promise<object> {
  // It comes out of a bundle that anybody can have made.
  if (!handleSchema.safeParse(handle).success) throw unknown();
  await hub.connections.flush();
  const now = hub.station.clock();
  const youngSince = new Date(now).getUTCFullYear() - 18;
  const { rows } = await sql<Row>`with subscriber as (
      update chat_account set preserved_until = greatest(preserved_until, ${iso(now + PRESERVED_MS)}::timestamptz)
      where handle = ${handle} and (handle = ${report.handle} or exists (
        select from chat_member mine
        join chat_device mine_device on mine_device.id = mine.device_id and mine_device.handle = ${report.handle}
        join chat_member theirs on theirs.room_id = mine.room_id
        join chat_device their_device on their_device.id = theirs.device_id and their_device.handle = ${handle}))
      returning *
    )
    select name, birth_year, created_at,
      (select json_agg(json_build_object('id', encode(id, 'hex'), 'name', name, 'from', valid_from, 'revoked', revoked_at)
        order by valid_from) from chat_device where handle = subscriber.handle) as devices,
      (select coalesce(json_agg(json_build_object('device', encode(device_id, 'hex'), 'ip', host(ip), 'port', port,
          'first', first_at, 'last', last_at) order by last_at desc), '[]')
        from (
          select connection.* from chat_connection connection join chat_device device on device.id = connection.device_id
          where device.handle = subscriber.handle order by last_at desc limit ${CONNECTIONS}
        ) connection) as connections,
      (select count(*)::int from chat_request where asker = subscriber.handle) as asked,
      (select count(*)::int from chat_request where asker = subscriber.handle and accepted is not true) as unanswered,
      (select count(*)::int from chat_request join chat_account other on other.handle = asked
        where asker = subscriber.handle and other.birth_year >= ${youngSince}) as asked_young,
      (select count(*)::int from chat_block where blocked = subscriber.handle) as blocked_by
    from subscriber`.execute(hub.station.db.kysely);
  const [row] = rows;
  if (row === undefined) throw unknown();
  return {
    uri: hub.uris.account(handle),
    handle,
    name: row.name,
    createdAt: Date.parse(row.created_at),
    birthYear: row.birth_year,
    young: mayBeYoung(row.birth_year, now),
    devices: row.devices.map((device) => ({
      id: textOf(device.id),
      name: device.name,
      validFrom: at(device.from),
      revokedAt: device.revoked === null ? null : at(device.revoked),
    })),
    connections: row.connections.map(({ device, ip, port, first, last }) => ({
      deviceId: textOf(device),
      ip,
      port: port === 0 ? null : port,
      firstAt: at(first),
      lastAt: at(last),
    })),
    // Counts only, from what the hub sees anyway: how this account came to others (e2ee.md 5, rows 1 to 4).
    signals: {
      asked: row.asked,
      notAccepted: row.unanswered,
      askedYoung: row.asked_young,
      blockedBy: row.blocked_by,
    },
  };
}

function unknown(): StationError {
  return new StationError("not-found", "The reporter shared no room with such an account.", {
    remedy: "Ask about the people in the report.",
  });
}

function at(instant: string): number {
  return Date.parse(isoFromJson(instant));
}

function textOf(hex: string): string {
  return toText(Buffer.from(hex, "hex"));
}
