import { sql, type Transaction } from "kysely";
import type { Tables } from "../../store/tables.ts";

/** Marks the reports that came in a burst which was found just now: all since its first that leave its field empty. */
export async function markFrom(tx: Transaction<Tables>, burst: string): Promise<void> {
  await sql`insert into format_mark (report_id, burst_id)
    select facts.report_id, burst.id
    from format_burst burst
    join sender_facts facts on facts.sender = burst.sender and facts.hour >= date_trunc('hour', burst.began_at, 'UTC')
    join report on report.id = facts.report_id and report.received_at >= burst.began_at
    where burst.id = ${burst}::uuid and facts.facts -> 'filled' -> burst.field = 'false'
    on conflict do nothing`.execute(tx);
}

/** Marks those of these reports that came in a burst that nobody has seen to, and notes which earlier ones they make up for. */
export async function markScored(tx: Transaction<Tables>, reports: readonly string[]): Promise<void> {
  if (reports.length === 0) return;
  await sql`insert into format_mark (report_id, burst_id)
    select facts.report_id, burst.id
    from sender_facts facts
    join report on report.id = facts.report_id
    join format_burst burst on burst.sender = facts.sender and burst.settled_at is null
      and report.received_at between burst.began_at and coalesce(burst.recovered_at, 'infinity')
    where facts.report_id = any(${reports}::uuid[]) and facts.facts -> 'filled' -> burst.field = 'false'
    on conflict do nothing`.execute(tx);
  await sql`update format_mark mark set filled_by = later.id
    from report later
    join sender_facts facts on facts.report_id = later.id
    cross join jsonb_array_elements(later.content -> 'references') as named
    join report earlier on earlier.handed_by = later.handed_by and earlier.handed_reference = named ->> 'value'
    join format_mark known on known.report_id = earlier.id and known.filled_by is null
    join format_burst burst on burst.id = known.burst_id
    where later.id = any(${reports}::uuid[]) and named ->> 'kind' = 'prior-report'
      and facts.facts -> 'filled' -> burst.field = 'true'
      and mark.report_id = known.report_id and mark.burst_id = known.burst_id`.execute(tx);
}
