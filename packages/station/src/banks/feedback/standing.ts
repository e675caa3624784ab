import { sql } from "kysely";
import type { Station } from "../../context.ts";
import type { SignalKind } from "../signal.ts";
import { entryNotTold, exchangeOf, type NotTold } from "../told.ts";
import { saidFromJson } from "../write-entries.ts";
import { type Said, saidAbout } from "./said.ts";

/** An item of a bank as a match names it. */
export interface AskedStanding {
  bank: string;
  /** The source's own name of the item. */
  key: string;
  kind: SignalKind;
}
export interface FeedbackStanding {
  entry: string;
  protocol?: "ncmec" | "stopncii";
  notTold?: NotTold;
  /** The newest word about a hash of this kind. */
  said?: Said;
}

/** Some entries may have been talked about often; beyond this the newest words are enough. */
const MOST_SAID = 500;

/** What the sources of matched items can be told and were told, in the order in which they are asked; `undefined` where the item is not there. */
export async function feedbackStandings(
  { db, config }: Station,
  asked: readonly AskedStanding[],
): Promise<Array<FeedbackStanding | undefined>> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    bank_id: string;
    key: string;
    said: unknown;
    gone: boolean;
    by: string;
    kinds: SignalKind[];
  }>`select entry.id, entry.bank_id, entry.key, entry.said, entry.gone,
      (select by from bank_change change where change.entry_id = entry.id order by seq desc limit 1) as by,
      array(select distinct kind from bank_signal signal where signal.entry_id = entry.id and not signal.gone) as kinds
    from unnest(${asked.map(({ bank }) => bank)}::text[], ${asked.map(({ key }) => key)}::text[]) as asked (bank, key)
    join bank_entry entry on entry.bank_id = asked.bank and entry.key = asked.key`.execute(db.kysely);
  const found = new Map(rows.map((row) => [JSON.stringify([row.bank_id, row.key]), row]));
  const said = await saidAbout(
    db,
    rows.map(({ id }) => id),
    MOST_SAID,
  );
  return asked.map(({ bank, key, kind }) => {
    const row = found.get(JSON.stringify([bank, key]));
    if (row === undefined) return undefined;
    const { id, gone, by, kinds } = row;
    const why = kinds.includes(kind)
      ? entryNotTold(config, bank, { said: saidFromJson(row.said), gone, by }, kind)
      : "taken-back";
    const last = said.find((each) => each.entry === id && each.said.kind === kind)?.said;
    const protocol = exchangeOf(config, bank)?.kind;
    return {
      entry: id,
      ...(protocol === "ncmec" || protocol === "stopncii" ? { protocol } : {}),
      ...(why === undefined ? {} : { notTold: why }),
      ...(last === undefined ? {} : { said: last }),
    };
  });
}
