import { ALARMS_AFTER_MS } from "../effects/index.ts";
import type { Station } from "../context.ts";

/** Reports that a person decided may go, whose time is over, and that wait for another person. */
export interface WaitingErasures {
  /** When the first of them was over, milliseconds since 1970. */
  first: number;
  reportId: string;
  /** Who decided, where it was the same person each time: they cannot confirm any of them. */
  decidedBy: string | null;
}

/** What waits for a second person; `undefined` where nothing does. */
export async function waitingErasures({ db }: Station, now: number): Promise<WaitingErasures | undefined> {
  const { rows } = await db.pool.query<{ first: string; report_id: string; deciders: string[] }>(
    `select min(keeping.content_until) as first, array_agg(distinct decision.decided_by)::text[] as deciders,
       (array_agg(keeping.report_id order by keeping.content_until, keeping.report_id))[1] as report_id
     from keeping join keeping_decision decision on decision.id = keeping.let_go
     where keeping.let_go is not null and keeping.content_until <= $1::timestamptz
       and not exists (select from erasure where erasure.report_id = keeping.report_id and erasure.stage <> 'stopped')
     having count(*) > 0`,
    [new Date(now).toISOString()],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const [only, ...others] = row.deciders;
  return {
    first: Date.parse(row.first),
    reportId: row.report_id,
    decidedBy: others.length === 0 ? (only ?? null) : null,
  };
}

/** An erasure that does not come to its end. */
export interface StandingErasure {
  number: string;
  reportId: string;
  since: number;
}

/** Erasures that have stood still for as long as anything else that a person is called for. Index erasure_open. */
export async function standingErasures({ db }: Station, now: number): Promise<StandingErasure[]> {
  const { rows } = await db.pool.query<{ number: string; report_id: string; since: string }>(
    `select number::text, report_id, confirmed_at as since from erasure
     where stage in ('confirmed', 'erasing') and confirmed_at <= $1::timestamptz order by number`,
    [new Date(now - ALARMS_AFTER_MS[0]).toISOString()],
  );
  return rows.map(({ number, report_id, since }) => ({
    number,
    reportId: report_id,
    since: Date.parse(since),
  }));
}
