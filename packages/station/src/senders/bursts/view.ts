import { type ScoredField, wilson } from "@fairlead/assessment";
import type { Station } from "../../context.ts";
import type { BurstView } from "../../desk-api/sender-contract.ts";
import { sqlFile } from "../../sql-file.ts";
import { isoFromJson } from "../../store/index.ts";
import type { BurstField } from "./keep.ts";

/** Bursts as `BurstRow`s: a part of statements that choose among them by `sender`, `opened_at` and `settled_at`. */
export const BURST_ROWS = sqlFile(import.meta.url, "./list.sql");
/** What the report of the row `page` leaves empty: a value, a JSON list of rows or null. */
export const LEFT_EMPTY = sqlFile(import.meta.url, "./of-row.sql");
export interface LeftEmptyRow {
  field: ScoredField;
  sender: string;
  since: string;
  state: BurstView["state"];
  filledBy: string | null;
}
/** Whether `report` stands in the lane: a part of a statement's condition. */
export const IN_BURST = `report.id in (
  select mark.report_id from format_burst burst join format_mark mark on mark.burst_id = burst.id and mark.filled_by is null
  where burst.settled_at is null)`;
/** How much there is to see to: a value. */
export const BURST_COUNTS = sqlFile(import.meta.url, "./counts.sql");

/** Settled ones that a page shows. */
const SETTLED = 10;

/** A burst as list.sql makes it. */
export interface BurstRow {
  id: string;
  field: BurstField;
  before: { count: number; of: number };
  now: { count: number; of: number };
  beganAt: string;
  openedAt: string;
  recoveredAt: string | null;
  reports: number;
  filledLater: number;
  settled: { at: string; how: "accepted" | "seen-to"; by: string; reason: string } | null;
}

/** A sender's bursts: those that nobody has settled first, then the latest others. */
export async function burstsOfSender(station: Station, sender: string): Promise<BurstView[]> {
  const { rows } = await station.db.pool.query<{ shown: BurstRow }>(
    `select own.shown from (${BURST_ROWS}) own where own.sender = $1 and own.settled_at is null
     union all (
       select own.shown from (${BURST_ROWS}) own where own.sender = $1 and own.settled_at is not null
       order by own.settled_at desc limit ${SETTLED}
     )`,
    [sender],
  );
  return rows.map(({ shown }) => burstView(shown));
}

export function burstView(row: BurstRow): BurstView {
  const { id, field, before, now, reports, filledLater, recoveredAt, settled } = row;
  return {
    id,
    field,
    before: wilson(before),
    now: wilson(now),
    since: isoFromJson(row.beganAt),
    openedAt: isoFromJson(row.openedAt),
    state: settled?.how ?? (recoveredAt === null ? "on" : "over"),
    ...(recoveredAt === null ? {} : { recoveredAt: isoFromJson(recoveredAt) }),
    reports,
    filledLater,
    ...(settled === null ? {} : { settled: { ...settled, at: isoFromJson(settled.at) } }),
  };
}
