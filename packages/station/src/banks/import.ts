import { sql } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import { StationError } from "../errors.ts";
import type { Database } from "../store/index.ts";
import type { SaidEntry } from "./entry.ts";
import { readList } from "./lists/read-list.ts";
import { type BankSettings, makeBank, unknownBank } from "./settings.ts";
import { type ChangedBy, writeEntries, type Written } from "./write-entries.ts";

/** Entries stored in one transaction; other writers wait that long. */
const AT_ONCE = 1000;

export interface ListImport {
  bank: string;
  /** To make the bank with, where there is none. */
  settings?: BankSettings | undefined;
  paths: readonly string[];
  /** The lists are all that the source says: entries that stand in none of them are taken back. */
  whole: boolean;
}

/**
 * Reads lists into a bank. They are read to their ends before anything is stored, so a wrong line refuses all of them; what is stored
 * then is stored a thousand entries at a time, and importing again goes on where it was broken off.
 * @throws StationError `request.invalid` for a list that cannot be read, `not-found` for a bank that is not there and cannot be made
 */
export async function importLists(
  { db, clock }: { db: Database; clock: () => number },
  { bank, settings, paths, whole }: ListImport,
  by: ChangedBy,
): Promise<Written> {
  const keys = new Map<string, string>();
  for (const path of paths) for await (const { key } of readList(path)) noteKey(keys, key, path);
  await db.transaction(async (tx) => {
    const there = await tx.selectFrom("bank").select("id").where("id", "=", bank).executeTakeFirst();
    if (there !== undefined) return;
    if (settings === undefined) throw unknownBank(bank);
    await makeBank(tx, bank, settings, by, clock());
  });
  const total: Written = { added: 0, changed: 0, restored: 0, removed: 0, same: 0 };
  const store = async (entries: readonly SaidEntry[], removed: readonly string[]) => {
    add(
      total,
      await db.transaction(async (tx) => await writeEntries(tx, bank, { entries, removed }, by, clock)),
    );
  };
  for (const path of paths) for await (const entries of chunked(readList(path))) await store(entries, []);
  if (whole) for await (const gone of over(db, bank, keys)) await store([], gone);
  await db.transaction(
    async (tx) =>
      await recordLeaf(tx, {
        kind: "bank.imported",
        at: clock(),
        actor: by.startsWith("person:") ? by : "station",
        body: { bank, lists: paths.length, whole, ...total },
      }),
  );
  return total;
}

/** One key in two lists, or twice in one, would make what is stored depend on their order. */
function noteKey(keys: Map<string, string>, key: string, path: string): void {
  const other = keys.get(key);
  if (other !== undefined)
    throw new StationError(
      "request.invalid",
      `The key "${key.slice(0, 64)}" stands twice: in ${other} and in ${path}.`,
      {
        remedy: "Give each entry a key of its own, in a column `key`.",
      },
    );
  keys.set(key, path);
}

async function* chunked(entries: AsyncIterable<SaidEntry>): AsyncGenerator<SaidEntry[]> {
  let chunk: SaidEntry[] = [];
  for await (const entry of entries) {
    chunk.push(entry);
    if (chunk.length < AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Keys of a bank that stand in no list, a thousand at a time. */
export async function* over(
  db: Database,
  bank: string,
  keys: { has(key: string): boolean },
): AsyncGenerator<string[]> {
  for (let after = ""; ; ) {
    const { rows } = await sql<{ key: string }>`select key from bank_entry
      where bank_id = ${bank} and not gone and key > ${after} order by key limit ${AT_ONCE}`.execute(
      db.kysely,
    );
    const gone = rows.map(({ key }) => key).filter((key) => !keys.has(key));
    if (gone.length > 0) yield gone;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.key;
  }
}

function add(total: Written, more: Written): void {
  for (const key of Object.keys(total) as Array<keyof Written>) total[key] += more[key];
}
