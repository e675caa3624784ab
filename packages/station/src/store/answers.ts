import type { AnswerRecord } from "@fairlead/assessment";
import { type QueryCreator, sql } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * The answers about the report at hand, those that came with it before this station's own, as a part of a statement over `report`: one
 * value, a JSON list.
 */
export const ANSWERS_OF_REPORT = `select coalesce(json_agg(answer.record order by answer.own, answer.position), '[]') from (
    select false as own, carried_answer.position::bigint as position, carried_answer.record
    from carried_answer where carried_answer.report_id = report.id
    union all
    select true, request_answer.position, request_answer.record
    from request_answer where request_answer.report_id = report.id
  ) answer`;

/** Keeps answers that came with reports, in their order. */
export function insertCarriedAnswers(
  db: QueryCreator<Tables>,
  carried: ReadonlyArray<{ reportId: string; fromPeer: string; position: number; record: AnswerRecord }>,
) {
  return db
    .insertInto("carried_answer")
    .columns(["report_id", "position", "record", "from_peer"])
    .expression(
      sql`select answer.* from unnest(
        ${carried.map(({ reportId }) => reportId)}::uuid[], ${carried.map(({ position }) => position)}::integer[],
        ${carried.map(({ record }) => JSON.stringify(record))}::jsonb[], ${carried.map(({ fromPeer }) => fromPeer)}::text[]
      ) as answer`,
    );
}
