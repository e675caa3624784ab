import { sql, type Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { type LeafKind, recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { authoritiesFor } from "./authority.ts";
import { restate } from "./restate.ts";

/**
 * A person's decision to refer a child to a safeguarding authority, whatever the report's own status is: help never waits for an arrest.
 * Deciding the same twice is one decision.
 * @throws StationError `request.invalid` for an authority that the configuration does not name today
 */
export async function decideSafeguarding(
  station: Station,
  reportId: string,
  decision: { authority: string; reason: string },
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const at = new Date(now).toISOString();
  const { authorities } = station.config.safeguarding;
  const chosen = authoritiesFor(authorities, {}, at.slice(0, 10)).find(
    ({ authority }) => authority.id === decision.authority,
  )?.authority;
  if (chosen === undefined)
    throw new StationError(
      "request.invalid",
      "This station does not know that safeguarding authority today.",
      {
        remedy: "Choose one that the report's page offers, or ask whoever runs this station to name it.",
        problems: [{ path: "/authority", message: "is not named by the configuration for today" }],
      },
    );
  return await station.db.transaction(async (tx) => {
    const child = await lockChild(tx, reportId);
    const id = newId(now);
    const inserted = await tx
      .insertInto("safeguarding_referral")
      .values({
        id,
        report_id: reportId,
        authority: chosen.id,
        authority_name: chosen.name,
        contact: JSON.stringify(chosen.contact),
        urgency: child?.urgency ?? "at-once",
        // What has not been assessed yet may be a child at risk now.
        due_at: child?.due_at ?? at,
        reason: decision.reason,
        decided_by: by.id,
        decided_at: at,
        state: "decided",
      })
      .onConflict((conflict) =>
        conflict
          .columns(["report_id", "authority"])
          // A literal: once a session prepares the statement, no parameter can be matched with the index.
          .where(sql<boolean>`state <> 'withdrawn'`)
          .doNothing(),
      )
      .returning("id")
      .executeTakeFirst();
    if (inserted === undefined) {
      const earlier = await tx
        .selectFrom("safeguarding_referral")
        .select("id")
        .where("report_id", "=", reportId)
        .where("authority", "=", chosen.id)
        .where("state", "<>", "withdrawn")
        .executeTakeFirstOrThrow();
      return earlier.id;
    }
    const body = { referral: id, authority: chosen.id, dueAt: child?.due_at ?? at };
    await note(tx, "safeguarding.decided", { reportId, by, now, body });
    await restate(tx, reportId);
    return id;
  });
}

/**
 * A person's decision that no referral is needed. It ends by itself when anything new is said.
 * @throws StationError `conflict` while a referral stands, or before the report was assessed
 */
export async function declineSafeguarding(
  station: Station,
  reportId: string,
  { reason }: { reason: string },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const child = await lockChild(tx, reportId);
    if (child === undefined || !["undecided", "declined"].includes(child.state))
      throw new StationError(
        "conflict",
        "There is nothing to decide: nothing calls for a referral, or one stands.",
        {
          remedy: "Withdraw the referral first, or wait until the report has been assessed.",
        },
      );
    await tx
      .updateTable("safeguarding")
      .set({
        declined_by: by.id,
        declined_at: new Date(now).toISOString(),
        declined_reason: reason,
        declined_seen: JSON.stringify(child.seen),
      })
      .where("report_id", "=", reportId)
      .execute();
    await note(tx, "safeguarding.declined", { reportId, by, now, body: { urgency: child.urgency } });
    await restate(tx, reportId);
  });
}

async function lockChild(tx: Transaction<Tables>, reportId: string) {
  // The report's row first, as an assessment takes them.
  await tx.selectFrom("report").select("id").where("id", "=", reportId).forUpdate().executeTakeFirst();
  return await tx.selectFrom("safeguarding").selectAll().where("report_id", "=", reportId).executeTakeFirst();
}

/** Writes the leaf of a person's decision about a child. */
export async function note(
  tx: Transaction<Tables>,
  kind: LeafKind,
  {
    reportId,
    by,
    now,
    body,
  }: { reportId: string; by: Principal; now: number; body: Record<string, unknown> },
): Promise<void> {
  await recordLeaf(tx, { kind, at: now, actor: `person:${by.id}`, reportId, body });
}
