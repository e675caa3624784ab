import type { Station } from "../../context.ts";
import type { BankList } from "../../desk-api/contract.ts";
import { sqlFile } from "../../sql-file.ts";
import type { BankExchangeTable, BankTable } from "../../store/tables.ts";
import { unknownBank } from "../settings.ts";

const SUMMARY = sqlFile(import.meta.url, "./summary.sql");
const AFTER = `${SUMMARY} where $1::text is null or (bank.name, bank.id) > (select name, id from bank where id = $1)
  order by bank.name, bank.id limit $2`;
const ONE = `${SUMMARY} where bank.id = $1`;

const AT_ONCE = 50;

export interface BankRow extends BankTable {
  live: number;
  gone: number;
  changed_at: string | null;
  exchange_kind: BankExchangeTable["kind"] | null;
  fetched_at: string | null;
  caught_up_at: string | null;
  failing_since: string | null;
  trouble: "unreachable" | "answer-invalid" | "blocked" | "fault" | null;
  last_error: string | null;
  attempts: number | null;
  next_at: string | null;
}
type BankSummary = BankList["banks"][number];

/** Banks by name, a page at a time. */
export async function bankList(station: Station, after: string | undefined): Promise<BankList> {
  const { rows } = await station.db.pool.query<BankRow>(AFTER, [after ?? null, AT_ONCE + 1]);
  const shown = rows.slice(0, AT_ONCE);
  const last = rows.length > AT_ONCE ? shown.at(-1) : undefined;
  return {
    banks: shown.map((row) => summaryOf(station, row)),
    ...(last === undefined ? {} : { next: last.id }),
  };
}

/** @throws StationError `not-found` */
export async function bankRow({ db }: Station, id: string): Promise<BankRow> {
  const { rows } = await db.pool.query<BankRow>(ONE, [id]);
  if (rows[0] === undefined) throw unknownBank(id);
  return rows[0];
}

export function summaryOf(station: Station, row: BankRow): BankSummary {
  const { id, name, source, trust, semantics, live, gone, changed_at } = row;
  const exchange = exchangeOf(station, row);
  return {
    id,
    name,
    source,
    trust,
    semantics,
    matches: matchesOf(row),
    live,
    gone,
    ...(changed_at === null ? {} : { changedAt: changed_at }),
    ...(exchange === undefined ? {} : { exchange }),
  };
}

function matchesOf({ enabled, categories, tags, members }: BankTable): BankSummary["matches"] {
  if (!enabled) return "off";
  return categories === null && tags === null && members === null ? "on" : "in-part";
}

function exchangeOf({ config }: Station, row: BankRow): BankSummary["exchange"] {
  const { exchange_kind, fetched_at, caught_up_at, failing_since, trouble, last_error, next_at } = row;
  if (exchange_kind === null) return undefined;
  return {
    kind: exchange_kind,
    runs: config.banks.exchanges.some(({ bank }) => bank === row.id),
    ...(fetched_at === null ? {} : { fetchedAt: fetched_at }),
    ...(caught_up_at === null ? {} : { caughtUpAt: caught_up_at }),
    ...(failing_since === null || trouble === null
      ? {}
      : {
          failing: { since: failing_since, trouble, words: last_error ?? "", attempts: row.attempts ?? 0 },
        }),
    ...(next_at === null ? {} : { nextAt: next_at }),
  };
}
