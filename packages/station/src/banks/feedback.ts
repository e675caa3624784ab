import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { confirmedColumns, noteFailure, noteRecovery, stepColumns } from "../effects/index.ts";
import { StationError } from "../errors.ts";
import { addGatheringJob } from "../jobs.ts";
import { newId } from "../store/index.ts";
import { sendOpinion } from "./exchanges/opinion.ts";
import type { SignalKind } from "./signal.ts";
import { saidFromJson } from "./write-entries.ts";

export interface NewFeedback {
  kind: SignalKind;
  opinion: "affirmative" | "negative";
  /** The source's own names of reasons; a negative word has at least one where the source asks for them. */
  reasons: readonly string[];
  /** Why, for this station's own memory: it is not sent. */
  note: string;
}

/**
 * A person decides what the source of an entry is told about it. Stored as an intent; nothing has left yet.
 * @throws StationError `not-found`, `conflict` where the source takes nothing back, `request.invalid`
 */
export async function decideFeedback(
  station: Station,
  entryId: string,
  { kind, opinion, reasons, note }: NewFeedback,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const id = newId(now);
  await station.db.transaction(async (tx) => {
    const { rows } = await sql<{ bank_id: string; signal_id: string }>`
      select entry.bank_id, signal.id as signal_id from bank_entry entry join bank_signal signal on signal.entry_id = entry.id
      where entry.id = ${entryId}::uuid and signal.kind = ${kind} and not signal.gone order by signal.id limit 1`.execute(
      tx,
    );
    const [row] = rows;
    if (row === undefined)
      throw new StationError("not-found", "There is no such entry with a hash of this kind now.", {
        remedy: "Look at the entry again: its source may have changed it.",
      });
    mustTake(station, row.bank_id, kind, { opinion, reasons });
    await tx
      .insertInto("bank_feedback")
      .values({
        id,
        peer_id: row.bank_id,
        entry_id: entryId,
        signal_id: row.signal_id,
        opinion,
        reasons: opinion === "negative" ? [...reasons] : [],
        note,
        decided_by: by.id,
        decided_at: iso(now),
        moved_at: iso(now),
        next_attempt_at: iso(now),
      })
      .execute();
    await recordLeaf(tx, {
      kind: "bank.feedback-decided",
      at: now,
      actor: `person:${by.id}`,
      body: { feedback: id, bank: row.bank_id, entry: entryId, signal: row.signal_id, opinion, reasons },
    });
    await addGatheringJob(tx, "send-feedback", { bankId: row.bank_id }, row.bank_id, now);
  });
  return id;
}

function mustTake(
  { config }: Station,
  bankId: string,
  kind: SignalKind,
  { opinion, reasons }: Pick<NewFeedback, "opinion" | "reasons">,
): void {
  const exchange = config.banks.exchanges.find(({ bank }) => bank === bankId);
  const takes =
    (exchange?.kind === "ncmec" && kind !== "sha256") ||
    (exchange?.kind === "stopncii" && exchange.feedbackKeyFile !== undefined);
  if (!takes)
    throw new StationError("conflict", "The source of this entry takes nothing back about such a hash.", {
      remedy: "Tell it in another way, and switch off the part of the bank that is wrong if need be.",
    });
  if (exchange?.kind === "ncmec" && opinion === "negative" && reasons.length === 0)
    throw new StationError("request.invalid", "A negative word to this source names at least one reason.", {
      problems: [{ path: "/reasons", message: "is empty" }],
      remedy: "Choose one of the reasons that the source lists.",
    });
}

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
