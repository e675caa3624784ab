import type { Safeguarding } from "@fairlead/assessment";
import { type RawBuilder, sql } from "kysely";
import { STATE_OF_CHILD } from "./state.ts";

/**
 * What the rules say of a child, as a part of the statement that keeps an assessment: `, safeguarded as (…), hurried as (…)`, for the report
 * that `kept` names. Its time is only ever brought forward, for a referral that nobody has told yet as well; what people decided stays.
 */
export function keptSafeguarding(reportId: string, found: Safeguarding): RawBuilder<unknown> {
  const state = sql.raw(STATE_OF_CHILD);
  return sql`, safeguarded as (
      insert into safeguarding (report_id, called, urgency, due_at, result, seen, state,
        declined_by, declined_at, declined_reason, declined_seen)
      select child.report_id, child.called, child.urgency, child.due_at, child.result, child.seen, ${state},
        child.declined_by, child.declined_at, child.declined_reason, child.declined_seen
      from (
        select kept.id as report_id, ${found.called}::boolean as called, ${found.urgency}::text as urgency,
          least(${found.by}::timestamptz, before.due_at) as due_at,
          ${JSON.stringify(found)}::jsonb as result, ${JSON.stringify(seenIn(found))}::jsonb as seen,
          before.declined_by, before.declined_at, before.declined_reason, before.declined_seen
        from kept left join safeguarding before on before.report_id = kept.id
      ) child
      on conflict (report_id) do update set called = excluded.called, urgency = excluded.urgency,
        due_at = excluded.due_at, result = excluded.result, seen = excluded.seen, state = excluded.state
    ), hurried as (
      update safeguarding_referral set due_at = ${found.by}::timestamptz, urgency = ${found.urgency}::text
      where report_id = ${reportId}::uuid and state = 'decided' and due_at > ${found.by}::timestamptz
        and exists (select from kept)
    )`;
}

/** The keys of what a person has before them: anything else is new. */
export function seenIn({ reasons }: Pick<Safeguarding, "reasons">): string[] {
  return [...new Set(reasons.map(({ code, path }) => `${code}@${path}`))];
}
