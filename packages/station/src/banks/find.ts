import { MAX_LIMIT } from "@fairlead/matching";
import type { Copy } from "./follow.ts";
import type { Lookup } from "./verify.ts";

/** What the memory says: numbers of hashes, each with its distance, and whether a bank had more than were looked at. */
export interface Found {
  distances: Map<number, number>;
  more: boolean;
}

/**
 * Looks into every bank that matches at all, as far as its threshold goes. Of each only the nearest thousand are looked at: a bank
 * that was made to be near everything costs no more than that.
 */
export function findIn({ banks }: Copy, { kind, value }: Lookup): Found {
  const key = Buffer.from(value, "hex");
  const distances = new Map<number, number>();
  let more = false;
  for (const { row, held } of banks.values()) {
    if (!row.enabled) continue;
    if (kind === "pdq") {
      const near = held.near.near(key, row.threshold, MAX_LIMIT);
      for (const { id, distance } of near.matches) distances.set(id, distance);
      more ||= near.more;
    } else {
      const ids = held.exact[kind].find(key);
      for (const id of ids.slice(0, MAX_LIMIT)) distances.set(id, 0);
      more ||= ids.length > MAX_LIMIT;
    }
  }
  return { distances, more };
}
