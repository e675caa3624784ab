import {
  ALARMS_AFTER_MS,
  confirmedColumns,
  happenTo,
  noteFailure,
  noteRecovery,
  stepColumns,
  watchFrom,
} from "../effects/index.ts";
import { parseVerifyingKey, signStatement, verifyStatement, type Envelope } from "@fairlead/sealing";
import { sql } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { outcomeStatementSchema } from "../desk-api/contract.ts";
import { StationError } from "../errors.ts";
import { exchange, findPeer, notePeer, type Peer } from "../peers/index.ts";
import { newId } from "../store/index.ts";
import {
  OUTCOMES_PER_MESSAGE,
  outcomesMessage,
  outcomesReceipt,
  type OutcomesReceipt,
  type ReturnedOutcome,
} from "./message.ts";
import { keepMessage } from "./record.ts";
import { wakeReturns } from "./wake.ts";

const TIMEOUT_MS = 20_000;
/** A peer that cannot place an outcome yet (its own delivery note may still be on its way) is not asked again before this. */
const UNKNOWN_RETRY_MS = 2000;
/** An outcome that is due, and the effect that its way back is. */
interface Due {
  effect: string;
  isNew: boolean;
  outcome: ReturnedOutcome;
}

/**
 * Sends a peer the outcomes that are due to it. Resending is harmless: an outcome's id is the same at every hop, and the
 * receiver takes each once.
 */
export async function returnOutcomes(station: Station, { peerId }: { peerId: string }): Promise<void> {
  for (;;) {
    const due = await dueOutcomes(station, peerId);
    if (due.length === 0) break;
    const answered = await send(station, peerId, due);
    // What came meanwhile waits for company as well; only a backlog goes on at once.
    if (!answered || due.length < OUTCOMES_PER_MESSAGE) break;
  }
  await wakeForTheRest(station, peerId);
}

async function dueOutcomes(station: Station, peerId: string): Promise<Due[]> {
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
    .select(["outcome_return.id as effect", "outcome_return.stage"])
    .where("outcome_return.peer_id", "=", peerId)
    .where("outcome_return.open", "=", true)
    .where("outcome_return.next_attempt_at", "<=", new Date(station.clock()).toISOString())
    .orderBy("outcome_return.next_attempt_at")
    .limit(OUTCOMES_PER_MESSAGE)
    .execute();
  return rows.map((row) => ({
    effect: row.effect,
    isNew: row.stage === "intended",
    outcome: {
      id: row.id,
      reference: row.reference,
      statement: outcomeStatementSchema.parse({ kind: row.kind, ...row.detail }),
      recordedAt: new Date(row.recorded_at).toISOString(),
      origin: row.origin as ReturnedOutcome["origin"],
    },
  }));
}

/** @returns whether the peer answered */
async function send(station: Station, peerId: string, due: readonly Due[]): Promise<boolean> {
  try {
    const peer = await findPeer(station.db.kysely, peerId);
    await noteSending(station, due);
    const answer = await exchange({
      fetch: station.fetch,
      method: "POST",
      url: `${peer.url}/door/outcomes`,
      contentType: "application/json",
      body: await messageTo(station, peer, due),
      timeoutMs: TIMEOUT_MS,
    });
    await settle(station, peer, due, receiptIn(station, peer, answer), answer as Envelope);
    return true;
  } catch (error) {
    const ids = due.map(({ effect }) => effect);
    // All that waits for a peer goes in one message: the job that sends it is woken once, for the earliest.
    await noteFailure(station, { kind: "return-outcome", peerId, ids }, error, async () => undefined);
    return false;
  }
}

/** From now on it may have arrived (law 8). */
async function noteSending({ db, clock }: Station, due: readonly Due[]): Promise<void> {
  const fresh = due.filter(({ isNew }) => isNew).map(({ effect }) => effect);
  if (fresh.length === 0) return;
  await db.kysely
    .updateTable("outcome_return")
    .set(stepColumns("sent", 0, clock()))
    .where("id", "=", sql<string>`any(${fresh}::uuid[])`)
    .where("stage", "=", "intended")
    .execute();
}

