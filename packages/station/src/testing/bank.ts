import { randomUUID } from "node:crypto";
import type { Station } from "../context.ts";
import { bankOf } from "./media.ts";

/** A bank with one entry, as somebody at its page sees it. */
export async function bankAbout(station: Station): Promise<{ id: string; entry: string; seen: string }> {
  const id = `bank-${randomUUID()}`;
  await bankOf({ station }, id, [{ signals: [{ kind: "md5", value: "ab".repeat(16) }] }]);
  const { rows } = await station.db.pool.query<{ entry: string; seen: string }>(
    `select entry.id as entry, (select max(seq) from bank_change where bank_id = $1 and entry_id is null) as seen
     from bank_entry entry where entry.bank_id = $1`,
    [id],
  );
  return { id, entry: rows[0]?.entry ?? "", seen: rows[0]?.seen ?? "" };
}
