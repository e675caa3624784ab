import type { Tier } from "../api/shapes.ts";
import type { ShownEntry } from "./shown.ts";

/** One line of the queue's grid. */
export type QueueRow =
  | { kind: "tier"; key: string; tier: Tier | undefined }
  | { kind: "report"; key: string; shown: ShownEntry };

/**
 * The lines of the grid: reports in the station's order, with a heading wherever the tier changes. The order is the station's
 * and is never altered here.
 */
export function rowsOf(entries: readonly ShownEntry[]): QueueRow[] {
  return entries.flatMap((shown, index): QueueRow[] => {
    const row: QueueRow = { kind: "report", key: shown.entry.id, shown };
    const before = entries[index - 1];
    if (before !== undefined && before.standsUnder === shown.standsUnder) return [row];
    // The report's id keeps the key unique even where the station's order returns to a tier.
    const key = `tier-${shown.standsUnder ?? "none"}-${shown.entry.id}`;
    return [{ kind: "tier", key, tier: shown.standsUnder }, row];
  });
}

/** The next row that holds a report, from `from` in direction `step`; `undefined` at the end. */
export function nextReportRow(rows: readonly QueueRow[], from: number, step: 1 | -1): number | undefined {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind === "report") return index;
  }
  return undefined;
}
