import type { Principal } from "../../access/index.ts";
import { insertLeaves, newLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import type { SignalKind } from "../signal.ts";

/** What somebody looked at. */
export type Look =
  | { what: "list" }
  | { what: "bank" | "parts"; bank: string }
  | { what: "entry"; bank: string; entry: string }
  | { what: "hash"; value: string; kinds: readonly SignalKind[]; found: number };

/** Each look at what is known leaves its leaf: who tries many hashes is seen. */
export async function noteLook(station: Station, look: Look, by: Principal): Promise<void> {
  const leaf = newLeaf({
    kind: "bank.looked-at",
    at: station.clock(),
    actor: `person:${by.id}`,
    body: { ...look },
  });
  await insertLeaves(station.db.kysely, [leaf]).execute();
}
