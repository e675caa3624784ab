import type { Transaction } from "kysely";
import { recordLeaf } from "../../audit/index.ts";
import type { Tables } from "../../store/tables.ts";
import { lockCursors } from "../cursors.ts";
import { iso } from "../devices.ts";
import type { Hub } from "../hub.ts";
import { tellAccounts } from "./tell.ts";

type Tx = Transaction<Tables>;

/** What ends in one transaction. */
const AT_ONCE = 200;

/** Writes down that what had its time is over. It was over for everybody at that moment already. */
export async function endDueActions(hub: Hub): Promise<void> {
  const now = hub.station.clock();
  for (;;) {
    const ended = await hub.station.db.transaction(async (tx) => {
      await lockCursors(tx);
      return await endDue(tx, now);
    });
    if (ended > 0) hub.watch.hurry();
    if (ended < AT_ONCE) return;
  }
}

/**
 * Under the lock of cursors.
 * @param account only of this one
 * @returns how many ended
 */
export async function endDue(tx: Tx, now: number, account?: string): Promise<number> {
  const due = await tx
    .selectFrom("safety_action")
    .select(["id", "account", "action", "ends_at"])
    .where("ended_at", "is", null)
    .where("ends_at", "<=", iso(now))
    .$if(account !== undefined, (query) => query.where("account", "=", account ?? ""))
    .orderBy("ends_at")
    .limit(AT_ONCE)
    .forUpdate()
    .execute();
  for (const one of due) {
    await tx
      .updateTable("safety_action")
      .set({ ended_at: one.ends_at, ended_why: "time" })
      .where("id", "=", one.id)
      .execute();
    await recordLeaf(tx, {
      kind: "safety.ended",
      at: now,
      actor: "station",
      body: { account: one.account, action: one.action, endedAt: one.ends_at },
    });
  }
  await tellEnded(tx, due, now);
  return due.length;
}

/** Tells the owners, and whoever was asked by an account that is no longer hidden. */
export async function tellEnded(
  tx: Tx,
  ended: ReadonlyArray<{ account: string; action: string }>,
  now: number,
): Promise<void> {
  const owners = ended.filter(({ action }) => action !== "review").map(({ account }) => account);
  const shown = ended.filter(({ action }) => action === "hide").map(({ account }) => account);
  const asked =
    shown.length === 0
      ? []
      : await tx
          .selectFrom("chat_request")
          .select("asked")
          .where("asker", "in", shown)
          .where("accepted", "is", null)
          .execute();
  await tellAccounts(tx, [...owners, ...asked.map((one) => one.asked)], now);
}
