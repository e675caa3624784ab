import type { z } from "zod";
import type { Station } from "../../context.ts";
import type { bankLookupAnswerSchema } from "../../desk-api/contract.ts";
import { SIGNAL_BYTES, SIGNAL_KINDS, type SignalKind } from "../signal.ts";
import { FOUND_ENTRY, foundEntry, type FoundEntryRow } from "./found-entry.ts";

const AT_ONCE = 50;
/** Entries that have a hash or had it, by bank_signal_value and bank_signal_was. */
const HASH = `with held as (
    select entry_id, kind, true as stands from bank_signal where kind = any($1::text[]) and value = $2 and not gone
    union all
    select entry_id, kind, false from bank_signal where kind = any($1::text[]) and value = $2 and gone
  ), found as (
    select entry_id, kind, bool_or(stands) as stands from held
    where $3::uuid is null or (entry_id, kind) > ($3::uuid, $4::text)
    group by entry_id, kind order by entry_id, kind limit $5
  )
  select found.kind, found.stands, shown.* from found join (${FOUND_ENTRY}) shown on shown.id = found.entry_id
  order by found.entry_id, found.kind`;

const CURSOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(md5|sha1|sha256|pdq)$/;

/**
 * Which banks hold the very same hash, or held it once. Likenesses are the matcher's.
 * @param value hexadecimal in lower case; what it can be is told by its length
 */
export async function bankHash(
  { db }: Station,
  { value, after }: { value: string; after?: string | undefined },
): Promise<z.infer<typeof bankLookupAnswerSchema>> {
  const kinds = SIGNAL_KINDS.filter((kind) => SIGNAL_BYTES[kind] * 2 === value.length);
  const [, entry = null, kind = null] = CURSOR.exec(after ?? "") ?? [];
  const { rows } = await db.pool.query<FoundEntryRow & { kind: SignalKind; stands: boolean }>(HASH, [
    kinds,
    Buffer.from(value, "hex"),
    entry,
    kind,
    AT_ONCE + 1,
  ]);
  const shown = rows.slice(0, AT_ONCE);
  const last = rows.length > AT_ONCE ? shown.at(-1) : undefined;
  return {
    value,
    kinds,
    entries: shown.map((row) => ({ ...foundEntry(row), kind: row.kind, stands: row.stands })),
    ...(last === undefined ? {} : { next: `${last.id}~${last.kind}` }),
  };
}
