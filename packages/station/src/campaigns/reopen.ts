import { sql, type Transaction } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { Tables } from "../store/tables.ts";

/**
 * Opens reports again that were closed as copies of a campaign and belong to somebody by now: a new link joined them with another report.
 * In the transaction of the link.
 * @param reportIds reports whose subjects changed
 */
export async function reopenCopies(
  tx: Transaction<Tables>,
  reportIds: readonly string[],
  now: number,
): Promise<void> {
  const { rows } = await sql<{ report_id: string; closing: string }>`
    with joined as (
      select distinct other.report_id from subject_member own
      join subject_member other on other.subject = own.subject
      where own.report_id = any(${reportIds}::uuid[])
    ), woken as (
      update campaign_copy set reopened_at = ${new Date(now).toISOString()}::timestamptz
      from joined
      where campaign_copy.report_id = joined.report_id and campaign_copy.closed_at is not null
        and campaign_copy.reopened_at is null
      returning campaign_copy.report_id, campaign_copy.closing
    ), opened as (
      update report set status = 'new' from woken where report.id = woken.report_id and report.status = 'closed'
    ) select report_id, closing from woken`.execute(tx);
  await recordLeaves(
    tx,
    rows.map(({ report_id: reportId, closing }) => ({
      kind: "report.reopened",
      at: now,
      actor: "station",
      reportId,
      body: { closing, why: "linked" },
    })),
  );
}
