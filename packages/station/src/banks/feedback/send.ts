import { sql } from "kysely";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { confirmedColumns, noteFailure, noteRecovery, stepColumns } from "../../effects/index.ts";
import { StationError } from "../../errors.ts";
import { addGatheringJob } from "../../jobs.ts";
import { sendOpinion } from "../exchanges/opinion.ts";
import type { SignalKind } from "../signal.ts";
import { saidFromJson } from "../write-entries.ts";

interface Due {
  id: string;
  stage: string;
  attempts: number;
  key: string;
  said: unknown;
  kind: SignalKind;
  value: string;
  opinion: "affirmative" | "negative";
  reasons: string[];
}

/** Sends what is due to a source, one word after the other. The same word again changes nothing over there, so it may be sent twice. */
export async function sendFeedback(station: Station, { bankId }: { bankId: string }): Promise<void> {
  const exchange = station.config.banks.exchanges.find(({ bank }) => bank === bankId);
  for (;;) {
    const due = await nextDue(station, bankId);
    if (due === undefined) break;
    try {
      if (exchange === undefined)
        throw new StationError("peer.unknown", "This bank has no exchange any more.", {
          audience: "reviewer",
        });
      await noteSending(station, due);
      await sendOpinion(station, exchange, { ...due, said: saidFromJson(due.said) });
      await noteSent(station, bankId, due);
    } catch (error) {
      await noteFailure(
        station,
        { kind: "send-feedback", peerId: bankId, ids: [due.id] },
        error,
        async () => undefined,
      );
    }
  }
  await wakeForTheRest(station, bankId);
}

async function nextDue({ db, clock }: Station, bankId: string): Promise<Due | undefined> {
  const { rows } =
    await sql<Due>`select feedback.id, feedback.stage, feedback.attempts, entry.key, entry.said, signal.kind,
      encode(signal.value, 'hex') as value, feedback.opinion, feedback.reasons
    from bank_feedback feedback join bank_entry entry on entry.id = feedback.entry_id join bank_signal signal on signal.id = feedback.signal_id
    where feedback.peer_id = ${bankId} and feedback.open and feedback.next_attempt_at <= ${iso(clock())}::timestamptz
    order by feedback.next_attempt_at, feedback.id limit 1`.execute(db.kysely);
  return rows[0];
}

/** From now on it may have arrived (law 8). */
async function noteSending({ db, clock }: Station, { id, stage }: Due): Promise<void> {
  if (stage !== "intended") return;
  await db.kysely
    .updateTable("bank_feedback")
    .set(stepColumns("sent", 0, clock()))
    .where("id", "=", id)
    .where("stage", "=", "intended")
    .execute();
}

async function noteSent(station: Station, bankId: string, { id, attempts }: Due): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const sent = await tx
      .updateTable("bank_feedback")
      .set({ ...confirmedColumns(now), delivered_at: iso(now) })
      .where("id", "=", id)
      .where("stage", "!=", "confirmed")
      .returning("id")
      .executeTakeFirst();
    if (sent === undefined) return;
    await recordLeaf(tx, {
      kind: "bank.feedback-sent",
      at: now,
      actor: "station",
      body: { feedback: id, bank: bankId },
    });
    if (attempts > 0)
      await noteRecovery(tx, { kind: "send-feedback", peerId: bankId }, now, async () => {
        await addGatheringJob(tx, "send-feedback", { bankId }, bankId, now);
      });
  });
}

async function wakeForTheRest({ db }: Station, bankId: string): Promise<void> {
  const { rows } = await sql<{ at: string | null }>`select min(next_attempt_at) as at from bank_feedback
    where peer_id = ${bankId} and open and next_attempt_at is not null`.execute(db.kysely);
  const at = rows[0]?.at ?? null;
  if (at !== null) await addGatheringJob(db.kysely, "send-feedback", { bankId }, bankId, Date.parse(at));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
