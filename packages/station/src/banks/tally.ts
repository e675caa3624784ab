import { sql, type Transaction } from "kysely";
import type { BankPartTable, Tables } from "../store/tables.ts";
import type { SaidEntry } from "./entry.ts";

/** What happened to an entry, with what its source said until then and says now, as far as it stood and stands. */
export interface Move {
  what: "added" | "changed" | "restored" | "removed";
  was: SaidEntry | undefined;
  is: SaidEntry | undefined;
}

/** A part of a bank: what an entry belongs to by its source's claims, and by which a bank can be switched on in part. */
interface Part {
  sort: BankPartTable["sort"];
  value: string;
  name: string | null;
}

/** Keeps the counts of a bank true, in the transaction that changes its entries and under the lock of its writers. */
export async function noteTally(
  tx: Transaction<Tables>,
  bankId: string,
  moves: readonly Move[],
  now: number,
): Promise<void> {
  const count = (...whats: ReadonlyArray<Move["what"]>) =>
    moves.filter(({ what }) => whats.includes(what)).length;
  const live = count("added", "restored") - count("removed");
  const gone = count("removed") - count("restored");
  await sql`insert into bank_tally (bank_id, live, gone, changed_at)
    values (${bankId}, ${live}, ${gone}, ${new Date(now).toISOString()}::timestamptz)
    on conflict (bank_id) do update set live = bank_tally.live + excluded.live, gone = bank_tally.gone + excluded.gone,
      changed_at = excluded.changed_at`.execute(tx);
  const parts = partsMoved(moves);
  if (parts.length === 0) return;
  const column = <T>(value: (each: (typeof parts)[number]) => T) => parts.map(value);
  const [sorts, values] = [column(({ sort }) => sort), column(({ value }) => value)];
  await sql`insert into bank_part (bank_id, sort, value, name, live)
    select ${bankId}, * from unnest(
      ${sorts}::text[], ${values}::text[], ${column(({ name }) => name)}::text[], ${column(({ by }) => by)}::bigint[]
    )
    on conflict (bank_id, sort, value) do update set live = bank_part.live + excluded.live,
      name = coalesce(excluded.name, bank_part.name)`.execute(tx);
  await sql`delete from bank_part using unnest(${sorts}::text[], ${values}::text[]) as given (sort, value)
    where bank_part.bank_id = ${bankId} and bank_part.sort = given.sort and bank_part.value = given.value and bank_part.live <= 0`.execute(
    tx,
  );
}

/** How many entries each part has more or fewer than before. */
function partsMoved(moves: readonly Move[]): Array<Part & { by: number }> {
  const moved = new Map<string, Part & { by: number }>();
  const note = (said: SaidEntry | undefined, by: 1 | -1) => {
    for (const part of partsOf(said)) {
      const key = JSON.stringify([part.sort, part.value]);
      const before = moved.get(key);
      const name = by === 1 ? part.name : null;
      moved.set(key, { ...part, name: name ?? before?.name ?? null, by: (before?.by ?? 0) + by });
    }
  };
  for (const { was, is } of moves) {
    note(was, -1);
    note(is, 1);
  }
  return [...moved.values()].filter(({ by, name }) => by !== 0 || name !== null);
}

function partsOf(said: SaidEntry | undefined): Part[] {
  if (said === undefined) return [];
  const { categories, tags, member } = said;
  return [
    ...categories.map((value): Part => ({ sort: "category", value, name: null })),
    ...tags.map((value): Part => ({ sort: "tag", value, name: null })),
    ...(member === undefined
      ? []
      : [{ sort: "member" as const, value: member.id, name: member.name ?? null }]),
  ];
}
