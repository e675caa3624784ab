import type { Transaction } from "kysely";
import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { newId } from "../../store/index.ts";
import type { Tables } from "../../store/tables.ts";
import { lockCursors } from "../cursors.ts";
import { iso } from "../devices.ts";
import { tellEnded } from "./end.ts";
import type { ShownSignal } from "./shown.ts";
import { type Standing, standingFor } from "./standing.ts";
import { tellAccounts } from "./tell.ts";

type Tx = Transaction<Tables>;

const DAY_MS = 24 * 3_600_000;

export interface AccountDecision {
  /** What stands stays to its end; all of it ends now; or the account stays hidden for so many days from now. */
  decision: "keep" | "lift" | "longer";
  days?: number | undefined;
  reason: string;
}

/**
 * A person's decision about what stands for an account. After a lift nothing that was counted before it counts again.
 * @throws StationError `not-found`, `conflict` where nothing waits or stands, an appeal is about one's own decision, or what is to be
 *   hidden for longer is not hidden; `request.invalid` without days
 */
export async function decideAccount(
  station: Station,
  account: string,
  { decision, days, reason }: AccountDecision,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const row = await tx
      .selectFrom("chat_account")
      .select("handle")
      .where("handle", "=", account)
      .forNoKeyUpdate()
      .executeTakeFirst();
    const standing = row === undefined ? [] : await standingFor(tx, account, now);
    const appeal = await tx
      .selectFrom("safety_appeal")
      .select("id")
      .where("account", "=", account)
      .where("decided_at", "is", null)
      .executeTakeFirst();
    if (standing.length === 0 && appeal === undefined)
      throw refused("Nothing stands for this account any more.", "Go back to the list.");
    if (appeal !== undefined) await mustBeAnother(tx, account, by);
    const hiddenUntil = decision === "longer" ? await hideLonger(tx, standing, days, now) : null;
    const rules = await rulesSeen(tx, standing);
    const ended = standing.filter(({ action }) => decision === "lift" || action === "review");
    for (const { id, action } of ended)
      await tx
        .updateTable("safety_action")
        .set({
          ended_at: iso(now),
          ended_why: decision === "lift" && action !== "review" ? "lifted" : "decided",
        })
        .where("id", "=", id)
        .execute();
    if (appeal !== undefined)
      await tx
        .updateTable("safety_appeal")
        .set({ decided_at: iso(now), lifted: decision === "lift" })
        .where("id", "=", appeal.id)
        .execute();
    await tx
      .insertInto("safety_decision")
      .values({
        id: newId(now),
        account,
        decided_at: iso(now),
        decided_by: by.id,
        decision,
        reason,
        appeal_id: appeal?.id ?? null,
        rules,
        hidden_until: hiddenUntil,
      })
      .execute();
    await recordLeaf(tx, {
      kind: "safety.decided",
      at: now,
      actor: `person:${by.id}`,
      body: { account, decision, rules, onAppeal: appeal !== undefined, hiddenUntil },
    });
    await tellEnded(
      tx,
      ended.map(({ action }) => ({ account, action })),
      now,
    );
    if (appeal !== undefined || hiddenUntil !== null) await tellAccounts(tx, [account], now);
  });
}

/** Whoever decided before does not decide whether that was right. */
async function mustBeAnother(tx: Tx, account: string, by: Principal): Promise<void> {
  const last = await tx
    .selectFrom("safety_decision")
    .select("decided_by")
    .where("account", "=", account)
    .orderBy("decided_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last?.decided_by === by.id)
    throw refused(
      "You decided about this account before, and its owner asks for another look.",
      "Let a colleague decide. What stands ends by itself all the same.",
    );
}

async function hideLonger(
  tx: Tx,
  standing: readonly Standing[],
  days: number | undefined,
  now: number,
): Promise<string> {
  const hidden = standing.find(({ action }) => action === "hide");
  if (hidden === undefined)
    throw refused(
      "This account is not hidden, so it cannot stay hidden for longer.",
      "Keep what stands, or lift it. Only a rule that was measured to be right often enough hides.",
    );
  if (days === undefined)
    throw new StationError("request.invalid", "For how many days is missing.", {
      audience: "reviewer",
      remedy: "Say for how many days the account stays hidden.",
    });
  const until = iso(Math.max(hidden.endsAt, now + days * DAY_MS));
  await tx.updateTable("safety_action").set({ ends_at: until }).where("id", "=", hidden.id).execute();
  return until;
}

async function rulesSeen(tx: Tx, standing: readonly Standing[]): Promise<string[]> {
  const ids = standing.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom("safety_action").select("signals").where("id", "in", ids).execute();
  return [...new Set(rows.flatMap(({ signals }) => (signals as ShownSignal[]).map(({ rule }) => rule)))];
}

function refused(message: string, remedy: string): StationError {
  return new StationError("conflict", message, { audience: "reviewer", remedy });
}
