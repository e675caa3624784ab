import { sql } from "kysely";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { unreadable } from "../exchanges/bounded.ts";
import { reasonsOf } from "../exchanges/opinion.ts";
import type { SignalKind } from "../signal.ts";
import { exchangeOf } from "../told.ts";

/** A list changes once in years; a source is not asked for it with every word. */
const FRESH_MS = 10 * 60_000;
const MOST_REASONS = 200;
const LONGEST = 500;

/** Why somebody may disagree with a hash of a kind, in the source's words. */
export interface ListedReasons {
  /** The source asks for at least one. */
  asks: boolean;
  reasons: Array<{ id: string; name: string }>;
  /** When the source last listed them; absent where it lists none. */
  at?: string;
}

/**
 * The reasons that a source lists. While it does not answer, those that it listed last.
 * @throws StationError `peer.unreachable`, `peer.refused`, `peer.answer-invalid` where it never listed any
 */
export async function listedReasons(
  station: Station,
  bankId: string,
  kind: SignalKind,
): Promise<ListedReasons> {
  const exchange = exchangeOf(station.config, bankId);
  if (exchange?.kind !== "ncmec") return { asks: false, reasons: [] };
  const known = await storedReasons(station, bankId, kind);
  if (known.at !== undefined && Date.parse(known.at) > station.clock() - FRESH_MS) return known;
  try {
    const listed = (await reasonsOf(station, exchange, kind)).map(({ guid, name }) => ({
      id: guid,
      name: name === "" ? guid : name,
    }));
    if (
      listed.length > MOST_REASONS ||
      listed.some(({ id, name }) => id.length > LONGEST || name.length > LONGEST)
    )
      unreadable("its list of reasons is longer than any list of reasons");
    await storeReasons(station, bankId, kind, listed);
  } catch (error) {
    if (!(error instanceof StationError) || known.reasons.length === 0) throw error;
    return known;
  }
  return await storedReasons(station, bankId, kind);
}

async function storedReasons({ db }: Station, bankId: string, kind: SignalKind): Promise<ListedReasons> {
  const rows = await db.kysely
    .selectFrom("bank_reason")
    .select(["reason", "name", "listed_at"])
    .where("bank_id", "=", bankId)
    .where("kind", "=", kind)
    .where("listed", "=", true)
    .orderBy("place")
    .execute();
  const at = rows[0]?.listed_at;
  return {
    asks: true,
    reasons: rows.map(({ reason, name }) => ({ id: reason, name })),
    ...(at === undefined ? {} : { at }),
  };
}

/** What is no longer listed keeps its name, so that what was said with it can still be read. */
async function storeReasons(
  { db, clock }: Station,
  bankId: string,
  kind: SignalKind,
  listed: ListedReasons["reasons"],
): Promise<void> {
  const at = new Date(clock()).toISOString();
  const unique = [...new Map(listed.map((each) => [each.id, each])).values()];
  await sql`with gone as (
      update bank_reason set listed = false
      where bank_id = ${bankId} and kind = ${kind} and reason <> all(${unique.map(({ id }) => id)}::text[])
    )
    insert into bank_reason (bank_id, kind, reason, name, place, listed, listed_at)
    select ${bankId}, ${kind}, given.id, given.name, given.place, true, ${at}::timestamptz
    from unnest(${unique.map(({ id }) => id)}::text[], ${unique.map(({ name }) => name)}::text[])
      with ordinality as given (id, name, place)
    on conflict (bank_id, kind, reason) do update set name = excluded.name, place = excluded.place, listed = true,
      listed_at = excluded.listed_at`.execute(db.kysely);
}
