import { type QueryCreator, type RawBuilder, sql } from "kysely";
import { newToken, tokenHash } from "../access/index.ts";
import { newLeaf, type NewLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import { toText } from "./bytes.ts";
import { LIMITS, type NewDevice } from "./contract.ts";
import type { Hub } from "./hub.ts";
import { mayBeYoung } from "./young.ts";

/** What a device gets when it is let in; the token is told once. */
export interface SignIn {
  uri: string;
  deviceId: string;
  token: string;
  young: boolean;
}

/** How long an answer that was lost on its way can be had again: the same device, with its proof, gets a new token. */
const LOST_ANSWER_MS = 10 * 60_000;
/** SQLSTATE unique_violation. */
const TAKEN = "23505";

export const iso = (ms: number): string => new Date(ms).toISOString();

export function signInOf(
  hub: Hub,
  found: { handle: string; birthYear: number | null; device: { id: Uint8Array }; token: string },
): SignIn {
  return {
    uri: hub.uris.account(found.handle),
    deviceId: toText(found.device.id),
    token: found.token,
    young: mayBeYoung(found.birthYear, hub.station.clock()),
  };
}

/** A part of the statement that lets a device in: `from` names the part whose one row, if any, has the account's handle. */
export function insertDevice(
  db: QueryCreator<Tables>,
  device: NewDevice,
  { from, tokenHash, now }: { from: RawBuilder<unknown>; tokenHash: Buffer; now: number },
) {
  return db
    .insertInto("chat_device")
    .columns(["handle", "id", "name", "public_key", "valid_from", "token_hash"])
    .expression(
      sql`select handle, ${Buffer.from(device.id)}::bytea, ${device.name}::text, ${Buffer.from(device.publicKey)}::bytea,
        ${iso(now)}::timestamptz, ${tokenHash}::bytea from ${from}
        where (select count(*) from chat_device known where known.handle = ${from}.handle and revoked_at is null)
          < ${LIMITS.devices}`,
    )
    .returning("handle");
}

/** The directory is append-only: each key that begins or ceases to speak for an account is a leaf of the audit log. */
export function newDeviceLeaf(
  hub: Hub,
  kind: "chat.device-added" | "chat.device-revoked",
  handle: string,
  device: { id: Uint8Array; publicKey: Uint8Array },
  now: number,
): NewLeaf {
  return newLeaf({
    kind,
    at: now,
    actor: `account:${handle}`,
    body: {
      uri: hub.uris.account(handle),
      deviceId: toText(device.id),
      publicKey: toText(device.publicKey),
      at: iso(now),
    },
  });
}

/** For `catch`: a device id, or a key, that another device of this hub has. */
export function refuseTakenId(error: unknown): never {
  if ((error as { code?: unknown }).code !== TAKEN) throw error;
  throw new StationError("conflict", "Another device here has this id or this key.", {
    remedy: "Make a new id and a new key for this device.",
    cause: error,
  });
}

/**
 * A new token for a device that was let in a moment ago, whose answer was lost. The caller has verified the device's proof.
 * @returns `undefined` if there is no such device
 */
export async function reissue(hub: Hub, handle: string, device: NewDevice): Promise<SignIn | undefined> {
  const token = newToken();
  const since = iso(hub.station.clock() - LOST_ANSWER_MS);
  const row = await hub.station.db.kysely
    .updateTable("chat_device as device")
    .from("chat_account as account")
    .set({ token_hash: tokenHash(token) })
    .whereRef("account.handle", "=", "device.handle")
    .where("device.handle", "=", handle)
    .where("device.id", "=", Buffer.from(device.id))
    .where("device.public_key", "=", Buffer.from(device.publicKey))
    .where("device.valid_from", ">", since)
    .where("device.revoked_at", "is", null)
    .returning("account.birth_year")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  hub.sessions.forget(device.id);
  return signInOf(hub, { handle, birthYear: row.birth_year, device, token });
}
