import { parseVerifyingKey, signStatement, verifyStatement, type Envelope } from "@fairlead/sealing";
import { sql, type Transaction } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { outcomeStatementSchema } from "../desk-api/contract.ts";
import { StationError } from "../errors.ts";
import { exchange, findPeer, notePeer, type Peer } from "../peers/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { OUTCOMES_PER_MESSAGE, outcomesMessage, outcomesReceipt, type ReturnedOutcome } from "./message.ts";
import { keepMessage } from "./record.ts";
import { wakeReturns } from "./wake.ts";

const TIMEOUT_MS = 20_000;
/** A peer that cannot place an outcome yet (its own delivery note may still be on its way) is asked again after this. */
const UNKNOWN_RETRY_MS = 2000;

/**
 * Sends a peer the outcomes that are due to it. Resending is harmless: an outcome's id is the same at every hop, and the
 * receiver takes each once.
 */
export async function returnOutcomes(station: Station, { peerId }: { peerId: string }): Promise<void> {
  const peer = await findPeer(station.db.kysely, peerId);
  for (;;) {
    const due = await dueOutcomes(station, peer.id);
    if (due.length === 0) break;
    const answered = await send(station, peer, due);
    // What came meanwhile waits for company as well; only a backlog goes on at once.
    if (!answered || due.length < OUTCOMES_PER_MESSAGE) break;
  }
  await wakeForTheRest(station, peer.id);
}

async function dueOutcomes(station: Station, peerId: string): Promise<ReturnedOutcome[]> {
  const rows = await station.db.kysely
    .selectFrom("outcome_return")
    .innerJoin("outcome", (join) =>
      join
        .onRef("outcome.report_id", "=", "outcome_return.report_id")
        .onRef("outcome.id", "=", "outcome_return.outcome_id"),
    )
    .innerJoin("report", "report.id", "outcome.report_id")
    .select(["outcome.id", "outcome.kind", "outcome.detail", "outcome.recorded_at", "outcome.origin"])
    .leftJoin("uk_report", "uk_report.report_id", "report.id")
    // Who reported directly knows the report by the unique reference that this station issued.
    .select((eb) => eb.fn.coalesce("uk_report.reference", "report.handed_reference").as("reference"))
    .where("outcome_return.peer_id", "=", peerId)
    .where("outcome_return.state", "=", "intended")
    .where("outcome_return.next_attempt_at", "<=", new Date(station.clock()).toISOString())
    .orderBy("outcome_return.next_attempt_at")
    .limit(OUTCOMES_PER_MESSAGE)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    statement: outcomeStatementSchema.parse({ kind: row.kind, ...row.detail }),
    recordedAt: new Date(row.recorded_at).toISOString(),
    origin: row.origin as ReturnedOutcome["origin"],
  }));
}

/** @returns whether the peer answered */
async function send(station: Station, peer: Peer, outcomes: ReturnedOutcome[]): Promise<boolean> {
  const now = station.clock();
  const message = await signStatement(
    outcomesMessage,
    { from: station.config.station.id, to: peer.id, sentAt: new Date(now).toISOString(), outcomes },
    [station.keys.signing],
  );
  let answer: Envelope;
  let taken: string[];
  try {
    answer = (await exchange({
      fetch: station.fetch,
      method: "POST",
      url: `${peer.url}/door/outcomes`,
      contentType: "application/json",
      body: new TextEncoder().encode(JSON.stringify(message)),
      timeoutMs: TIMEOUT_MS,
    })) as Envelope;
    taken = takenIn(station, peer, answer);
  } catch (error) {
    await postpone(station, peer, outcomes, error);
    return false;
  }
  await settle(station, peer, outcomes, taken, answer);
  return true;
}

/** What a receipt says was taken, if it is this peer's word to us. */
function takenIn(station: Station, peer: Peer, answer: unknown): string[] {
  const { body } = verifyStatement(answer, [parseVerifyingKey(peer.verify_key)], outcomesReceipt);
  if (body.from === peer.id && body.to === station.config.station.id) return body.taken;
  throw new StationError("peer.answer-invalid", "The peer's receipt is not for what was sent to it.", {
    audience: "reviewer",
  });
}

/** What the peer has not taken, whether it says so or not, is asked again later: never at once, or it would be asked for ever. */
async function settle(
  station: Station,
  peer: Peer,
  sent: readonly ReturnedOutcome[],
  taken: string[],
  receipt: Envelope,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const message = newId(now);
    const delivered = await waiting(tx, peer, taken)
      .set({
        state: "delivered",
        delivered_at: new Date(now).toISOString(),
        receipt: message,
        last_error: null,
      })
      .returning(["report_id", "outcome_id"])
      .execute();
    if (delivered.length > 0) await keepMessage(tx, message, peer.id, receipt, now);
    await recordLeaves(
      tx,
      delivered.map((row) => ({
        kind: "outcome.returned",
        at: now,
        actor: "station",
        reportId: row.report_id,
        body: { outcome: row.outcome_id, peer: peer.id },
      })),
    );
    if (delivered.length < sent.length)
      await waiting(tx, peer, idsOf(sent))
        .set({
          attempts: sql`attempts + 1`,
          last_error: "The peer does not know the report yet.",
          next_attempt_at: new Date(now + UNKNOWN_RETRY_MS).toISOString(),
        })
        .execute();
    await notePeer(tx, peer.id, now);
  });
}

async function postpone(
  station: Station,
  peer: Peer,
  outcomes: ReturnedOutcome[],
  error: unknown,
): Promise<void> {
  const now = station.clock();
  const words = error instanceof StationError ? error.message : "The peer's receipt cannot be verified.";
  station.log.warn(
    { peer: peer.id, code: error instanceof StationError ? error.code : "receipt" },
    "outcomes.not-returned",
  );
  await station.db.transaction(async (tx) => {
    await waiting(tx, peer, idsOf(outcomes))
      .set({
        attempts: sql`attempts + 1`,
        last_error: words,
        next_attempt_at: sql`${new Date(now).toISOString()}::timestamptz
          + least(500 * 2 ^ least(attempts, 10), 300000) * interval '1 millisecond'`,
      })
      .execute();
    await notePeer(tx, peer.id, now, words);
  });
}

/** Those of these outcomes that have not arrived yet. */
function waiting(tx: Transaction<Tables>, peer: Peer, ids: readonly string[]) {
  return tx
    .updateTable("outcome_return")
    .where("peer_id", "=", peer.id)
    .where("state", "=", "intended")
    .where("outcome_id", "=", sql<string>`any(${ids}::uuid[])`);
}

function idsOf(outcomes: readonly ReturnedOutcome[]): string[] {
  return outcomes.map(({ id }) => id);
}

async function wakeForTheRest(station: Station, peerId: string): Promise<void> {
  const { kysely } = station.db;
  const { next } = await kysely
    .selectFrom("outcome_return")
    .select((eb) => eb.fn.min("next_attempt_at").as("next"))
    .where("peer_id", "=", peerId)
    .where("state", "=", "intended")
    .executeTakeFirstOrThrow();
  if (next !== null) await wakeReturns(kysely, peerId, station.clock(), Date.parse(next));
}
