import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { type SaidEntry, type SaidPage, saidEntrySchema } from "./entry.ts";
import type { Signal } from "./signal.ts";
import { noteTally } from "./tally.ts";

/** Who changed something: the exchange of a bank, a person, an account of another station's, or whoever runs this one. */
export type ChangedBy = `exchange:${string}` | `person:${string}` | `sender:${string}` | "operator";

/** What a page came to. */
export interface Written {
  added: number;
  changed: number;
  restored: number;
  removed: number;
  same: number;
}

interface Known {
  id: string;
  key: string;
  said: object;
  digest: Buffer;
  gone: boolean;
  revision: number;
}
interface Change {
  id: string;
  key: string;
  what: "added" | "changed" | "restored" | "removed";
  revision: number;
  said: object;
  digest: Buffer;
  signals: readonly Signal[];
}

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Stores what a source says now. What it said before stays in the history; the same again changes nothing, so a page may come twice.
 * All writers wait for each other here: changes are numbered in the order in which they are committed.
 * @param page each key at most once counts: the last one
 */
export async function writeEntries(
  tx: Transaction<Tables>,
  bankId: string,
  { entries, removed }: SaidPage,
  by: ChangedBy,
  clock: () => number,
): Promise<Written> {
  const { seq } = await tx.selectFrom("bank_head").select("seq").forUpdate().executeTakeFirstOrThrow();
  // Asked only now: whoever holds the head after us sees no time before ours that is not committed.
  const now = clock();
  const said = new Map(entries.map((entry) => [entry.key, entry]));
  const back = new Set(removed.filter((key) => !said.has(key)));
  const known = await knownEntries(tx, bankId, [...said.keys(), ...back]);
  const changes = [
    ...[...said.values()].flatMap((entry) => changeBy(entry, known.get(entry.key), now) ?? []),
    ...[...back].flatMap((key) => removalOf(known.get(key)) ?? []),
  ];
  if (changes.length > 0) {
    await writeRows(tx, bankId, changes, now);
    await writeSignals(tx, changes);
    await writeChanges(tx, { bankId, changes, by, now, seq: BigInt(seq) });
    const moves = changes.map(({ key, what }) => {
      const before = what === "changed" || what === "removed" ? known.get(key) : undefined;
      return { what, was: before === undefined ? undefined : saidFromJson(before.said), is: said.get(key) };
    });
    await noteTally(tx, bankId, moves, now);
  }
  const count = (what: Change["what"]) => changes.filter((change) => change.what === what).length;
  const written = {
    added: count("added"),
    changed: count("changed"),
    restored: count("restored"),
    removed: count("removed"),
  };
  return { ...written, same: said.size - written.added - written.changed - written.restored };
}

