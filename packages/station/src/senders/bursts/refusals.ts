import { type CallTally, refusalStep } from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../../store/tables.ts";
import { openBurst, recoverBurst } from "./keep.ts";

/** Minutes of calls that are read: the latest, of the four weeks that are kept. */
const MINUTES = 2000;

/**
 * Looks whether the calls of these accounts are refused more often than they were, or no longer are.
 * @param now milliseconds since 1970
 * @returns whether something changed that a person is to know
 */
export async function lookForRefusals(
  tx: Transaction<Tables>,
  senders: readonly string[],
  now: number,
): Promise<boolean> {
  let changed = false;
  for (const sender of senders) {
    const bursts = await burstsOf(tx, sender);
    const on = bursts.find(({ recovered_at, settled_how }) => recovered_at === null && settled_how === null);
    const step = refusalStep(
      await tallies(tx, sender, bursts),
      on === undefined
        ? undefined
        : { before: { count: on.before_count, of: on.before_of }, from: on.began_at },
    );
    if (step === undefined) continue;
    changed = true;
    if (step.kind === "opens") await openBurst(tx, { ...step, sender, field: "refused", report: null }, now);
    else if (on !== undefined) await recoverBurst(tx, on.id, step.now, now);
  }
  return changed;
}

interface Row {
  id: string;
  before_count: number;
  before_of: number;
  began_at: string;
  recovered_at: string | null;
  settled_how: "accepted" | "seen-to" | null;
}

async function burstsOf(tx: Transaction<Tables>, sender: string): Promise<Row[]> {
  const { rows } = await sql<Row>`select id, before_count, before_of, began_at, recovered_at, settled_how
    from format_burst where sender = ${sender} and field = 'refused' order by opened_at desc limit 100`.execute(
    tx,
  );
  return rows;
}

/** Without what is no measure of now: bursts that are over, and all before one that was accepted. */
async function tallies(
  tx: Transaction<Tables>,
  sender: string,
  bursts: readonly Row[],
): Promise<CallTally[]> {
  const { rows } = await sql<CallTally>`select at, taken, refused from sender_calls
    where sender = ${sender} order by at desc limit ${MINUTES}`.execute(tx);
  const cut = bursts.flatMap(({ began_at, recovered_at, settled_how }) => {
    if (settled_how === "accepted") return [{ from: 0, until: Date.parse(began_at) - 1 }];
    return recovered_at === null ? [] : [{ from: Date.parse(began_at), until: Date.parse(recovered_at) }];
  });
  return rows.filter(
    ({ at }) => !cut.some(({ from, until }) => Date.parse(at) >= from && Date.parse(at) <= until),
  );
}
