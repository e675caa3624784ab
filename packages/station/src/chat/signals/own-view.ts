import { defaultSignalRules } from "@fairlead/assessment";
import type { Kysely } from "kysely";
import { recordLeaf } from "../../audit/index.ts";
import { StationError } from "../../errors.ts";
import { newId } from "../../store/index.ts";
import type { Tables } from "../../store/tables.ts";
import type { Safety } from "./contract.ts";
import type { Device } from "../device-sessions.ts";
import { iso } from "../devices.ts";
import type { Hub } from "../hub.ts";
import { type Standing, standingFor } from "./standing.ts";

/**
 * What stands for an account, as its owner may know it, and what it is calmly told about others. Not which rule held: that would say
 * that somebody blocked or reported them, and few enough have had the chance to.
 */
export async function safetyOf(hub: Hub, by: Device): Promise<Safety> {
  const { kysely } = hub.station.db;
  const now = hub.station.clock();
  const standing = felt(await standingFor(kysely, by.handle, now));
  const appeal = await lastAppeal(kysely, by.handle);
  return {
    actions: standing.map(({ action, beganAt, endsAt }) => ({ action, since: beganAt, until: endsAt })),
    requestsADay: defaultSignalRules.requestsADay,
    appeal:
      appeal === undefined || isOver(appeal, standing)
        ? null
        : { madeAt: appeal.madeAt, decidedAt: appeal.decidedAt },
    notices: await noticesFor(hub, by.handle, now),
  };
}

/** What an account's owner notices. That a person may look is nothing done to them. */
function felt(standing: readonly Standing[]): Array<Standing & { action: "friction" | "notice" | "hide" }> {
  return standing.flatMap((one) => (one.action === "review" ? [] : [{ ...one, action: one.action }]));
}

interface Appeal {
  madeAt: number;
  decidedAt: number | null;
}

/** An appeal that was decided is done with once something begins anew. */
function isOver({ decidedAt }: Appeal, standing: readonly Standing[]): boolean {
  return decidedAt !== null && standing.every(({ beganAt }) => beganAt > decidedAt);
}

async function lastAppeal(db: Kysely<Tables>, account: string): Promise<Appeal | undefined> {
  const row = await db
    .selectFrom("safety_appeal")
    .select(["made_at", "decided_at"])
    .where("account", "=", account)
    .orderBy("made_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    madeAt: Date.parse(row.made_at),
    decidedAt: row.decided_at === null ? null : Date.parse(row.decided_at),
  };
}

/**
 * The owner of an account asks for a person to look at what stands for it.
 * @throws StationError `conflict` where nothing stands, or it was asked before
 */
export async function appeal(hub: Hub, by: Device, words: string): Promise<void> {
  const now = hub.station.clock();
  await hub.station.db.transaction(async (tx) => {
    await tx
      .selectFrom("chat_account")
      .select("handle")
      .where("handle", "=", by.handle)
      .forNoKeyUpdate()
      .execute();
    const standing = felt(await standingFor(tx, by.handle, now));
    const before = await lastAppeal(tx, by.handle);
    const isAsked = before !== undefined && !isOver(before, standing);
    if (standing.length === 0 || isAsked)
      throw new StationError(
        "conflict",
        isAsked ? "Somebody was asked to look at this already." : "Nothing stands for this account.",
        { remedy: "GET /chat/safety says how things are." },
      );
    await tx
      .insertInto("safety_appeal")
      .values({
        id: newId(now),
        account: by.handle,
        made_at: iso(now),
        words,
        decided_at: null,
        lifted: null,
      })
      .execute();
    await recordLeaf(tx, {
      kind: "safety.appealed",
      at: now,
      actor: `account:${by.handle}`,
      body: { account: by.handle, actions: standing.map(({ action }) => action) },
    });
  });
}

/** Who asked this young person and has a notice beside it that they have not put away. */
async function noticesFor(hub: Hub, told: string, now: number): Promise<Safety["notices"]> {
  const rows = await hub.station.db.kysely
    .selectFrom("safety_notice as notice")
    .innerJoin("chat_account as account", "account.handle", "notice.account")
    .innerJoin("safety_action as action", "action.account", "notice.account")
    .select(["notice.account", "account.name", "notice.at"])
    .where("notice.told", "=", told)
    .where("notice.fine_at", "is", null)
    .where("action.action", "=", "notice")
    .where("action.ended_at", "is", null)
    .where("action.ends_at", ">", iso(now))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("chat_block")
            .select("blocked")
            .where("blocker", "=", told)
            .whereRef("blocked", "=", "notice.account"),
        ),
      ),
    )
    .orderBy("notice.at", "desc")
    .execute();
  return rows.map(({ account, name, at }) => ({ uri: hub.uris.account(account), name, at: Date.parse(at) }));
}

/** A young person says that it is fine: the notice does not come again. Nothing else follows from it. */
export async function sayFine(hub: Hub, by: Device, account: string): Promise<void> {
  await hub.station.db.kysely
    .updateTable("safety_notice")
    .set({ fine_at: iso(hub.station.clock()) })
    .where("account", "=", account)
    .where("told", "=", by.handle)
    .where("fine_at", "is", null)
    .execute();
}
