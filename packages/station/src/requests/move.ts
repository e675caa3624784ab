import { advance, type RequestRecord, type RequestStep } from "@fairlead/assessment";
import type { Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import type { RequestProposal } from "../store/work-tables.ts";

/** A request as it stands, locked by the transaction that read it. */
export interface HeldRequest {
  record: RequestRecord;
  proposal: RequestProposal;
  necessity: string | null;
}

/**
 * Reads a request of a report with all its steps and keeps others from moving it meanwhile.
 * @throws StationError `not-found`
 */
export async function holdRequest(
  tx: Transaction<Tables>,
  id: string,
  reportId: string | undefined,
): Promise<HeldRequest> {
  const row = await tx
    .selectFrom("request")
    .select(["record", "proposal", "necessity", "report_id"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || (reportId !== undefined && row.report_id !== reportId))
    throw new StationError("not-found", "This report has no such request.", {
      remedy: "Go back to the report and choose one that its page shows.",
    });
  const steps = await tx
    .selectFrom("request_step")
    .select("step")
    .where("request_id", "=", id)
    .orderBy("position")
    .execute();
  return {
    record: { ...row.record, steps: steps.map(({ step }) => step) },
    proposal: row.proposal,
    necessity: row.necessity,
  };
}

/**
 * Takes one step, by the state machine of the rules and by nothing else, and writes its leaf.
 * @param told what the leaf says besides; never a request's words
 * @throws StationError `conflict` when the step is not possible from where the request stands
 */
export async function moveRequest(
  tx: Transaction<Tables>,
  record: RequestRecord,
  step: RequestStep,
  told: Record<string, unknown> = {},
): Promise<void> {
  const moved = advance(record, step);
  if (!moved.ok) throw new StationError("conflict", moved.problem.message, { remedy: moved.problem.remedy });
  await tx
    .insertInto("request_step")
    .values({ request_id: record.id, position: record.steps.length, step: JSON.stringify(step) })
    .execute();
  await tx.updateTable("request").set({ state: step.to }).where("id", "=", record.id).execute();
  await recordLeaf(tx, {
    kind: `request.${step.to}`,
    at: Date.parse(step.at),
    actor: step.by.kind === "person" ? `person:${step.by.id}` : "station",
    reportId: record.report,
    body: { request: record.id, rule: record.rule, ...told },
  });
}

/** The time of a step: now, and not before the last one where two processes' clocks differ by a little. */
export function stepTime({ steps }: RequestRecord, now: number): number {
  return Math.max(now, Date.parse(steps.at(-1)?.at ?? "1970-01-01T00:00:00Z"));
}