async function knownEntries(tx: Transaction<Tables>, bankId: string, keys: readonly string[]) {
  const { rows } = await sql<Known>`select id, key, said, digest, gone, revision from bank_entry
    where bank_id = ${bankId} and key = any(${keys}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.key, row]));
}

function changeBy(entry: SaidEntry, known: Known | undefined, now: number): Change | undefined {
  const digest = createHash("sha256").update(canonicalJson(entry)).digest();
  if (known !== undefined && !known.gone && digest.equals(known.digest)) return undefined;
  return {
    id: known?.id ?? newId(now),
    key: entry.key,
    what: known === undefined ? "added" : known.gone ? "restored" : "changed",
    revision: (known?.revision ?? 0) + 1,
    said: entry,
    digest,
    signals: entry.signals,
  };
}

function removalOf(known: Known | undefined): Change | undefined {
  if (known === undefined || known.gone) return undefined;
  return { ...known, what: "removed", revision: known.revision + 1, signals: [] };
}

async function writeRows(
  tx: Transaction<Tables>,
  bankId: string,
  changes: readonly Change[],
  now: number,
): Promise<void> {
  const column = <T>(value: (change: Change) => T) => changes.map(value);
  await sql`insert into bank_entry (id, bank_id, key, said, digest, gone, revision, changed_at)
    select given.id, ${bankId}, given.key, given.said::jsonb, given.digest, given.gone, given.revision, ${iso(now)}::timestamptz
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ key }) => key)}::text[],
      ${column(({ said }) => JSON.stringify(said))}::text[], ${column(({ digest }) => digest)}::bytea[],
      ${column(({ what }) => what === "removed")}::boolean[], ${column(({ revision }) => revision)}::integer[]
    ) as given (id, key, said, digest, gone, revision)
    on conflict (bank_id, key) do update set said = excluded.said, digest = excluded.digest, gone = excluded.gone,
      revision = excluded.revision, changed_at = excluded.changed_at`.execute(tx);
}

/** An entry's hashes become those that it has now: others go, and a number that went never comes back. */
async function writeSignals(tx: Transaction<Tables>, changes: readonly Change[]): Promise<void> {
  const { rows: had } = await sql<{
    id: string;
    entry_id: string;
    kind: string;
    value: Buffer;
    semantics: string | null;
    quality: number | null;
  }>`select id, entry_id, kind, value, semantics, quality from bank_signal
    where entry_id = any(${changes.map(({ id }) => id)}::uuid[]) and not gone`.execute(tx);
  const named = (entry: string, kind: string, value: string, more: readonly unknown[]) =>
    JSON.stringify([entry, kind, value, ...more]);
  const wanted = new Map(
    changes.flatMap(({ id, signals }) =>
      signals.map((signal) => [
        named(id, signal.kind, signal.value, [signal.semantics ?? null, signal.quality ?? null]),
        { entry: id, signal },
      ]),
    ),
  );
  const over: string[] = [];
  for (const row of had) {
    const name = named(row.entry_id, row.kind, row.value.toString("hex"), [row.semantics, row.quality]);
    if (!wanted.delete(name)) over.push(row.id);
  }
  if (over.length > 0)
    await sql`update bank_signal set gone = true where id = any(${over}::bigint[])`.execute(tx);
  const fresh = [...wanted.values()];
  if (fresh.length === 0) return;
  const column = <T>(value: (each: (typeof fresh)[number]) => T) => fresh.map(value);
  await sql`insert into bank_signal (entry_id, kind, value, semantics, quality)
    select * from unnest(
      ${column(({ entry }) => entry)}::uuid[], ${column(({ signal }) => signal.kind)}::text[],
      ${column(({ signal }) => Buffer.from(signal.value, "hex"))}::bytea[],
      ${column(({ signal }) => signal.semantics ?? null)}::text[], ${column(({ signal }) => signal.quality ?? null)}::smallint[]
    )`.execute(tx);
}

interface NewChanges {
  bankId: string;
  changes: readonly Change[];
  by: ChangedBy;
  now: number;
  seq: bigint;
}

async function writeChanges(
  tx: Transaction<Tables>,
  { bankId, changes, by, now, seq }: NewChanges,
): Promise<void> {
  const column = <T>(value: (change: Change) => T) => changes.map(value);
  await sql`insert into bank_change (seq, bank_id, entry_id, what, revision, said, at, by)
    select ${String(seq)}::bigint + given.place, ${bankId}, given.id, given.what, given.revision, given.said::jsonb,
      ${iso(now)}::timestamptz, ${by}
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ what }) => what)}::text[],
      ${column(({ revision }) => revision)}::integer[], ${column(({ said }) => JSON.stringify(said))}::text[]
    ) with ordinality as given (id, what, revision, said, place)`.execute(tx);
  await tx
    .updateTable("bank_head")
    .set({ seq: String(seq + BigInt(changes.length)) })
    .execute();
}

/** An entry as the database holds it. */
export function saidFromJson(said: unknown): SaidEntry {
  return saidEntrySchema.parse(said);
}
