import { type RawBuilder, sql } from "kysely";
import type { Peer } from "../peers/index.ts";

interface StartedRow {
  report_id: string;
}

/**
 * Starts the clocks of the laws for a report that was delivered, as parts of the statement that stores the delivery: no report is known
 * as filed whose clock does not run. How long it runs is counted afterwards.
 * @param now when the clearinghouse's answer came, milliseconds since 1970
 */
export function keepingStarts(
  { id, report_id }: { id: string; report_id: string },
  { wire }: Peer,
  now: number,
): { events: RawBuilder<StartedRow>; due: RawBuilder<StartedRow> } {
  return {
    events: sql<StartedRow>`(insert into keeping_event (referral_id, started, report_id, at)
      select changed.id, start.started, ${report_id}::uuid, start.at from changed cross join (
        select 'filed' as started, ${new Date(now).toISOString()}::timestamptz as at where ${wire} = 'cybertipline'
        union all
        select 'sent', coalesce(sending_since, issued_at) from uk_filing
          where referral_id = ${id}::uuid and issued_at is not null and ${wire} = 'uk-direct'
        union all
        select 'issued', issued_at from uk_filing
          where referral_id = ${id}::uuid and issued_at is not null and ${wire} = 'uk-direct'
      ) start on conflict do nothing returning report_id)`,
    due: sql<StartedRow>`(insert into keeping (report_id, counted) select distinct report_id, false from started
      on conflict (report_id) do update set counted = false returning report_id)`,
  };
}
