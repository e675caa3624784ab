import { sql, type Transaction } from "kysely";
import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { happenTo, watchFrom } from "../../effects/index.ts";
import { StationError } from "../../errors.ts";
import { addGatheringJob } from "../../jobs.ts";
import { newId } from "../../store/index.ts";
import type { Tables } from "../../store/tables.ts";
import type { SignalKind } from "../signal.ts";
import { entryNotTold, type NotTold } from "../told.ts";
import { saidFromJson } from "../write-entries.ts";
import { listedReasons } from "./reasons.ts";

export interface NewFeedback {
  kind: SignalKind;
  opinion: "affirmative" | "negative";
  /** The source's own names of reasons, as it lists them: nothing else ever leaves as one. */
  reasons: readonly string[];
  /** Why, for this station's own memory: it is not sent. */
  note: string;
}
interface Subject {
  bank: string;
  entry: string;
  signal: string;
  kind: SignalKind;
}

/**
 * A person decides what the source of an entry is told about it. Stored as an intent; nothing has left yet. It takes the place of what
 * was to be said before and has not arrived, so that an older word never comes after a newer one.
 * @throws StationError `not-found`; `conflict` where the source takes nothing back, or has been told that already; `request.invalid`
 */
export async function decideFeedback(
  station: Station,
  { bank, entry }: { bank: string; entry: string },
  { kind, opinion, reasons, note }: NewFeedback,
  by: Principal,
): Promise<string> {
  const subject = { bank, entry, kind, signal: await signalOf(station, { bank, entry }, kind) };
  const named = opinion === "negative" ? [...new Set(reasons)] : [];
  if (opinion === "negative") await mustBeListed(station, subject, named);
  const now = station.clock();
  const at = new Date(now).toISOString();
  const id = newId(now);
  await station.db.transaction(async (tx) => {
    // One at a time about an entry.
    await sql`select from bank_entry where id = ${entry}::uuid for update`.execute(tx);
    await mustBeNews(tx, subject, opinion, named);
    await letOlderLapse(tx, subject, now);
    await tx
      .insertInto("bank_feedback")
      .values({
        id,
        peer_id: bank,
        entry_id: entry,
        signal_id: subject.signal,
        opinion,
        reasons: named,
        note,
        decided_by: by.id,
        decided_at: at,
        moved_at: at,
        next_attempt_at: at,
      })
      .execute();
    await recordLeaf(tx, {
      kind: "bank.feedback-decided",
      at: now,
      actor: `person:${by.id}`,
      body: { feedback: id, bank, entry, signal: subject.signal, opinion, reasons: named },
    });
    await addGatheringJob(tx, "send-feedback", { bankId: bank }, bank, now);
  });
  return id;
}

/** The hash that is spoken about, of an entry whose source can be told. */
async function signalOf(
  { db, config }: Station,
  { bank, entry }: { bank: string; entry: string },
  kind: SignalKind,
): Promise<string> {
  const { rows } = await sql<{ signal: string; said: unknown; gone: boolean; by: string }>`
    select signal.id as signal, entry.said, entry.gone,
      (select by from bank_change change where change.entry_id = entry.id order by seq desc limit 1) as by
    from bank_entry entry join bank_signal signal on signal.entry_id = entry.id
    where entry.id = ${entry}::uuid and entry.bank_id = ${bank} and signal.kind = ${kind} and not signal.gone
    order by signal.id limit 1`.execute(db.kysely);
  const [row] = rows;
  if (row === undefined)
    throw new StationError("not-found", "There is no such entry with a hash of this kind now.", {
      remedy: "Look at the entry again: its source may have changed it.",
    });
  const { said, gone, by } = row;
  const why = entryNotTold(config, bank, { said: saidFromJson(said), gone, by }, kind);
  if (why !== undefined) throw takesNothing(why);
  return row.signal;
}

function takesNothing(why: NotTold): StationError {
  return new StationError("conflict", "The source of this entry takes nothing back about such a hash.", {
    problems: [{ path: "/kind", message: why }],
    remedy: "Tell it in another way, and switch off the part of the bank that is wrong if need be.",
  });
}

/** @throws StationError `request.invalid` */
async function mustBeListed(
  station: Station,
  { bank, kind }: Subject,
  named: readonly string[],
): Promise<void> {
  const { asks, reasons } = await listedReasons(station, bank, kind);
  const problems = named
    .filter((each) => !reasons.some(({ id }) => id === each))
    .map(() => ({ path: "/reasons", message: "names one that the source does not list" }));
  if (asks && named.length === 0) problems.push({ path: "/reasons", message: "is empty" });
  if (problems.length === 0) return;
  throw new StationError(
    "request.invalid",
    "A word against an entry is sent with reasons that its source lists.",
    {
      problems,
      remedy:
        "Choose from the reasons that the source lists; what you write yourself stays here, as the note.",
    },
  );
}

/** @throws StationError `conflict` */
async function mustBeNews(
  tx: Transaction<Tables>,
  { entry, kind }: Subject,
  opinion: NewFeedback["opinion"],
  named: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ opinion: string; reasons: string[]; stage: string }>`
    select feedback.opinion, feedback.reasons, feedback.stage from bank_feedback feedback
    join bank_signal signal on signal.id = feedback.signal_id
    where feedback.entry_id = ${entry}::uuid and signal.kind = ${kind} and feedback.stage not in ('lapsed', 'elsewhere')
    order by feedback.decided_at desc, feedback.id desc limit 1`.execute(tx);
  const [last] = rows;
  if (last === undefined || last.stage === "refused" || last.opinion !== opinion) return;
  if (JSON.stringify(last.reasons.toSorted()) !== JSON.stringify(named.toSorted())) return;
  throw new StationError("conflict", "The source has been told that already, or will be.", {
    remedy: "Look at the page again: it shows what was said and whether it has arrived.",
  });
}

async function letOlderLapse(tx: Transaction<Tables>, { entry, kind }: Subject, now: number): Promise<void> {
  const { rows } = await sql<{ id: string }>`select feedback.id from bank_feedback feedback
    join bank_signal signal on signal.id = feedback.signal_id
    where feedback.entry_id = ${entry}::uuid and signal.kind = ${kind} and feedback.open`.execute(tx);
  if (rows.length === 0) return;
  await happenTo(
    tx,
    "send-feedback",
    rows.map(({ id }) => id),
    { kind: "lapsed" },
    { at: now, words: null },
  );
  // A task that was about one of them is over.
  await watchFrom(tx, now);
}
