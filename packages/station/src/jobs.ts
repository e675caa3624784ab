import { sql, type Kysely } from "kysely";
import type { Tables } from "./store/tables.ts";

/**
 * Every job means "try to advance this": it reads the state from our own tables, does the next step and can be run any
 * number of times. The queue only wakes it.
 */
export interface JobPayloads {
  /** Link and assess a report. */
  "work-up": { reportId: string };
  "advance-referral": { referralId: string };
  /** Send what is due to a peer: outcomes on their way back. */
  "return-outcomes": { peerId: string };
}
export type JobName = keyof JobPayloads;

/**
 * Enqueues in the caller's transaction: the job exists exactly if what it is about does.
 * @param key jobs with the same key are one job
 */
export async function addJob<Name extends JobName>(
  tx: Kysely<Tables>,
  name: Name,
  payload: JobPayloads[Name],
  key: string,
  runAt?: number,
): Promise<void> {
  const at = runAt === undefined ? null : new Date(runAt).toISOString();
  await sql`select graphile_worker.add_job(${name}, payload := ${JSON.stringify(payload)}::json,
    job_key := ${`${name}:${key}`}, run_at := ${at}::timestamptz, max_attempts := 1000)`.execute(tx);
}
