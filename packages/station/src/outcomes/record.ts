import type { Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { OutcomeStatement } from "../desk-api/contract.ts";
import { addJob } from "../jobs.ts";
import type { Tables } from "../store/tables.ts";

/** An outcome as it is stored: recorded by a person here, or received from the peer that we referred the report to. */
export interface NewOutcome {
  id: string;
  reportId: string;
  statement: OutcomeStatement;
  recordedAt: number;
  origin: { station: string; name: string };
  recordedBy?: string;
  fromPeer?: string;
  /** The signed message it came in. */
  envelope?: object;
}

/** Outcomes that end the work on a report; an arrest does not, charges and safeguarding may follow. */
const CLOSING = new Set<OutcomeStatement["kind"]>(["no-further-action", "useless", "duplicate"]);

/**
 * Writes an outcome, its leaf and, where a peer handed us the report, its way back: all in the caller's transaction.
 * @returns false when this outcome is here already (a resend)
 */
export async function saveOutcome(
  tx: Transaction<Tables>,
  outcome: NewOutcome,
  now: number,
): Promise<boolean> {
  const { kind, ...detail } = outcome.statement;
  const inserted = await tx
    .insertInto("outcome")
    .values({
      id: outcome.id,
      report_id: outcome.reportId,
      kind,
      detail: JSON.stringify(detail),
      recorded_at: new Date(outcome.recordedAt).toISOString(),
      recorded_by: outcome.recordedBy ?? null,
      from_peer: outcome.fromPeer ?? null,
      origin: JSON.stringify(outcome.origin),
      envelope: outcome.envelope === undefined ? null : JSON.stringify(outcome.envelope),
    })
    .onConflict((conflict) => conflict.columns(["report_id", "id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted === undefined) return false;
  await recordLeaf(tx, {
    kind: outcome.fromPeer === undefined ? "outcome.recorded" : "outcome.received",
    at: now,
    actor: outcome.fromPeer === undefined ? `person:${outcome.recordedBy ?? ""}` : `peer:${outcome.fromPeer}`,
    reportId: outcome.reportId,
    body: { outcome: outcome.id, kind, origin: outcome.origin.station },
  });
  const report = await tx
    .selectFrom("report")
    .select(["return_to", "status"])
    .where("id", "=", outcome.reportId)
    .executeTakeFirstOrThrow();
  // At the station where a person decided, an ending outcome closes the report; a received one informs.
  if (outcome.fromPeer === undefined && (CLOSING.has(kind) || report.status === "new"))
    await tx.updateTable("report").set({ status: "closed" }).where("id", "=", outcome.reportId).execute();
  if (report.return_to !== null) {
    await tx
      .insertInto("outcome_return")
      .values({
        outcome_id: outcome.id,
        report_id: outcome.reportId,
        peer_id: report.return_to,
        state: "intended",
        last_error: null,
        next_attempt_at: new Date(now).toISOString(),
        delivered_at: null,
        receipt: null,
      })
      .execute();
    await addJob(tx, "return-outcomes", { peerId: report.return_to }, report.return_to);
  }
  return true;
}
