import { after, type Effect, type Happening, reachOf, type Stage } from "./machine/index.ts";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";

/** The tables whose rows are effects, by what the view `effect` calls them. */
export const EFFECT_TABLES = {
  refer: "referral",
  "return-outcome": "outcome_return",
  "ask-peer": "deconfliction_query",
  "send-feedback": "bank_feedback",
} as const;
export type EffectKind = keyof typeof EFFECT_TABLES;

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * What the machine's `step` makes of a row, as columns of the statement that stores the step with what it is about. A property holds
 * it to the machine. What is settled or refused must be kept out by the statement.
 * @param now milliseconds since 1970
 */
export function stepColumns(
  stage: Exclude<Extract<Happening, { kind: "step" }>["stage"], undefined>,
  files: number,
  now: number,
): { stage: Stage; moved_at: RawBuilder<string>; reached: RawBuilder<string> } {
  const reach = reachOf(stage, files);
  return {
    stage,
    moved_at: sql<string>`case when ${reach}::bigint > reached then ${iso(now)}::timestamptz else moved_at end`,
    reached: sql<string>`greatest(reached, ${reach}::bigint)`,
  };
}

/** What the machine's `confirmed` makes of a row. */
export function confirmedColumns(now: number) {
  return {
    stage: "confirmed" as const,
    reached: String(reachOf("confirmed")),
    moved_at: iso(now),
    trouble: null,
    last_error: null,
    next_attempt_at: null,
  };
}

/** An effect before and after something happened to it. */
export interface Moved {
  id: string;
  before: Effect;
  now: Effect;
}

/**
 * Lets something happen to effects, by the machine and by nothing else.
 * @param words what stands in the way, for people; null: nothing; without it what stood there stays
 * @returns those that it changed
 */
export async function happenTo(
  tx: Transaction<Tables>,
  kind: EffectKind,
  ids: readonly string[],
  happening: Happening,
  { at, words }: { at: number; words?: string | null },
): Promise<Moved[]> {
  const table = sql.table(EFFECT_TABLES[kind]);
  const { rows } =
    await sql<Row>`select id, stage, reached, moved_at, attempts, next_attempt_at, trouble from ${table}
    where id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  const moved = rows
    .map((row) => ({ id: row.id, before: effectOf(row), now: after(effectOf(row), happening, at) }))
    .filter(({ before, now }) => JSON.stringify(before) !== JSON.stringify(now));
  if (moved.length === 0) return [];
  const column = <T>(value: (effect: Effect) => T) => moved.map(({ now }) => value(now));
  await sql`update ${table} set stage = given.stage, reached = given.reached, moved_at = given.moved_at,
      attempts = given.attempts, next_attempt_at = given.next_attempt_at, trouble = given.trouble
      ${words === undefined ? sql`` : sql`, last_error = ${words?.slice(0, 500) ?? null}::text`}
    from unnest(
      ${moved.map(({ id }) => id)}::uuid[], ${column(({ stage }) => stage)}::text[], ${column(({ reached }) => reached)}::bigint[],
      ${column(({ movedAt }) => iso(movedAt))}::timestamptz[], ${column(({ attempts }) => attempts)}::integer[],
      ${column(({ nextAt }) => (nextAt === null ? null : iso(nextAt)))}::timestamptz[], ${column(({ trouble }) => trouble)}::text[]
    ) as given (id, stage, reached, moved_at, attempts, next_attempt_at, trouble)
    where ${table}.id = given.id`.execute(tx);
  return moved;
}

interface Row {
  id: string;
  stage: Stage;
  reached: string;
  moved_at: string;
  attempts: number;
  next_attempt_at: string | null;
  trouble: Effect["trouble"];
}

function effectOf(row: Row): Effect {
  return {
    stage: row.stage,
    reached: Number(row.reached),
    movedAt: Date.parse(row.moved_at),
    attempts: row.attempts,
    nextAt: row.next_attempt_at === null ? null : Date.parse(row.next_attempt_at),
    trouble: row.trouble,
  };
}
