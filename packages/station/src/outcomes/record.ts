import { sql, type Transaction } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { OutcomeStatement } from "../desk-api/contract.ts";
import { scoreLater } from "../senders/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { wakeReturns } from "./wake.ts";

/** An outcome as it is stored. */
export interface NewOutcome {
  id: string;
  reportId: string;
  statement: OutcomeStatement;
  recordedAt: number;
  origin: { station: string; name: string };
}

/** Who says what came of the reports: a person here, or the peer that we referred them to, in a message that it signed. */
export type OutcomeSource = { person: string } | { peer: string; envelope: object };

/** Outcomes that end the work on a report; an arrest does not, charges and safeguarding may follow. */
const CLOSING = new Set<OutcomeStatement["kind"]>(["no-further-action", "useless", "duplicate"]);

/**
 * Writes outcomes, their leaves and, where a peer handed us the report, their way back: all in the caller's transaction.
 * One that is here already (a resend) changes nothing.
 */
export async function saveOutcomes(
  tx: Transaction<Tables>,
  outcomes: readonly NewOutcome[],
  source: OutcomeSource,
  now: number,
): Promise<void> {
  const message = newId(now);
  const fresh = await insertOutcomes(tx, outcomes, source, message);
  if (fresh.length === 0) return;
  if ("peer" in source) await keepMessage(tx, message, source.peer, source.envelope, now);
  await recordLeaves(
    tx,
    fresh.map(({ id, reportId, statement: { kind }, origin }) => ({
      kind: "person" in source ? "outcome.recorded" : "outcome.received",
      at: now,
      actor: "person" in source ? `person:${source.person}` : `peer:${source.peer}`,
      reportId,
      body: { outcome: id, kind, origin: origin.station },
    })),
  );
  // At the station where a person decided, an ending outcome closes the report; a received one informs.
  if ("person" in source) await closeReports(tx, fresh);
  await scoreLater(
    tx,
    fresh.map(({ reportId }) => reportId),
  );
  for (const peerId of await intendReturns(tx, fresh, now)) await wakeReturns(tx, peerId, now);
}

/** Keeps what a peer signed about outcomes, under the id that their rows name already. */
export async function keepMessage(
  tx: Transaction<Tables>,
  id: string,
  peerId: string,
  envelope: object,
  now: number,
): Promise<void> {
  await tx
    .insertInto("outcome_message")
    .values({
      id,
      peer_id: peerId,
      envelope: JSON.stringify(envelope),
      received_at: new Date(now).toISOString(),
    })
    .execute();
}

/** @returns those that were not here yet */
async function insertOutcomes(
  tx: Transaction<Tables>,
  outcomes: readonly NewOutcome[],
  source: OutcomeSource,
  message: string,
): Promise<NewOutcome[]> {
  // The same order in every transaction: two that bring the same outcomes wait for each other, and never both.
  const given = outcomes.toSorted((a, b) => keyOf(a.reportId, a.id).localeCompare(keyOf(b.reportId, b.id)));
  const statements = given.map(({ statement: { kind, ...detail } }) => ({
    kind,
    detail: JSON.stringify(detail),
  }));
  const inserted = await sql<{ id: string; report_id: string }>`
    insert into outcome (id, report_id, kind, detail, recorded_at, origin, recorded_by, from_peer, message)
    select given.*, ${"person" in source ? source.person : null}::uuid, ${"peer" in source ? source.peer : null}::text,
      ${"peer" in source ? message : null}::uuid
    from unnest(
      ${given.map(({ id }) => id)}::uuid[],
      ${given.map(({ reportId }) => reportId)}::uuid[],
      ${statements.map(({ kind }) => kind)}::text[],
      ${statements.map(({ detail }) => detail)}::jsonb[],
      ${given.map(({ recordedAt }) => new Date(recordedAt).toISOString())}::timestamptz[],
      ${given.map(({ origin }) => JSON.stringify(origin))}::jsonb[]) as given
    on conflict (report_id, id) do nothing
    returning id, report_id`.execute(tx);
  const isNew = new Set(inserted.rows.map((row) => keyOf(row.report_id, row.id)));
  // Of two with one id in one message the first is stored; the set forgets it, so that the other gets no leaf.
  return given.filter(({ reportId, id }) => isNew.delete(keyOf(reportId, id)));
}

/** An outcome's primary key as text. A peer may write a UUID in capitals, the database never does. */
function keyOf(reportId: string, id: string): string {
  return `${reportId} ${id}`.toLowerCase();
}

async function closeReports(tx: Transaction<Tables>, outcomes: readonly NewOutcome[]): Promise<void> {
  const closing = outcomes.filter(({ statement }) => CLOSING.has(statement.kind));
  await sql`update report set status = 'closed'
    where id = any(${outcomes.map(({ reportId }) => reportId)}::uuid[])
      and (status = 'new' or id = any(${closing.map(({ reportId }) => reportId)}::uuid[]))`.execute(tx);
}

/** @returns the peers that something is now due to, in the order in which every transaction wakes them */
async function intendReturns(
  tx: Transaction<Tables>,
  outcomes: readonly NewOutcome[],
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ peer_id: string }>`
    insert into outcome_return (outcome_id, report_id, peer_id, moved_at, next_attempt_at)
    select given.id, report.id, report.return_to, ${new Date(now).toISOString()}::timestamptz, ${new Date(now).toISOString()}::timestamptz
    from unnest(
      ${outcomes.map(({ id }) => id)}::uuid[], ${outcomes.map(({ reportId }) => reportId)}::uuid[]) as given (id, report_id)
      join report on report.id = given.report_id
    where report.return_to is not null
    returning peer_id`.execute(tx);
  return [...new Set(rows.map((row) => row.peer_id))].toSorted();
}
