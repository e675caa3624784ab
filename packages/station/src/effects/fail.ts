import { needsPerson, nextAlarmAt } from "./machine/index.ts";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { notePeer } from "../peers/index.ts";
import type { Tables } from "../store/tables.ts";
import { EFFECT_TABLES, type EffectKind, happenTo, type Moved } from "./move.ts";
import { failureOf } from "./trouble.ts";
import { watchFrom } from "./watch.ts";

export interface FailedAttempt {
  kind: EffectKind;
  peerId: string;
  ids: readonly string[];
}

/**
 * Notes that an attempt has failed and when the next one comes, with the alarm that sounds if none helps: all or nothing.
 * @param wake enqueues the next attempt of those that have one
 * @throws what the attempt threw, where the database is away
 */
export async function noteFailure(
  station: Station,
  { kind, peerId, ids }: FailedAttempt,
  error: unknown,
  wake: (tx: Transaction<Tables>, moved: readonly Moved[], now: number) => Promise<void>,
): Promise<void> {
  const { happening, words, code, isPeers } = failureOf(error);
  const now = station.clock();
  const fields = { kind, peer: peerId, code, effects: ids.length };
  if (isPeers) station.log.warn(fields, "effect.failed");
  else station.log.error({ ...fields, err: error }, "effect.failed");
  await station.db.transaction(async (tx) => {
    const leads = await leadsOthers(tx, kind, peerId, ids);
    const what = happening.kind === "failed" ? { ...happening, leads } : happening;
    // Another worker may have got it through meanwhile: then there is nothing to note.
    const moved = await happenTo(tx, kind, ids, what, { at: now, words });
    if (moved.length === 0) return;
    if (isPeers && kind !== "send-feedback") await notePeer(tx, peerId, now, words);
    await wake(tx, moved, now);
    await watchThem(tx, moved, now);
  });
}

/** Whether one of these is the one that finds out for all others to the peer when it is back: the one that waits longest. */
async function leadsOthers(
  tx: Transaction<Tables>,
  kind: EffectKind,
  peerId: string,
  ids: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(EFFECT_TABLES[kind])}
    where peer_id = ${peerId} and open and trouble in ('unreachable', 'answer-invalid') order by moved_at, id limit 1`.execute(
    tx,
  );
  const [first] = rows;
  return first === undefined || ids.includes(first.id);
}

/** Alarms are set with the first failure; what needs a person from now on is a task at once. */
async function watchThem(tx: Transaction<Tables>, moved: readonly Moved[], now: number): Promise<void> {
  const isNews = moved.some(({ before, now: after }) => needsPerson(after) && !needsPerson(before));
  const alarms = moved
    .filter(({ before }) => before.attempts === 0)
    .flatMap(({ now: after }) => nextAlarmAt(after, now) ?? now);
  if (isNews) await watchFrom(tx, now);
  else if (alarms.length > 0) await watchFrom(tx, Math.min(...alarms));
}
