import { sql, type Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";
import { EFFECT_TABLES, type EffectKind } from "./move.ts";
import { watchFrom } from "./watch.ts";

/** Woken by each that gets through: together they come back faster and faster, and never all at once. */
const WOKEN_AT_ONCE = 20;

/**
 * After one got through that had failed before: brings forward what waits for the same peer, and has its task looked at.
 * @param wake enqueues the attempt of one that was brought forward
 */
export async function noteRecovery(
  db: Kysely<Tables>,
  { kind, peerId }: { kind: EffectKind; peerId: string },
  now: number,
  wake: (id: string) => Promise<void>,
): Promise<void> {
  const table = sql.table(EFFECT_TABLES[kind]);
  const at = new Date(now).toISOString();
  const { rows } = await sql<{ id: string }>`update ${table} set next_attempt_at = ${at}::timestamptz
    from (
      select id from ${table} where peer_id = ${peerId} and open and trouble in ('unreachable', 'answer-invalid')
        and next_attempt_at > ${at}::timestamptz
      order by moved_at, id limit ${WOKEN_AT_ONCE} for update skip locked
    ) waiting where ${table}.id = waiting.id returning ${table}.id`.execute(db);
  for (const { id } of rows) await wake(id);
  const { rows: tasks } =
    await sql`select from task where closed_at is null and coalesce(peer_id, bank_id) = ${peerId} limit 1`.execute(
      db,
    );
  if (tasks.length > 0) await watchFrom(db, now);
}
