import { MAX_LIMIT } from "@fairlead/matching";
import type { Copy } from "./follow.ts";
import type { Lookup } from "./verify.ts";

/** What the memory says: numbers of hashes, each with its distance, and whether a bank had more than were looked at. */
export interface Found {
  distances: Map<number, number>;
  more: boolean;
}

/**
 * Looks into every bank that matches at all, as far as its threshold goes, and says for each lookup what was found. Of each bank only the
 * nearest thousand are looked at: one that was made to be near everything costs no more than that.
 */
export async function findIn({ banks }: Copy, lookups: readonly Lookup[]): Promise<Found[]> {
  const found = lookups.map((): Found => ({ distances: new Map(), more: false }));
  const asked = lookups.map(({ kind, value }, at) => ({ kind, at, key: Buffer.from(value, "hex") }));
  const near = asked.filter(({ kind }) => kind === "pdq");
  const into = (at: number, ids: Iterable<readonly [id: number, distance: number]>, more: boolean) => {
    const one = found[at];
    if (one === undefined) return;
    for (const [id, distance] of ids) one.distances.set(id, distance);
    one.more ||= more;
  };
  for (const { row, held } of banks.values()) {
    if (!row.enabled) continue;
    for (const { kind, at, key } of asked) {
      if (kind === "pdq") continue;
      const ids = held.exact[kind].find(key);
      into(
        at,
        ids.slice(0, MAX_LIMIT).map((id) => [id, 0]),
        ids.length > MAX_LIMIT,
      );
    }
    if (near.length === 0 || held.near.size === 0) continue;
    const keys = near.map(({ key }) => key);
    (await held.near.nearAll(keys, row.threshold, MAX_LIMIT)).forEach(({ matches, more }, place) =>
      into(
        near[place]?.at ?? -1,
        matches.map(({ id, distance }) => [id, distance]),
        more,
      ),
    );
  }
  return found;
}
