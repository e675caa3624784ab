import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";

/** What the station itself may open, and why: attestations that came with a report, so that it can check their signatures. */
export interface ProofOpening {
  reportId: string;
  attestations: ReadonlyArray<{ id: string; objectName: string }>;
}

/**
 * Opens attestations for the station itself. The ground is that a signature can only be checked over the signed bytes; an attestation
 * holds verdicts, numbers and digests, and no text of a message. Nothing else of the report is opened. The leaf of each opening is in a
 * signed checkpoint on disk before the first byte is decrypted (law 6).
 * @returns a way to read each, by its id
 */
export async function openForProof(
  station: Station,
  { reportId, attestations }: ProofOpening,
): Promise<Map<string, () => AsyncIterable<Uint8Array>>> {
  const now = station.clock();
  const leaves = attestations.map(({ id }) =>
    newLeaf({
      kind: "evidence.opening",
      at: now,
      actor: "station",
      reportId,
      body: { evidence: id, purpose: "check-proof-of-origin" },
    }),
  );
  const last = leaves.at(-1);
  if (last !== undefined) {
    await insertLeaves(station.db.kysely, leaves).execute();
    await station.audit.covered(last.facts.id);
  }
  return new Map(
    attestations.map(({ id, objectName }) => [id, () => station.vault.decrypt(objectName)] as const),
  );
}
