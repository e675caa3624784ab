import { sql } from "kysely";
import type { Station } from "../context.ts";

/** A decision that holds and concerns a report, as its page shows it. */
export interface DecisionRow {
  id: string;
  kind: "same" | "different" | "never-link";
  /** The other of the two, where it is about two. */
  other: { report: string; number: string; person: string } | null;
  value_kind: string | null;
  value: string | null;
  reason: string;
  name: string;
  decided_at: string;
}

/** The decisions that hold about a report's persons, and about values that it holds, the newest first. */
export async function liveDecisionsOfReport(station: Station, reportId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select link_decision.id, link_decision.kind, link_decision.value_kind, link_decision.value, link_decision.reason,
      person.name, link_decision.decided_at,
      case when other.id is null then null else json_build_object(
        'report', other.id, 'number', other.number::text,
        'person', case when link_decision.a_report = ${reportId}::uuid then link_decision.b_person else link_decision.a_person end
      ) end as other
    from link_decision
    join person on person.id = link_decision.decided_by
    left join report other on other.id
      = case when link_decision.a_report = ${reportId}::uuid then link_decision.b_report else link_decision.a_report end
    where link_decision.undone_at is null and (
      link_decision.a_report = ${reportId}::uuid or link_decision.b_report = ${reportId}::uuid
      or (link_decision.kind = 'never-link' and exists (
        select from linking_key where linking_key.report_id = ${reportId}::uuid
          and linking_key.kind = link_decision.value_kind and linking_key.value = link_decision.value
      ))
    )
    order by link_decision.decided_at desc, link_decision.id limit 200`.execute(station.db.kysely);
  return rows;
}
