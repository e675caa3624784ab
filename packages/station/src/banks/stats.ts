import { sqlFile } from "../sql-file.ts";
import type { BankTable } from "../store/tables.ts";
import type { Database } from "../store/index.ts";
import { type BankSettings, settingsOf } from "./settings.ts";
import type { SignalKind } from "./signal.ts";

const STATS = sqlFile(import.meta.url, "./stats.sql");

/** A bank with how much is in it. */
export interface BankStats extends BankSettings {
  id: string;
  entries: number;
  /** Entries that their source took back. */
  tombstones: number;
  signals: Record<SignalKind, number>;
  /** When anything in it last changed; absent: nothing was ever in it. */
  changedAt?: string;
}

interface Row extends BankTable, Record<SignalKind, number> {
  entries: number;
  tombstones: number;
  changed_at: string | null;
}

/** All banks, by name. */
export async function bankStats(db: Database): Promise<BankStats[]> {
  const { rows } = await db.pool.query<Row>(STATS);
  return rows.map((row) => ({
    id: row.id,
    ...settingsOf(row),
    entries: row.entries,
    tombstones: row.tombstones,
    signals: { md5: row.md5, sha1: row.sha1, sha256: row.sha256, pdq: row.pdq },
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
  }));
}
