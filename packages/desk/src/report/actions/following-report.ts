import type { QueuePage } from "../../api/shapes.ts";

/** The report after `id` in the pages that are loaded; `undefined` when it is the last of them or not among them. */
export function followingReport(pages: readonly QueuePage[], id: string): string | undefined {
  const entries = pages.flatMap(({ entries }) => entries);
  const at = entries.findIndex((entry) => entry.id === id);
  return at === -1 ? undefined : entries[at + 1]?.id;
}
