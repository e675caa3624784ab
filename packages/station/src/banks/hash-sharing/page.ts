import type { HashFingerprint, HashMember, HashPage } from "@fairlead/cybertipline";
import { sql } from "kysely";
import { sqlFile } from "../../sql-file.ts";
import type { Database } from "../../store/index.ts";
import type { SignalKind } from "../signal.ts";
import { saidFromJson } from "../write-entries.ts";

const ENTRIES = sqlFile(import.meta.url, "./entries.sql");

/** As the protocol has it. */
const PAGE = 1000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** A window of time and a place in it. `from` and `to` as the client wrote them. */
export interface Asked {
  from: string;
  to: string;
  /** The last entry of the page before. */
  after?: string | undefined;
  start: number;
}

interface Row {
  id: string;
  key: string;
  said: unknown;
  gone: boolean;
  changed_at: string;
  signals: Array<[SignalKind, string]> | null;
}

/**
 * A page of what changed in banks, after `from` and up to `to`.
 * @param member who shares what no member is named for
 */
export async function sharedPage(
  db: Database,
  banks: readonly string[],
  { from, to, after, start }: Asked,
  member: HashMember,
): Promise<HashPage> {
  // Whoever is storing now has taken the time already: they are waited for, so that no time up to `to` can still be filled.
  await sql`select from bank_head for share`.execute(db.kysely);
  const { rows } = await db.pool.query<Row>(ENTRIES, [banks, from, to, after ?? FIRST, PAGE + 1]);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const page: HashPage = {
    entries: shown.filter(({ gone }) => !gone).map((row) => ({ ...itemOf(row, member), ...sharedOf(row) })),
    deleted: shown.filter(({ gone }) => gone).map((row) => itemOf(row, member)),
  };
  if (rows.length <= PAGE || last === undefined) return page;
  const query = new URLSearchParams({
    from,
    to,
    start: String(start + PAGE),
    size: String(PAGE),
    max: String(start + 2 * PAGE - 1),
    after: last.id,
  });
  return { ...page, next: `/v2/entries?${query.toString()}` };
}

function itemOf({ id, said: stored, changed_at: timestamp }: Row, own: HashMember) {
  const { member, media } = saidFromJson(stored);
  return {
    media: media ?? ("image" as const),
    member: member === undefined ? own : { id: member.id, name: member.name ?? "" },
    id,
    timestamp,
  };
}

function sharedOf({ said: stored, signals }: Row) {
  const { classification, categories } = saidFromJson(stored);
  const fingerprints: HashFingerprint[] = (signals ?? [])
    // The protocol has no element for it.
    .filter(([kind]) => kind !== "sha256")
    .map(([tag, value]) => ({ tag, value }));
  return {
    ...(classification === undefined ? {} : { classification }),
    fingerprints,
    categorizations: categories,
  };
}
