import { ALARMS_AFTER_MS, EFFECT_TABLES, type EffectKind, happenTo } from "../effects/index.ts";
import { sql, type Transaction } from "kysely";
import { fetchAgain } from "../banks/index.ts";
import type { Station } from "../context.ts";
import { addGatheringJob, addJob } from "../jobs.ts";
import type { Tables, TaskKind } from "../store/tables.ts";

/** The effects that a task is about. */
export interface TaskScope {
  key: string;
  kind: TaskKind;
  /** The bank's id for what is said to its source. Null where it is about neither, and so about no effect. */
  peerId: string | null;
}

/** Whether a task of this kind is about something on its way out. */
export function hasEffects(kind: TaskKind): kind is EffectKind {
  return kind !== "keep" && kind !== "sender-format" && kind !== "fetch-hashes" && kind !== "erase";
}

/** Effects that are taken up again in one go; the rest come back as these get through. */
const AT_ONCE = 200;

/**
 * Ids of what a task is about and is open, the longest waiting first. What has just set out to the same peer and met no trouble is not.
 * @param now milliseconds since 1970
 */
export async function openEffects(tx: Transaction<Tables>, scope: TaskScope, now: number): Promise<string[]> {
  const { kind } = scope;
  if (!hasEffects(kind)) return [];
  const table = sql.table(EFFECT_TABLES[kind]);
  const one = /^(?:effect|incomplete):(.+)$/.exec(scope.key)?.[1];
  const stood = new Date(now - ALARMS_AFTER_MS[0]).toISOString();
  const which =
    one === undefined
      ? sql`peer_id = ${scope.peerId} and stage <> 'refused' and (trouble is not null or moved_at <= ${stood}::timestamptz)`
      : sql`id = ${one}::uuid`;
  const { rows } = await sql<{ id: string }>`select id from ${table} where open and ${which}
    order by moved_at, id limit ${AT_ONCE}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Puts the effects of a cause into the queue again. @param onlyOverdue leaves those that will come by themselves */
export async function wakeCause(
  station: Station,
  cause: TaskScope,
  { onlyOverdue }: { onlyOverdue: boolean },
): Promise<void> {
  const now = station.clock();
  const { kind } = cause;
  await station.db.transaction(async (tx) => {
    const ids = await openEffects(tx, cause, now);
    const due = onlyOverdue && hasEffects(kind) ? await overdue(tx, kind, ids, now) : ids;
    await enqueue(tx, cause, due, now);
  });
}

/** A person has them tried again now: what was refused starts anew. @returns how many there are */
export async function tryAgain(tx: Transaction<Tables>, scope: TaskScope, now: number): Promise<number> {
  const ids = await openEffects(tx, scope, now);
  const { kind } = scope;
  if (kind === "fetch-hashes" && scope.peerId !== null) return await fetchAgain(tx, scope.peerId, now);
  if (!hasEffects(kind)) return 0;
  await happenTo(tx, kind, ids, { kind: "again" }, { at: now });
  await enqueue(tx, scope, ids, now);
  return ids.length;
}

async function enqueue(
  tx: Transaction<Tables>,
  { kind, peerId }: TaskScope,
  ids: readonly string[],
  now: number,
): Promise<void> {
  if (ids.length === 0 || peerId === null) return;
  switch (kind) {
    case "keep":
    case "erase":
    case "sender-format":
    case "fetch-hashes":
      return;
    case "send-feedback":
      await addGatheringJob(tx, "send-feedback", { bankId: peerId }, peerId, now);
      return;
    case "refer":
      for (const id of ids) await addJob(tx, "advance-referral", { referralId: id }, id, now);
      return;
    case "return-outcome":
      await addGatheringJob(tx, "return-outcomes", { peerId }, peerId, now);
      return;
    case "ask-peer":
      await addGatheringJob(tx, "ask-peer", { peerId }, peerId, now);
  }
}

/** Of these, what should have been tried a while ago. */
async function overdue(
  tx: Transaction<Tables>,
  kind: EffectKind,
  ids: readonly string[],
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(EFFECT_TABLES[kind])}
    where id = any(${ids}::uuid[]) and next_attempt_at < ${new Date(now - 60_000).toISOString()}::timestamptz`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