async function messageTo(
  station: Station,
  peer: Peer,
  due: readonly Due[],
): Promise<Uint8Array<ArrayBuffer>> {
  const message = await signStatement(
    outcomesMessage,
    {
      from: station.config.station.id,
      to: peer.id,
      sentAt: new Date(station.clock()).toISOString(),
      outcomes: due.map(({ outcome }) => outcome),
    },
    [station.keys.signing],
  );
  return new TextEncoder().encode(JSON.stringify(message));
}

/** What a receipt says, if it is this peer's word to us. */
function receiptIn(station: Station, peer: Peer, answer: unknown): OutcomesReceipt {
  const { body } = verifyStatement(answer, [parseVerifyingKey(peer.verify_key)], outcomesReceipt);
  if (body.from === peer.id && body.to === station.config.station.id) return body;
  throw new StationError("peer.answer-invalid", "The peer's receipt is not for what was sent to it.", {
    audience: "reviewer",
  });
}

/** What the peer has not taken, whether it says so or not, is asked again later: never at once, or it would be asked for ever. */
async function settle(
  station: Station,
  peer: Peer,
  due: readonly Due[],
  { taken, refused = [] }: OutcomesReceipt,
  receipt: Envelope,
): Promise<void> {
  const now = station.clock();
  const isTaken = new Set(taken);
  const whyNot = new Map(refused.map(({ id, why }) => [id, why]));
  const effectsOf = (wanted: (id: string) => boolean) =>
    due.filter(({ outcome }) => wanted(outcome.id)).map(({ effect }) => effect);
  const arrived = effectsOf((id) => isTaken.has(id));
  const others = effectsOf((id) => !isTaken.has(id) && !whyNot.has(id));
  const hadFailed = await station.db.transaction(async (tx) => {
    const message = newId(now);
    const delivered = await tx
      .updateTable("outcome_return")
      .set({ ...confirmedColumns(now), delivered_at: new Date(now).toISOString(), receipt: message })
      .where("id", "=", sql<string>`any(${arrived}::uuid[])`)
      .where("stage", "<>", "confirmed")
      .returning(["report_id", "outcome_id", "attempts"])
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
    await happenTo(
      tx,
      "return-outcome",
      others,
      { kind: "failed", trouble: "not-known", leads: false, retryAfterMs: UNKNOWN_RETRY_MS },
      { at: now, words: "The peer does not know the report yet." },
    );
    // Each that the peer cannot take is a person's on its own; the rest of its message has arrived.
    for (const why of new Set(whyNot.values())) {
      const ids = effectsOf((id) => !isTaken.has(id) && whyNot.get(id) === why);
      const words = `The peer does not take this outcome: ${why}`;
      await happenTo(
        tx,
        "return-outcome",
        ids,
        { kind: "failed", trouble: "blocked", leads: false },
        { at: now, words },
      );
    }
    await notePeer(tx, peer.id, now);
    if (whyNot.size > 0) await watchFrom(tx, now);
    if (others.length > 0) await watchFrom(tx, now + ALARMS_AFTER_MS[0]);
    return delivered.some(({ attempts }) => attempts > 0);
  });
  if (hadFailed)
    await noteRecovery(
      station.db.kysely,
      { kind: "return-outcome", peerId: peer.id },
      now,
      async () => undefined,
    );
}

async function wakeForTheRest(station: Station, peerId: string): Promise<void> {
  const { kysely } = station.db;
  const { next } = await kysely
    .selectFrom("outcome_return")
    .select((eb) => eb.fn.min("next_attempt_at").as("next"))
    .where("peer_id", "=", peerId)
    .where("open", "=", true)
    .executeTakeFirstOrThrow();
  if (next !== null) await wakeReturns(kysely, peerId, station.clock(), Date.parse(next));
}
