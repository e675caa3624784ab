import { formatProof, openLogReader } from "@fairlead/ledger";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { leafBytes, type LeafFacts } from "./leaf.ts";

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

/** A leaf with everything that its commitment is made of, and its proof. For whom its facts are about. */
export interface OpenedLeaf {
  facts: LeafFacts;
  salt: Buffer;
  /** A C2SP tlog-proof, as text. */
  proof: string;
}

/**
 * Proves a leaf under an earlier checkpoint, such as one that an outside authority has stamped.
 * @param size of that checkpoint; the newest if absent. The leaf must be covered by it
 */
export async function proveLeafIn(
  { db, audit }: Pick<Station, "db" | "audit">,
  leafId: string,
  size?: string,
): Promise<OpenedLeaf> {
  const row = await db.kysely
    .selectFrom("leaf")
    .selectAll()
    .where("id", "=", leafId)
    .executeTakeFirstOrThrow();
  const { id, kind, actor, body, salt } = row;
  if (salt === null)
    throw new StationError("not-found", "What this leaf says was erased; only its commitment is left.", {
      remedy: "The certificate of the erasure, on the report's page, says when and by whom.",
    });
  const facts = { id, kind, at: new Date(row.at).toISOString(), actor, reportId: row.report_id, body };
  const reader = await openLogReader(audit.tiles, audit.signer.verifier);
  const index = Number(row.index);
  if (size === undefined) {
    const proof = await reader.proof(index);
    return { facts, salt, proof: Buffer.from(proof).toString("utf8") };
  }
  const { note } = await db.kysely
    .selectFrom("checkpoint")
    .select("note")
    .where("size", "=", size)
    .executeTakeFirstOrThrow();
  const { hashes } = await reader.inclusionProof(index, Number(size));
  const proof = formatProof({ index, hashes, checkpoint: Buffer.from(note, "utf8") });
  return { facts, salt, proof: Buffer.from(proof).toString("utf8") };
}
