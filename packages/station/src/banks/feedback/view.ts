import { sql } from "kysely";
import type { Station } from "../../context.ts";
import type { BankFeedbackView } from "../../desk-api/contract.ts";
import { unknownEntry } from "../desk/entry-page.ts";
import { REASONS } from "../hash-sharing/reasons.ts";
import { SIGNAL_KINDS, type SignalKind } from "../signal.ts";
import { entryNotTold, exchangeOf } from "../told.ts";
import { saidFromJson } from "../write-entries.ts";
import { saidAbout } from "./said.ts";

/** Newer words stand on the page; what was said before the last fifty is in the audit log. */
const MOST_SAID = 50;

interface OpinionRow {
  username: string;
  kind: SignalKind;
  opinion: "affirmative" | "negative";
  reasons: string[];
  at: string;
}

/**
 * What the source of an entry can be told, what it was told, and what those say with whom the bank is shared.
 * @throws StationError `not-found`
 */
export async function entryFeedback(
  { db, config }: Station,
  { bank, entry }: { bank: string; entry: string },
): Promise<BankFeedbackView> {
  const { rows } = await sql<{ said: unknown; gone: boolean; by: string; kinds: SignalKind[] }>`
    select entry.said, entry.gone,
      (select by from bank_change change where change.entry_id = entry.id order by seq desc limit 1) as by,
      array(select distinct kind from bank_signal signal where signal.entry_id = entry.id and not signal.gone) as kinds
    from bank_entry entry where entry.id = ${entry}::uuid and entry.bank_id = ${bank}`.execute(db.kysely);
  const [row] = rows;
  if (row === undefined) throw unknownEntry();
  const of = { said: saidFromJson(row.said), gone: row.gone, by: row.by };
  const { rows: opinions } =
    await sql<OpinionRow>`select username, kind, opinion, reasons, at from bank_opinion
      where entry_id = ${entry}::uuid order by at desc limit ${MOST_SAID}`.execute(db.kysely);
  const protocol = exchangeOf(config, bank)?.kind;
  return {
    ...(protocol === "ncmec" || protocol === "stopncii" ? { protocol } : {}),
    tells: SIGNAL_KINDS.filter((kind) => row.kinds.includes(kind)).map((kind) => {
      const notTold = entryNotTold(config, bank, of, kind);
      return { kind, ...(notTold === undefined ? {} : { notTold }) };
    }),
    said: (await saidAbout(db, [entry], MOST_SAID)).map(({ said }) => said),
    others: opinions.map(({ username, kind, opinion, reasons, at }) => ({
      account: username,
      kind,
      opinion,
      reasons: reasons.map((guid) => REASONS.find((each) => each.guid === guid)?.name ?? guid),
      at,
    })),
  };
}
