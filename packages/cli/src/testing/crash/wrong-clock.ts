import { goOn } from "./kill-points.ts";
import { judgeEntry, type LedgerEntry, openEntry, send } from "./ledger.ts";
import { lastNumber } from "./standing.ts";
import type { Target } from "./target.ts";

const DAY_MS = 86_400_000;
/** Right, a day behind, right, a day ahead, right: every step between two of them, in both directions. */
const OFFSETS = [0, -DAY_MS, 0, DAY_MS, 0, -DAY_MS, DAY_MS, 0];

/** What a clock that jumps by a day showed at one door. */
export interface WrongClock {
  readonly door: string;
  readonly clocks: number;
  readonly problems: readonly string[];
}

/**
 * Starts a station with a clock that is a day off from the one before, again and again. Each time one report is new, and one was sent
 * under the clock before and is sent again, as a sender does that has lost its answer.
 */
export async function setClockOff(target: Target): Promise<WrongClock> {
  const problems: string[] = [];
  let before: LedgerEntry | undefined;
  for (const offset of OFFSETS) {
    await target.running()?.stop();
    target.setClock(offset);
    await target.up();
    const { place } = target;
    if (before !== undefined) {
      const heard = before.acknowledged;
      const again = await send(before);
      if (again.kind !== "acknowledged") problems.push(`sent again: ${JSON.stringify(again)}`);
      else if (again.reference !== heard?.reference) problems.push(`sent again: now ${again.reference}`);
      problems.push(...(await judgeEntry(place, before)));
    }
    const entry = openEntry(target.next(), await lastNumber(place));
    target.note(entry);
    problems.push(...(await goOn(target, entry)), ...(await judgeEntry(place, entry)));
    before = entry;
  }
  problems.push(...(await outOfOrder(target)));
  return { door: target.door, clocks: OFFSETS.length, problems };
}

/** Times follow the machine's clock; numbers, places in the log and checkpoints follow what happened. */
async function outOfOrder({ place }: Target): Promise<string[]> {
  const { rows } = await place.db.pool.query<{ what: string }>(
    `select 'report ' || number as what from (
        select report.number, leaf.position, lag(leaf.position) over (order by report.number) as before
        from report join leaf on leaf.report_id = report.id and leaf.kind = 'report.accepted') as told
      where position < before
      union all
      select 'leaf ' || index from (
        select index, position, lag(position) over (order by index) as before from leaf where index is not null) as logged
      where position < before`,
  );
  return rows.map(({ what }) => `out of order: ${what}`);
}
