import type { Transaction } from "kysely";
import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { watchFrom } from "../../effects/index.ts";
import { StationError } from "../../errors.ts";
import type { Tables } from "../../store/tables.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * A person says that a sender's reports are like this from now on. What comes after is measured by what has come since the burst began;
 * its reports leave the lane.
 * @throws StationError `not-found`; `conflict` when it is over or settled
 */
export async function acceptBurst(
  station: Station,
  { sender, burst }: { sender: string; burst: string },
  reason: string,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom("format_burst")
      .select(["field", "report_id", "recovered_at", "settled_at"])
      .where("id", "=", burst)
      .where("sender", "=", sender)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined)
      throw new StationError("not-found", "This sender has had no such change.", {
        remedy: "Go back to the sender's page.",
      });
    if (row.recovered_at !== null || row.settled_at !== null)
      throw new StationError("conflict", "This is over, or somebody has decided about it already.", {
        remedy: "Look at the sender's page again.",
      });
    await settle(tx, burst, { how: "accepted", reason, by, now });
    await recordLeaf(tx, {
      kind: "format-burst.accepted",
      at: now,
      actor: `person:${by.id}`,
      reportId: row.report_id ?? undefined,
      body: { burst, sender, field: row.field, reason },
    });
    // The task ends with the last of its sender's.
    await watchFrom(tx, now);
  });
}

/**
 * A person has seen to what a sender left empty, and it is filled again.
 * @throws StationError `conflict` while it is still left empty
 */
export async function settleOver(
  tx: Transaction<Tables>,
  sender: string,
  { reason, by, now }: { reason: string; by: Principal; now: number },
): Promise<void> {
  const open = await tx
    .selectFrom("format_burst")
    .select(["id", "field", "report_id", "recovered_at"])
    .where("sender", "=", sender)
    .where("settled_at", "is", null)
    .orderBy("opened_at")
    .forUpdate()
    .execute();
  if (open.some(({ recovered_at }) => recovered_at === null))
    throw new StationError("conflict", "The sender's reports still come like this.", {
      remedy:
        "Tell the sender, and wait until they are as before; or accept the change on the sender's page.",
    });
  for (const { id, field, report_id } of open) {
    await settle(tx, id, { how: "seen-to", reason, by, now });
    await recordLeaf(tx, {
      kind: "format-burst.seen-to",
      at: now,
      actor: `person:${by.id}`,
      reportId: report_id ?? undefined,
      body: { burst: id, sender, field },
    });
  }
}

async function settle(
  tx: Transaction<Tables>,
  id: string,
  { how, reason, by, now }: { how: "accepted" | "seen-to"; reason: string; by: Principal; now: number },
): Promise<void> {
  await tx
    .updateTable("format_burst")
    .set({ settled_at: iso(now), settled_how: how, settled_by: by.id, settled_reason: reason })
    .where("id", "=", id)
    .execute();
}
