import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "./store/tables.ts";

/**
 * Every job means "try to advance this": it reads the state from our own tables, does the next step and can be run any
 * number of times. The queue only wakes it.
 */
export interface JobPayloads {
  /** Link and assess a report. */
  "work-up": { reportId: string };
  /** Note what reports from before this station looked for them are found under, a part at a time. */
  "note-arrivals": Record<string, never>;
  /** Assess those of these reports, and of the same persons' others, that rest on something else than what their subjects say now. */
  "assess-again": { reportIds: string[] };
  /** Make the lists of campaigns anew from what was seen since the last time. */
  "roll-up-campaigns": Record<string, never>;
  /** Check the proofs of origin that came with a report. */
  "check-proofs": { reportId: string };
  "advance-referral": { referralId: string };
  /** Send what is due to a peer: outcomes on their way back. */
  "return-outcomes": { peerId: string };
  /** Note what a report lets this station ask its peers and be asked by them. */
  "note-interests": { reportId: string };
  /** Ask a peer whether it has an interest too. */
  "ask-peer": { peerId: string };
  /** Assess those reports of a sender's day again that read another habit of its clock than it shows by now. */
  "assess-sender-day": { account: string; sender: string; day: string };
  /** Assess a report again: time has changed it, or something that it rests on. */
  reassess: { reportId: string };
  /** Assess again what other rules than those in force have assessed, a part at a time. */
  "reassess-stale": { after: string | null };
  /** Assess a report with the answers that came to requests about it. */
  "settle-answers": { reportId: string };
  /** Record that a request can no longer be answered. */
  "lapse-request": { requestId: string };
  /** Open, sound and end the tasks of what stands still on its way out. */
  "watch-effects": Record<string, never>;
  /** Bring a bank of hashes forward to what its source has. */
  "fetch-hashes": { bankId: string };
  /** Tell the source of a bank what people have said about its entries. */
  "send-feedback": { bankId: string };
  /** Carry an erasure that two persons decided to its end. */
  "erase-report": { number: string };
  /** Make a report of what was posted in one matter, once it is decided. */
  "report-media": { incidentId: string };
  /** See which rules hold for an account of the chats, and begin what they allow. */
  "look-at-account": { account: string };
  /** Escalate an unanswered page and call outward. */
  "advance-page": { pageId: string };
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
  await sql`select ${jobCall(name, payload, key, runAt)}`.execute(tx);
}

/** `addJob` as a part of the statement that writes what the job is about. */
export function jobCall<Name extends JobName>(
  name: Name,
  payload: JobPayloads[Name],
  key: string,
  runAt?: number,
): RawBuilder<unknown> {
  const at = runAt === undefined ? null : new Date(runAt).toISOString();
  return sql`graphile_worker.add_job(${name}, payload := ${JSON.stringify(payload)}::json,
    job_key := ${`${name}:${key}`}, run_at := ${at}::timestamptz, max_attempts := 1000)`;
}

/** Jobs of several things, each under its own key, as a part of the statement that writes what they are about. */
export function jobCalls(
  jobs: ReadonlyArray<
    { [Name in JobName]: { name: Name; payload: JobPayloads[Name]; key: string } }[JobName]
  >,
): RawBuilder<unknown> {
  return sql`(select graphile_worker.add_job(job.name, payload := job.payload::json, job_key := job.key, max_attempts := 1000)
    from unnest(
      ${jobs.map(({ name }) => name)}::text[],
      ${jobs.map(({ payload }) => JSON.stringify(payload))}::text[],
      ${jobs.map(({ name, key }) => `${name}:${key}`)}::text[]
    ) as job (name, payload, key))`;
}

/**
 * Enqueues, as `addJob` does, a job that gathers what is due under its key. One that waits already keeps its time where that is
 * the earlier one, and two never run at once: what comes while one runs waits for the next.
 * @param runAt not before this, milliseconds since 1970
 */
export async function addGatheringJob<Name extends JobName>(
  tx: Kysely<Tables>,
  name: Name,
  payload: JobPayloads[Name],
  key: string,
  runAt: number,
): Promise<void> {
  const called = `${name}:${key}`;
  const { rows } = await sql<{ id: string | null }>`select id from graphile_worker.add_job(${name},
    payload := ${JSON.stringify(payload)}::json, job_key := ${called}, queue_name := ${called}, max_attempts := 1000,
    run_at := least(${new Date(runAt).toISOString()}::timestamptz,
      (select run_at from graphile_worker.jobs where key = ${called} and locked_at is null)))`.execute(tx);
  // While a worker is taking the job that waits, the queue neither changes that one nor adds another. Once it is taken, it adds.
  if (typeof rows[0]?.id !== "string") await addGatheringJob(tx, name, payload, key, runAt);
}
