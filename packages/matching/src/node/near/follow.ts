import type { PdqHash } from "../../pdq/hash.ts";
import type { NearService } from "./near-service.ts";

/** One entry of the log that says what a bank holds. */
export type NearLogEntry =
  | { readonly seq: bigint; readonly kind: "add"; readonly id: number; readonly hash: PdqHash }
  | { readonly seq: bigint; readonly kind: "remove"; readonly id: number };

/**
 * Applies a log to an index, entry by entry, until the log ends: with a snapshot's index and the log after its `seq` this is how
 * a replica comes up, and with a log that waits for more, how it stays so. An entry that the index has already is passed over,
 * and an addition under an id that lives replaces what was there: a log may be read again from any place.
 *
 * @param log ascending by `seq`
 * @throws Error if the log goes back or fails; the index then holds all before
 */
export async function followLog(index: NearService, log: AsyncIterable<NearLogEntry>): Promise<void> {
  let last: bigint | null = null;
  for await (const entry of log) {
    if (last !== null && entry.seq <= last)
      throw new Error(`the log goes back from ${last} to ${entry.seq}; read it in the order of seq`);
    last = entry.seq;
    if (entry.seq <= index.seq) continue;
    index.remove(entry.id);
    if (entry.kind === "add") index.add(entry.id, entry.hash);
    index.seq = entry.seq;
  }
}
