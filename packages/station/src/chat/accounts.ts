import { sql } from "kysely";
import type { z } from "zod";
import { newToken, tokenHash } from "../access/index.ts";
import { insertLeaves } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import type { newAccountSchema } from "./contract.ts";
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

/**
 * Makes an account with its first device.
 * @throws StationError `chat.registration-closed`, `chat.proof-invalid`, `chat.handle-taken`, `conflict`
 */
export async function createAccount(hub: Hub, account: z.output<typeof newAccountSchema>): Promise<SignIn> {
  if (hub.config.registration === "closed")
    throw new StationError("chat.registration-closed", "This hub takes no new accounts.", {
      remedy: "Ask whoever runs it.",
    });
  const { handle, name, birthYear, device } = account;
  await mustOwnItsKey(hub, handle, device);
  const now = hub.station.clock();
  const token = newToken();
  const leaf = newDeviceLeaf(hub, "chat.device-added", handle, device, now);
  const made = await hub.station.db.kysely
    .with("account", (db) =>
      db
        .insertInto("chat_account")
        .values({ handle, name, birth_year: birthYear, created_at: iso(now), preserved_until: null })
        .onConflict((conflict) => conflict.column("handle").doNothing())
        .returning("handle"),
    )
    .with("device", (db) =>
      insertDevice(db, device, { from: sql`account`, tokenHash: tokenHash(token), now }),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from device)`))
    .selectFrom("device")
    .select("handle")
    .executeTakeFirst()
    .catch(refuseTakenId);
  if (made !== undefined) return signInOf(hub, { handle, birthYear, device, token });
  const again = await reissue(hub, handle, device);
  if (again !== undefined) return again;
  throw new StationError("chat.handle-taken", "Somebody has this handle already.", {
    remedy: "Choose another one.",
  });
}
