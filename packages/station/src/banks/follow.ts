import { sql } from "kysely";
import type { BankTable } from "../store/tables.ts";
import type { Database } from "../store/index.ts";
import { gatherFor } from "./gather.ts";
import { type Held, hold, letGo, openHeld } from "./held.ts";
import type { SignalKind } from "./signal.ts";

/** Rows in one go: some megabytes. */
const AT_ONCE = 20_000;

/** The banks as a process holds them in memory, and up to which change of the log. */
export interface Copy {
  seq: bigint;
  banks: Map<string, { row: BankTable; held: Held }>;
}

interface SignalRow {
  id: string;
  bank_id: string;
  kind: SignalKind;
  value: Buffer;
  gone: boolean;
}

/** Reads everything, as it was at one moment. */
export async function bootCopy(db: Database): Promise<Copy> {
  return await db.transaction(
    async (tx) => {
      const { seq } = await tx.selectFrom("bank_head").select("seq").executeTakeFirstOrThrow();
      const rows = await tx.selectFrom("bank").selectAll().execute();
      const banks = new Map(rows.map((row) => [row.id, { row, held: openHeld() }]));
      const gathering = new Map([...banks].map(([id, { held }]) => [id, gatherFor(held)]));
      for (let after = "0"; ; ) {
        const { rows: signals } =
          await sql<SignalRow>`select signal.id, entry.bank_id, signal.kind, signal.value, signal.gone
          from bank_signal signal join bank_entry entry on entry.id = signal.entry_id
          where signal.id > ${after} and not signal.gone order by signal.id limit ${AT_ONCE}`.execute(tx);
        const last = signals.at(-1);
        if (last === undefined) {
          for (const each of gathering.values()) each.end();
          return { seq: BigInt(seq), banks };
        }
        for (const { id, bank_id, kind, value } of signals)
          gathering.get(bank_id)?.add({ id: Number(id), kind, value });
        after = last.id;
      }
    },
    { isolation: "repeatable read" },
  );
}

/** Takes up what has changed since. @returns how many changes there were */
export async function followCopy(db: Database, copy: Copy): Promise<number> {
  for (let followed = 0; ; ) {
    const { rows: changes } = await sql<{
      seq: string;
      entry_id: string | null;
    }>`select seq, entry_id from bank_change
      where seq > ${String(copy.seq)}::bigint order by seq limit ${AT_ONCE}`.execute(db.kysely);
    const last = changes.at(-1);
    if (last === undefined) return followed;
    if (changes.some(({ entry_id }) => entry_id === null)) await readSettings(db, copy);
    const entries = [...new Set(changes.flatMap(({ entry_id }) => entry_id ?? []))];
    const { rows } =
      await sql<SignalRow>`select signal.id, entry.bank_id, signal.kind, signal.value, signal.gone
      from bank_signal signal join bank_entry entry on entry.id = signal.entry_id
      where signal.entry_id = any(${entries}::uuid[])`.execute(db.kysely);
    for (const signal of rows) take(copy.banks, signal);
    copy.seq = BigInt(last.seq);
    followed += changes.length;
  }
}

async function readSettings(db: Database, { banks }: Copy): Promise<void> {
  for (const row of await db.kysely.selectFrom("bank").selectAll().execute())
    banks.set(row.id, { row, held: banks.get(row.id)?.held ?? openHeld() });
}

function take(banks: Copy["banks"], { id, bank_id, kind, value, gone }: SignalRow): void {
  const held = banks.get(bank_id)?.held;
  // A bank that was made later than what was read of the log comes with the next reading, and its entries with it.
  if (held === undefined) return;
  const signal = { id: Number(id), kind, value };
  if (gone) letGo(held, signal);
  else hold(held, signal);
}
