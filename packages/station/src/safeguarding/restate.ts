import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";
import { STATE_OF_CHILD } from "./state.ts";

/**
 * Brings a child's state up to what its referrals and decisions say, in the transaction that changed them. The report is marked as an
 * assessment marks it, so that one which began before looks at the report anew and does not keep a state that was true then.
 */
export async function restate(tx: Transaction<Tables>, reportId: string): Promise<void> {
  await sql`update safeguarding child set state = ${sql.raw(STATE_OF_CHILD)} where report_id = ${reportId}::uuid`.execute(
    tx,
  );
  await sql`update report set assessed_at = coalesce(assessed_at, received_at) + interval '1 microsecond'
    where id = ${reportId}::uuid`.execute(tx);
}
