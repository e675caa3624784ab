import {
  type BurstStep,
  burstSteps,
  type FillHistory,
  type HourFill,
  type OnBurst,
  RECENT_REPORTS,
  type ReportFill,
  type ScoredField,
  type Stretch,
} from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../../store/tables.ts";
import { openBurst, recoverBurst } from "./keep.ts";
import { markFrom, markScored } from "./marks.ts";

/** How far back a sender's past is read, beside its latest reports. */
const PAST_DAYS = 28;

/**
 * Looks whether these senders have begun to leave a field empty, or fill one again, and marks the reports that came meanwhile. Run where
 * reports are scored: nothing of it stands on the way of a report that comes in.
 * @param scored the reports that were scored just now
 * @param now milliseconds since 1970
 * @returns whether something changed that a person is to know
 */
export async function lookForBursts(
  tx: Transaction<Tables>,
  senders: readonly string[],
  scored: readonly string[],
  now: number,
): Promise<boolean> {
  let changed = false;
  for (const sender of senders) {
    const bursts = await burstsOf(tx, sender);
    const history = await historyOf(tx, sender);
    for (const step of burstSteps(history, onOf(bursts), cutOf(bursts))) {
      await take(tx, sender, step, bursts, now);
      changed = true;
    }
  }
  await markScored(tx, scored);
  return changed;
}

async function take(
  tx: Transaction<Tables>,
  sender: string,
  step: BurstStep,
  bursts: readonly Row[],
  now: number,
): Promise<void> {
  if (step.kind === "opens") {
    const id = await openBurst(tx, { ...step, sender, report: step.first }, now);
    if (id !== undefined) await markFrom(tx, id);
    return;
  }
  const on = bursts.find(({ field, recovered_at }) => field === step.field && recovered_at === null);
  if (on !== undefined) await recoverBurst(tx, on.id, step.now, now);
}

interface Row {
  id: string;
  field: ScoredField;
  before_count: number;
  before_of: number;
  began_at: string;
  recovered_at: string | null;
  settled_how: "accepted" | "seen-to" | null;
}

/** Those that are on, and those that its past is read without. */
async function burstsOf(tx: Transaction<Tables>, sender: string): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select id, field, before_count, before_of, began_at, recovered_at, settled_how
    from format_burst where sender = ${sender} and field <> 'refused' order by opened_at desc limit 200`.execute(
      tx,
    );
  return rows;
}

function onOf(bursts: readonly Row[]): OnBurst[] {
  return bursts
    .filter(({ recovered_at, settled_how }) => recovered_at === null && settled_how === null)
    .map(({ field, before_count: count, before_of: of, began_at: from }) => ({
      field,
      before: { count, of },
      from,
    }));
}

/** What was accepted is the past from its first report on; what is over is no part of it. */
function cutOf(bursts: readonly Row[]): Stretch[] {
  return bursts.flatMap(({ field, began_at, recovered_at, settled_how }) => {
    if (settled_how === "accepted")
      return [{ field, until: new Date(Date.parse(began_at) - 1).toISOString() }];
    return recovered_at === null ? [] : [{ field, from: began_at, until: recovered_at }];
  });
}

async function historyOf(tx: Transaction<Tables>, sender: string): Promise<FillHistory> {
  const { rows: recent } = await sql<ReportFill>`
    select report_id as report, report.received_at as at, facts -> 'filled' as filled
    from (
      select report_id, facts from sender_facts where sender = ${sender}
      order by hour desc, report_id desc limit ${RECENT_REPORTS}
    ) latest join report on report.id = latest.report_id`.execute(tx);
  if (recent.length < RECENT_REPORTS) return { hours: [], recent };
  const first = recent.reduce((least, { at }) => (at < least ? at : least), recent[0]?.at ?? "");
  const ends = `${first.slice(0, 13)}:00:00Z`;
  const { rows: hours } = await sql<HourFill>`select hour, card -> 'fields' as fields from sender_part
    where sender = ${sender} and hour < ${ends}::timestamptz
      and hour >= ${ends}::timestamptz - make_interval(days => ${PAST_DAYS})`.execute(tx);
  return { hours, recent };
}
