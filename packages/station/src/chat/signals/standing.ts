import type { SafetyAction } from "@fairlead/assessment";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../store/tables.ts";
import { iso } from "../devices.ts";

export interface Standing {
  id: string;
  action: SafetyAction;
  beganAt: number;
  endsAt: number;
  signalAt: number;
}

/** What stands for an account now. */
export async function standingFor(db: Kysely<Tables>, account: string, now: number): Promise<Standing[]> {
  const rows = await db
    .selectFrom("safety_action")
    .select(["id", "action", "began_at", "ends_at", "signal_at"])
    .where("account", "=", account)
    .where("ended_at", "is", null)
    .where("ends_at", ">", iso(now))
    .orderBy("began_at")
    .execute();
  return rows.map(({ id, action, began_at, ends_at, signal_at }) => ({
    id,
    action,
    beganAt: Date.parse(began_at),
    endsAt: Date.parse(ends_at),
    signalAt: Date.parse(signal_at),
  }));
}

/** Those of these accounts that are hidden from who does not know them. */
export async function hiddenOf(
  db: Kysely<Tables>,
  accounts: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await db
    .selectFrom("safety_action")
    .select("account")
    .where("account", "in", [...accounts])
    .where("action", "=", "hide")
    .where("ended_at", "is", null)
    .where("ends_at", ">", iso(now))
    .execute();
  return new Set(rows.map(({ account }) => account));
}

/** Whether an account cannot be found by somebody: it is hidden, and the two neither know each other nor share a conversation. */
export async function isHiddenFrom(
  db: Kysely<Tables>,
  { account, by, now }: { account: { handle: string; connected: boolean }; by: string; now: number },
): Promise<boolean> {
  if (account.connected || account.handle === by) return false;
  if (!(await hiddenOf(db, [account.handle], now)).has(account.handle)) return false;
  const { rows } = await sql`select from chat_device own
    join chat_member here on here.device_id = own.id and here.until_epoch is null
    join chat_member there on there.room_id = here.room_id and there.until_epoch is null
    join chat_device device on device.id = there.device_id and device.handle = ${account.handle}
    where own.handle = ${by} limit 1`.execute(db);
  return rows.length === 0;
}
