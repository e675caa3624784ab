import { sql, type Transaction } from "kysely";
import type { Station } from "../../context.ts";
import { addJob } from "../../jobs.ts";
import type { Tables } from "../../store/tables.ts";
import { makeBank } from "../settings.ts";

/** Brings the exchanges of the configuration into the database. Runs at every start and changes nothing twice. */
export async function syncExchanges(
  { config }: Pick<Station, "config">,
  tx: Transaction<Tables>,
  now: number,
): Promise<void> {
  const { exchanges } = config.banks;
  const at = new Date(now).toISOString();
  for (const { bank, kind, settings } of exchanges) {
    const there = await tx.selectFrom("bank").select("id").where("id", "=", bank).executeTakeFirst();
    if (there === undefined) await makeBank(tx, bank, settings, `exchange:${bank}`, now);
    await sql`insert into bank_exchange (bank_id, kind, next_at) values (${bank}, ${kind}, ${at}::timestamptz)
      on conflict (bank_id) do update set kind = excluded.kind, next_at = coalesce(bank_exchange.next_at, excluded.next_at),
        checkpoint = case when bank_exchange.kind = excluded.kind then bank_exchange.checkpoint end`.execute(
      tx,
    );
    await addJob(tx, "fetch-hashes", { bankId: bank }, bank, now);
  }
  // What is no longer fetched is nobody's trouble.
  await sql`update bank_exchange set next_at = null, failing_since = null, trouble = null, last_error = null, attempts = 0
    where bank_id <> all(${exchanges.map(({ bank }) => bank)}::text[])`.execute(tx);
}
