import type { Transaction } from "kysely";
import type { Tables } from "../../store/tables.ts";
import { insertEvents, noticesTo } from "../cursors.ts";

/** Makes the devices of these accounts ask GET /chat/safety again, and their requests. Under the lock of cursors. */
export async function tellAccounts(
  tx: Transaction<Tables>,
  accounts: readonly string[],
  now: number,
): Promise<void> {
  if (accounts.length === 0) return;
  const devices = await tx
    .selectFrom("chat_device")
    .select("id")
    .where("handle", "in", [...new Set(accounts)])
    .where("revoked_at", "is", null)
    .execute();
  if (devices.length > 0) await insertEvents(tx, noticesTo(devices, { code: "safety" }), now).execute();
}
