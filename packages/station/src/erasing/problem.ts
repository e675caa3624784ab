import { erasingProblem, type ErasingProblem, type Hold, type Keeping } from "@fairlead/assessment";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";

/** Why a report cannot be erased now. */
export type NotErasable = ErasingProblem | "erasing.in-flight" | "erasing.begun";

/** What the database knows of it. */
export interface Standing {
  /** Who decided that it may go; null where that decision is not there. */
  decided_by: string | null;
  in_flight: boolean;
  /** An erasure of it that was not stopped. */
  begun: boolean;
}

/** @param letGo the decision that stands */
export async function standingOf(
  db: Kysely<Tables>,
  reportId: string,
  letGo: string | undefined,
): Promise<Standing> {
  const { rows } = await sql<Standing>`select
    (select decided_by from keeping_decision where id = ${letGo ?? null}::uuid) as decided_by,
    exists (select from effect where report_id = ${reportId}::uuid and open)
      or exists (select from request where report_id = ${reportId}::uuid and state in ('sent', 'answered-in-part'))
      or exists (select from safeguarding where report_id = ${reportId}::uuid and state in ('undecided', 'decided'))
      or exists (select from conflict where report_id = ${reportId}::uuid and released_at is null) as in_flight,
    exists (select from erasure where report_id = ${reportId}::uuid and stage <> 'stopped') as begun`.execute(
    db,
  );
  return rows[0] ?? { decided_by: null, in_flight: false, begun: false };
}

/** Why a person cannot confirm the erasure of a report; `undefined` if they can. */
export function whyNot({
  keeping,
  holds,
  standing,
  by,
  now,
}: {
  keeping: Keeping;
  holds: readonly Hold[];
  standing: Standing;
  by: string;
  now: number;
}): NotErasable | undefined {
  if (standing.begun) return "erasing.begun";
  const problem = erasingProblem(keeping, holds, { decidedBy: standing.decided_by ?? undefined, by }, now);
  return problem ?? (standing.in_flight ? "erasing.in-flight" : undefined);
}

/** What each means and what to do about it. */
export const REFUSALS: Readonly<Record<NotErasable, readonly [message: string, remedy: string]>> = {
  "keeping.held": [
    "A hold stands on this report: nothing of it is erased.",
    "Wait for its end, or have it released; then it is decided again.",
  ],
  "keeping.no-end": [
    "A hold without an end stands on this report: nothing of it is erased.",
    "Have it released; then it is decided again.",
  ],
  "keeping.none": [
    "No clock runs for this report, so nothing says that it may go.",
    "Decide to keep it until a day that your own rules give.",
  ],
  "keeping.too-early": [
    "It must be kept for more than 30 days still.",
    "Wait for the end that its page shows.",
  ],
  "erasing.undecided": [
    "Nobody has decided that it may go, or something has happened since.",
    "A lead notes that it may go; then another one confirms.",
  ],
  "erasing.not-over": [
    "It must still be kept until the end that its page shows.",
    "Confirm on or after that day.",
  ],
  "erasing.own-decision": [
    "You decided that it may go, so somebody else confirms that it is erased.",
    "Ask another lead to read your reason and to confirm.",
  ],
  "erasing.in-flight": [
    "Something about it is still on its way or waits for a person: a referral, an outcome, a request, a child's safeguarding, another station.",
    "See to it first; the report's page shows which.",
  ],
  "erasing.begun": ["It is being erased, or has been.", "Open its page again."],
};
