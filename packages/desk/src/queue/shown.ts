import type { QueueEntry, QueuePage, Tier } from "../api/shapes.ts";

/** A row's news since it was put on the screen; the row itself stays where the person last saw it. */
export type Mark = "left" | "moved";

export interface ShownEntry {
  /** The newest that is known of the report. */
  entry: QueueEntry;
  /** The tier it stood under when it was put on the screen. */
  standsUnder: Tier | undefined;
  mark?: Mark;
}

export interface ShownQueue {
  entries: ShownEntry[];
  /** Reports that belong between those shown and are not on the screen yet. */
  arrived: number;
  moved: number;
  left: number;
}

/**
 * Lays what the station says now over what the person is looking at, without moving a row.
 * @param loaded the entries on the screen, in the order in which they were fetched; pages may overlap where the queue moved
 *   between two fetches, so a report is shown once, where it came first
 * @param complete whether `loaded` went to the end of the list; if not, unknown reports behind the last known one are simply
 *   those that scrolling will bring
 * @param latest the head of the same list, fetched later; `undefined` before the first poll
 */
export function layOver(
  loaded: readonly QueueEntry[],
  complete: boolean,
  latest: QueuePage | undefined,
): ShownQueue {
  const shown = distinct(loaded);
  if (latest === undefined) {
    return {
      entries: shown.map((entry) => ({ entry, standsUnder: entry.tier })),
      arrived: 0,
      moved: 0,
      left: 0,
    };
  }
  const newest = new Map(latest.entries.map((entry) => [entry.id, entry]));
  const known = new Set(shown.map(({ id }) => id));
  const covered = coveredCount(shown, latest);
  const entries = shown.map((entry, index): ShownEntry => {
    const now = newest.get(entry.id);
    if (now === undefined)
      return { entry, standsUnder: entry.tier, ...(index < covered ? { mark: "left" as const } : {}) };
    return {
      entry: now,
      standsUnder: entry.tier,
      ...(now.tier === entry.tier ? {} : { mark: "moved" as const }),
    };
  });
  return {
    entries,
    arrived: arrivals(latest, known, complete),
    moved: entries.filter(({ mark }) => mark === "moved").length,
    left: entries.filter(({ mark }) => mark === "left").length,
  };
}

function distinct(entries: readonly QueueEntry[]): QueueEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** How many shown rows the latest head speaks about: a row beyond its end may well be in the queue still. */
function coveredCount(shown: readonly QueueEntry[], latest: QueuePage): number {
  if (latest.next === undefined) return shown.length;
  const ids = new Set(latest.entries.map(({ id }) => id));
  return shown.findLastIndex(({ id }) => ids.has(id)) + 1;
}

function arrivals(latest: QueuePage, known: ReadonlySet<string>, complete: boolean): number {
  const unknown = (entries: QueueEntry[]) => entries.filter(({ id }) => !known.has(id)).length;
  if (complete) return unknown(latest.entries);
  return unknown(latest.entries.slice(0, latest.entries.findLastIndex(({ id }) => known.has(id)) + 1));
}
