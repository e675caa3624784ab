import { z } from "zod";
import type { Station } from "../../context.ts";
import { BANK_SETTINGS, type BankView } from "../../desk-api/contract.ts";
import { bankNotTold } from "../told.ts";
import { bankSettingsSchema, type BankSettings, settingsOf } from "../settings.ts";
import { changedBy, JOIN_PERSON } from "./changed-by.ts";
import { bankRow, summaryOf } from "./summary.ts";

const AT_ONCE = 20;
/** By index bank_change_bank; one more than a page, because what a change changed is seen by the one before. */
const CHANGES = `select change.seq, change.what, change.said, change.at, change.by, person.name as person
  from bank_change change ${JOIN_PERSON}
  where change.bank_id = $1 and change.entry_id is null and ($2::bigint is null or change.seq < $2::bigint)
  order by change.seq desc limit $3`;

interface Row {
  seq: string;
  what: "bank-made" | "bank-changed";
  said: unknown;
  at: string;
  by: string;
  person: string | null;
}
const saidSchema = z.object({ reason: z.string().optional() }).and(z.record(z.string(), z.unknown()));

/**
 * A bank with its settings and what they were, a page of changes at a time.
 * @throws StationError `not-found`
 */
export async function bankPage(station: Station, id: string, after: string | undefined): Promise<BankView> {
  const row = await bankRow(station, id);
  const before = /^\d{1,18}$/.test(after ?? "") ? after : null;
  const { rows } = await station.db.pool.query<Row>(CHANGES, [id, before ?? null, AT_ONCE + 1]);
  const read = rows.map(readChange);
  const last = rows.length > AT_ONCE ? rows[AT_ONCE - 1] : undefined;
  const { accounts } = station.config.banks;
  const notTold = bankNotTold(station.config, id);
  return {
    ...summaryOf(station, row),
    settings: settingsOf(row),
    seen: before === null ? (rows[0]?.seq ?? "0") : await newestChange(station, id),
    curators: accounts.filter(({ curates }) => curates.includes(id)).map(({ username }) => username),
    sharedWith: accounts.filter(({ receives }) => receives.includes(id)).map(({ username }) => username),
    ...(notTold === undefined ? {} : { notTold }),
    changes: read.slice(0, AT_ONCE).map((change, at) => viewOf(change, read[at + 1]?.is)),
    ...(last === undefined ? {} : { next: last.seq }),
  };
}

async function newestChange({ db }: Station, id: string): Promise<string> {
  const { rows } = await db.pool.query<{ seq: string | null }>(
    "select max(seq) as seq from bank_change where bank_id = $1 and entry_id is null",
    [id],
  );
  return rows[0]?.seq ?? "0";
}

function readChange(row: Row) {
  const { reason, ...settings } = saidSchema.parse(row.said);
  return { row, reason, is: bankSettingsSchema.parse(settings) };
}

function viewOf(
  { row, reason, is }: ReturnType<typeof readChange>,
  was: BankSettings | undefined,
): BankView["changes"][number] {
  const isMade = row.what === "bank-made" || was === undefined;
  return {
    seq: row.seq,
    at: row.at,
    ...changedBy(row.by, row.person),
    ...(reason === undefined ? {} : { reason }),
    changed: isMade
      ? []
      : BANK_SETTINGS.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name])),
    ...(isMade ? {} : { was }),
    is,
  };
}
