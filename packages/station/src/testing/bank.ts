import { randomUUID } from "node:crypto";
import { banksConfigSchema } from "../banks/config.ts";
import { saidEntrySchema } from "../banks/entry.ts";
import { bankSettingsSchema, makeBank } from "../banks/settings.ts";
import { writeEntries } from "../banks/write-entries.ts";
import type { Station } from "../context.ts";

/** A bank with one entry of a source that can be told things, as somebody at its page sees it. Nothing is fetched or sent. */
export async function bankAbout(station: Station): Promise<{ id: string; entry: string; seen: string }> {
  const id = `bank-${randomUUID()}`;
  const settings = bankSettingsSchema.parse({ name: id, source: "Example Kite Society" });
  const files = {
    subscriptionKeyFile: "never-read",
    fetchKeyFile: "never-read",
    feedbackKeyFile: "never-read",
  };
  const { exchanges } = banksConfigSchema.parse({
    exchanges: [{ kind: "stopncii", bank: id, settings, base: "http://127.0.0.1:9", ...files }],
  });
  station.config.banks.exchanges.push(...exchanges);
  const entry = saidEntrySchema.parse({ key: "kite", signals: [{ kind: "md5", value: "ab".repeat(16) }] });
  await station.db.transaction(async (tx) => {
    await makeBank(tx, id, settings, `exchange:${id}`, station.clock());
    await writeEntries(tx, id, { entries: [entry], removed: [] }, `exchange:${id}`, station.clock);
  });
  const { rows } = await station.db.pool.query<{ entry: string; seen: string }>(
    `select entry.id as entry, (select max(seq) from bank_change where bank_id = $1 and entry_id is null) as seen
     from bank_entry entry where entry.bank_id = $1`,
    [id],
  );
  return { id, entry: rows[0]?.entry ?? "", seen: rows[0]?.seen ?? "" };
}
