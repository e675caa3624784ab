import { sql, type Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { type LeafEvent, recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { joinFound, takeArrivalsLock } from "./join.ts";
import { matterOf, regroup } from "./regroup.ts";

/** What a person decides about arrivals, from the page of one report. */
export type NewArrivalDecision =
  | { kind: "apart"; reason: string }
  | { kind: "same" | "different"; other: string; reason: string };

/**
 * Keeps a decision about whether a report is the same as others, with its leaves, and brings the groups up to date with it, at once.
 * - `apart`: it stands by itself; those that only it held together fall apart.
 * - `same`: it is one with the other, whatever the station found.
 * - `different`: it is not the other, which is suggested no more.
 * @throws StationError `request.invalid` for a report that is not there or is this one, `conflict` for what was decided already
 */
export async function decideArrival(
  station: Station,
  reportId: string,
  decision: NewArrivalDecision,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const other = decision.kind === "apart" ? null : decision.other;
  await station.db.transaction(async (tx) => {
    await takeArrivalsLock(tx);
    if (other !== null) await mustBeAnother(tx, reportId, other);
    const before = await matterOf(tx, reportId);
    if (decision.kind === "apart" && before.length < 2)
      throw new StationError("conflict", "The report stands by itself already.", {
        remedy: "Load its page again.",
      });
    if (decision.kind === "different" && before.includes(decision.other))
      throw new StationError("conflict", "The two are held to be one matter.", {
        remedy: "Say of one of them that it stands by itself, or take back who said that they are the same.",
      });
    const [first, second] = other !== null && other < reportId ? [other, reportId] : [reportId, other];
    const id = newId(now);
    const kept = { id, kind: decision.kind, report_id: first, other_id: second };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("arrival_decision")
      .values({
        ...kept,
        reason: decision.reason,
        decided_by: by.id,
        decided_at: new Date(now).toISOString(),
        undone_reason: null,
        undone_by: null,
        undone_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n)
      throw new StationError("conflict", "That has been decided already, and the decision holds.", {
        remedy: "Load the report's page again; take the decision back if it is wrong.",
      });
    const about = decision.kind === "apart" ? before : [reportId, ...(other === null ? [] : [other])];
    await recordLeaves(tx, leavesOf("arrival.decided", kept, about, decision.reason, by, now));
    if (decision.kind === "same") await joinFound(station, tx, reportId);
    if (decision.kind === "apart") await regroup(tx, before);
  });
}

/**
 * Takes a decision back: the groups are as if it had not been made.
 * @throws StationError `not-found`; `conflict` when it has been taken back already
 */
export async function undoArrivalDecision(
  station: Station,
  reportId: string,
  id: string,
  reason: string,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    await takeArrivalsLock(tx);
    const kept = await tx
      .selectFrom("arrival_decision")
      .select(["id", "kind", "report_id", "other_id", "undone_at"])
      .where("id", "=", id)
      .where((eb) => eb.or([eb("report_id", "=", reportId), eb("other_id", "=", reportId)]))
      .executeTakeFirst();
    if (kept === undefined)
      throw new StationError("not-found", "There is no such decision.", { remedy: "Go back to the report." });
    if (kept.undone_at !== null)
      throw new StationError("conflict", "That decision has been taken back already.", {
        remedy: "Load the report's page again.",
      });
    await tx
      .updateTable("arrival_decision")
      .set({ undone_reason: reason, undone_by: by.id, undone_at: new Date(now).toISOString() })
      .where("id", "=", id)
      .execute();
    const about = [kept.report_id, ...(kept.other_id === null ? [] : [kept.other_id])];
    await recordLeaves(tx, leavesOf("arrival.undone", kept, about, reason, by, now));
    if (kept.kind === "same") await regroup(tx, await matterOf(tx, reportId));
    if (kept.kind === "apart") await joinFound(station, tx, kept.report_id);
  });
}

async function mustBeAnother(tx: Transaction<Tables>, reportId: string, other: string): Promise<void> {
  const { rows } =
    await sql`select from report where id = ${other}::uuid and id <> ${reportId}::uuid`.execute(tx);
  if (rows.length > 0) return;
  throw new StationError("request.invalid", "The decision is about no other report of this station.", {
    remedy: "Choose a report that the page shows.",
    problems: [{ path: "/other", message: "names no other report" }],
  });
}

/** One leaf for each report that it changes something for, so that the history of each shows it. */
function leavesOf(
  kind: "arrival.decided" | "arrival.undone",
  kept: Pick<Tables["arrival_decision"], "id" | "kind">,
  reportIds: readonly string[],
  reason: string,
  by: Principal,
  at: number,
): LeafEvent[] {
  return reportIds.map((reportId) => ({
    kind,
    at,
    actor: `person:${by.id}`,
    reportId,
    body: { decision: kept.id, kind: kept.kind, reason },
  }));
}
