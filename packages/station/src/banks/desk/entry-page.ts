import type { Station } from "../../context.ts";
import type { BankEntryView } from "../../desk-api/contract.ts";
import { StationError } from "../../errors.ts";
import type { BankSemantics } from "../../store/tables.ts";
import type { SignalKind } from "../signal.ts";
import { saidFromJson } from "../write-entries.ts";
import { changedBy, JOIN_PERSON } from "./changed-by.ts";
import { claimsOf, FOUND_ENTRY, foundEntry, type FoundEntryRow } from "./found-entry.ts";

const AT_ONCE = 20;
/** Hashes that an entry has now and had once; a source that changes its word for years does not make the page endless. */
const MOST_SIGNALS = 200;
const ENTRY = `${FOUND_ENTRY} where entry.bank_id = $1 and entry.id = $2`;
/** By bank_signal_entry. */
const SIGNALS = `select kind, encode(value, 'hex') as value, semantics, quality, bool_or(not gone) as stands from bank_signal
  where entry_id = $1 group by kind, value, semantics, quality
  order by bool_or(not gone) desc, kind, value, semantics, quality limit ${MOST_SIGNALS}`;
/** By bank_change_entry. */
const CHANGES = `select change.seq, change.what, change.said, change.at, change.by, person.name as person
  from bank_change change ${JOIN_PERSON}
  where change.entry_id = $1 and ($2::bigint is null or change.seq < $2::bigint) order by change.seq desc limit $3`;

interface SignalRow {
  kind: SignalKind;
  value: string;
  semantics: BankSemantics | null;
  quality: number | null;
  stands: boolean;
}
interface ChangeRow {
  seq: string;
  what: "added" | "changed" | "removed" | "restored";
  said: unknown;
  at: string;
  by: string;
  person: string | null;
}

/**
 * An entry of a bank: its hashes, what its source claims, and everything that it ever said, a page of changes at a time.
 * @throws StationError `not-found`
 */
export async function entryPage(
  { db }: Station,
  { bank, entry }: { bank: string; entry: string },
  after: string | undefined,
): Promise<BankEntryView> {
  const before = /^\d{1,18}$/.test(after ?? "") ? after : null;
  const [{ rows: found }, { rows: signals }, { rows: changes }] = await Promise.all([
    db.pool.query<FoundEntryRow>(ENTRY, [bank, entry]),
    db.pool.query<SignalRow>(SIGNALS, [entry]),
    db.pool.query<ChangeRow>(CHANGES, [entry, before ?? null, AT_ONCE + 1]),
  ]);
  const [row] = found;
  if (row === undefined) throw unknownEntry();
  const shown = changes.slice(0, AT_ONCE);
  const last = changes.length > AT_ONCE ? shown.at(-1) : undefined;
  return {
    ...foundEntry(row),
    signals: signals.map((signal) => signalView(signal, row)),
    changes: shown.map((change) => ({
      seq: change.seq,
      what: change.what,
      at: change.at,
      ...changedBy(change.by, change.person),
      claims: claimsOf(change.said),
      hashes: saidFromJson(change.said).signals.length,
    })),
    ...(last === undefined ? {} : { next: last.seq }),
  };
}

function signalView(
  { kind, value, semantics, quality, stands }: SignalRow,
  bank: FoundEntryRow,
): BankEntryView["signals"][number] {
  return {
    kind,
    value,
    ...(kind === "pdq" ? { semantics: semantics ?? bank.semantics } : {}),
    ...(quality === null ? {} : { quality }),
    stands,
    good: quality === null || quality >= bank.quality,
  };
}

export function unknownEntry(): StationError {
  return new StationError("not-found", "There is no such entry in this bank.", {
    remedy: "Look for it by one of its hashes.",
  });
}
