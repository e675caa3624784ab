import { FrankingError } from "@fairlead/franking";
import { sql } from "kysely";
import type { z } from "zod";
import { StationError } from "../errors.ts";
import { toText } from "./bytes.ts";
import { type Other, findOther, refused, standingOf } from "./contacts.ts";
import { LIMITS, type takeSchema } from "./contract.ts";
import { insertEvents, lockCursors, type NewEvent } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { noteTurnedTo } from "./signals/note.ts";
import { mayBeYoung } from "./young.ts";

/** A device that has fewer left is asked for more, and once more when the last one goes. */
const FEW = 5;

/**
 * Keeps key packages for a device. Those that are here already are kept once.
 * @returns how many are here now
 * @throws StationError `request.invalid` for one that is not this device's own, or when there are too many
 */
export async function putKeyPackages(
  hub: Hub,
  by: Device,
  keyPackages: readonly Uint8Array[],
): Promise<{ count: number }> {
  for (const [index, bytes] of keyPackages.entries()) await mustBeOwn(hub, by, bytes, index);
  return await hub.station.db.transaction(async (tx) => {
    // The row of the device: two requests of one device do not both find room for the last few.
    await tx.selectFrom("chat_device").select("id").where("id", "=", by.id).forNoKeyUpdate().execute();
    const { rows } = await sql<{ here: string; added: string }>`with added as (
        insert into chat_key_package (device_id, bytes, stored_at)
        select ${by.id}::bytea, given, ${iso(hub.station.clock())}::timestamptz
        from unnest(${keyPackages.map((bytes) => Buffer.from(bytes))}::bytea[]) given
        where not exists (select from chat_key_package known where known.device_id = ${by.id} and known.bytes = given)
        returning id
      )
      select (select count(*) from chat_key_package where device_id = ${by.id}) as here,
        (select count(*) from added) as added`.execute(tx);
    const count = Number(rows[0]?.here) + Number(rows[0]?.added);
    if (count > LIMITS.keyPackages)
      throw new StationError(
        "request.invalid",
        `A device keeps at most ${LIMITS.keyPackages} key packages.`,
        {
          remedy: "GET /chat/me says how many are here.",
        },
      );
    return { count };
  });
}

async function mustBeOwn(hub: Hub, by: Device, bytes: Uint8Array, index: number): Promise<void> {
  const told = (message: string, cause?: unknown) =>
    new StationError("request.invalid", "A key package cannot be kept.", {
      remedy: "Send key packages that this device made for its own account, with the key that it registered.",
      problems: [{ path: `/keyPackages/${index}`, message }],
      cause,
    });
  const member = await hub.mls.readKeyPackage(bytes).catch((cause: unknown) => {
    throw cause instanceof FrankingError ? told(cause.message, cause) : cause;
  });
  const isOwn =
    member.uri === by.uri && by.id.equals(member.deviceId) && by.publicKey.equals(member.publicKey);
  if (!isOwn) throw told("it is another device's, or of another key");
}

export interface Taken {
  keyPackages: Array<{ deviceId: string; keyPackage: string }>;
  /** Devices that have none left. */
  missing: string[];
}

/**
 * Gives one key package of each device of an account, the oldest first, and never again.
 * @throws StationError `not-found`, `chat.ask-first`, `chat.refused`
 */
export async function takeKeyPackages(
  hub: Hub,
  by: Device,
  { uri, devices }: z.output<typeof takeSchema>,
): Promise<Taken> {
  const other = await findOther(hub, by, uri);
  const now = hub.station.clock();
  const standing = standingOf(by.handle, other, now);
  if (standing === "blocked") throw refused();
  if (standing === "ask-first")
    throw new StationError(
      "chat.ask-first",
      "This person wants to be asked before they are added to a room.",
      {
        remedy: "POST /chat/requests, and take the key packages once they have said yes.",
      },
    );
  const only = devices?.map((id) => Buffer.from(id)) ?? null;
  const rows = await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const found = await sql<{ id: Buffer; bytes: Buffer | null; left: string }>`with chosen as (
        select device.id, (select min(package.id) from chat_key_package package where package.device_id = device.id) as package
        from chat_device device
        where device.handle = ${other.handle} and device.revoked_at is null and device.id <> ${by.id}
          and (${only}::bytea[] is null or device.id = any(${only}::bytea[]))
      ), taken as (
        delete from chat_key_package using chosen where chat_key_package.id = chosen.package
        returning chat_key_package.device_id, chat_key_package.bytes
      )
      select chosen.id, taken.bytes,
        (select count(*) from chat_key_package package where package.device_id = chosen.id) as left
      from chosen left join taken on taken.device_id = chosen.id order by chosen.id`.execute(tx);
    const low = found.rows.filter(({ bytes, left }) => bytes !== null && [1, FEW].includes(Number(left)));
    const events = low.map(
      ({ id }): NewEvent => ({ kind: "notice", deviceId: id, data: { code: "key-packages-low" } }),
    );
    if (events.length > 0) await insertEvents(tx, events, now).execute();
    if (isFirstStep(by, other, now)) {
      await sql`insert into chat_request (asker, asked, at, answered_at, accepted)
        values (${by.handle}, ${other.handle}, ${iso(now)}, ${iso(now)}, true)
        on conflict (asker, asked) do nothing`.execute(tx);
      await noteTurnedTo(tx, hub, other.handle, by);
    }
    return found.rows;
  });
  hub.watch.hurry();
  return {
    keyPackages: rows.flatMap(({ id, bytes }) =>
      bytes === null ? [] : [{ deviceId: toText(id), keyPackage: toText(bytes) }],
    ),
    missing: rows.filter(({ bytes }) => bytes === null).map(({ id }) => toText(id)),
  };
}

/** A young person who turns to somebody need not be asked by them afterwards. */
function isFirstStep(by: Device, other: Other, now: number): boolean {
  return other.handle !== by.handle && !other.connected && mayBeYoung(by.birthYear, now);
}
