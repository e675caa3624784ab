import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { newToken, tokenHash } from "../access/index.ts";
import { insertLeaves } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import { LIMITS, type NewDevice } from "./contract.ts";
import { insertEvents, lockCursors, noticesTo } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import {
  insertDevice,
  iso,
  newDeviceLeaf,
  refuseTakenId,
  reissue,
  type SignIn,
  signInOf,
} from "./devices.ts";
import type { Hub } from "./hub.ts";
import { mustOwnItsKey } from "./proof.ts";

/** Long enough to fetch the other device, short enough that a photograph of the code is worthless. */
const CODE_MS = 10 * 60_000;
/** Crockford's base 32: nothing in it is mistaken for something else. Twelve of them are 60 random bits. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A one-time code with which another device gets into this account. */
export async function makeDeviceCode(hub: Hub, by: Device): Promise<{ code: string; expiresAt: number }> {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  const expiresAt = hub.station.clock() + CODE_MS;
  await hub.station.db.kysely
    .insertInto("chat_device_code")
    .values({
      code_hash: tokenHash(letters),
      handle: by.handle,
      expires_at: iso(expiresAt),
      used_at: null,
    })
    .execute();
  return { code: (letters.match(/.{4}/g) ?? []).join("-"), expiresAt };
}

/**
 * Lets a device in. The account's other devices are told.
 * @throws StationError `chat.code-invalid`, the same for one that is unknown, used or over; `chat.proof-invalid`, `conflict`
 */
export async function redeemDeviceCode(hub: Hub, code: string, device: NewDevice): Promise<SignIn> {
  const hash = tokenHash(plain(code));
  const { db } = hub.station;
  const now = hub.station.clock();
  const found = await db.kysely
    .selectFrom("chat_device_code as code")
    .innerJoin("chat_account as account", "account.handle", "code.handle")
    .select(["code.handle", "code.used_at", "account.birth_year"])
    .where("code.code_hash", "=", hash)
    .where("code.expires_at", ">", iso(now))
    .executeTakeFirst();
  if (found === undefined) throw invalid();
  const { handle } = found;
  await mustOwnItsKey(hub, handle, device);
  if (found.used_at !== null) {
    const again = await reissue(hub, handle, device);
    if (again === undefined) throw invalid();
    return again;
  }
  const token = newToken();
  const leaf = newDeviceLeaf(hub, "chat.device-added", handle, device, now);
  await db
    .transaction(async (tx) => {
      await lockCursors(tx);
      const others = await tx
        .selectFrom("chat_device")
        .select("id")
        .where("handle", "=", handle)
        .where("revoked_at", "is", null)
        .execute();
      if (others.length >= LIMITS.devices)
        throw new StationError("conflict", `An account has at most ${LIMITS.devices} devices.`, {
          remedy: "Remove one that is no longer used.",
        });
      const added = await tx
        .with("code", (part) =>
          part
            .updateTable("chat_device_code")
            .set({ used_at: iso(now) })
            .where("code_hash", "=", hash)
            .where("used_at", "is", null)
            .returning("handle"),
        )
        .with("device", (part) =>
          insertDevice(part, device, { from: sql`code`, tokenHash: tokenHash(token), now }),
        )
        .with("recorded", (part) => insertLeaves(part, [leaf]))
        .with("told", (part) =>
          insertEvents(part, noticesTo(others, { code: "device-added", deviceId: device.id }), now),
        )
        .selectFrom("device")
        .select("handle")
        .executeTakeFirst();
      // Another device was faster with the same code: nothing of this one stays.
      if (added === undefined) throw invalid();
    })
    .catch(refuseTakenId);
  hub.watch.hurry();
  return signInOf(hub, { handle, birthYear: found.birth_year, device, token });
}

/** As people type it. */
function plain(code: string): string {
  return code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
}

function invalid(): StationError {
  return new StationError("chat.code-invalid", "This code has been used, has run out, or was mistyped.", {
    remedy: "Make a new one on a device that is in the account.",
  });
}
