import { openLogReader } from "@fairlead/ledger";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { leafBytes } from "./leaf.ts";

/** What anyone needs to check, offline, that a leaf stands in this station's log. */
export interface LeafProof {
  id: string;
  kind: string;
  at: string;
  /** The leaf's bytes in the tree, as text. */
  leaf: string;
  /** A C2SP tlog-proof: index, path and the signed checkpoint. */
  proof: string;
  verifierKey: string;
}

/** @throws StationError `not-found`, `log.unavailable` when the leaf waits for its checkpoint */
export async function proveLeaf(station: Station, leafId: string): Promise<LeafProof> {
  const row = await station.db.kysely
    .selectFrom("leaf")
    .selectAll()
    .where("id", "=", leafId)
    .executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "The log has no such leaf.", {
      remedy: "Take the id of a line of a report's history.",
    });
  if (row.index === null) await station.audit.covered(leafId);
  const placed = await station.db.kysely
    .selectFrom("leaf")
    .select("index")
    .where("id", "=", leafId)
    .executeTakeFirstOrThrow();
  const reader = await openLogReader(station.audit.tiles, station.audit.signer.verifier);
  const proof = await reader.proof(Number(placed.index));
  const at = new Date(row.at).toISOString();
  return {
    id: row.id,
    kind: row.kind,
    at,
    leaf: Buffer.from(leafBytes({ ...row, at })).toString("utf8"),
    proof: Buffer.from(proof).toString("utf8"),
    verifierKey: station.audit.signer.verifier.vkey,
  };
}
