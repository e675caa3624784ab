import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";

/** A person's decision to file, as the ground on which the station opens evidence for the wire. */
export interface FilingDecision {
  referralId: string;
  reportId: string;
  decidedBy: string;
  /** What the leaf of each opening says; filing with a clearinghouse unless it is another wire. */
  purpose?: "report-directly";
}

/**
 * Opens a report's evidence for a wire that takes plain bytes (CyberTipline, UK direct reports). The grant is the person's decision to refer; the
 * leaf of each opening is in a signed checkpoint on disk before the first byte is decrypted (law 6).
 * @returns a way to read each piece that this station holds, by its id
 */
export async function openForFiling(
  station: Station,
  decision: FilingDecision,
): Promise<Map<string, () => AsyncIterable<Uint8Array>>> {
  const now = station.clock();
  const rows = await station.db.kysely
    .selectFrom("evidence")
    .select(["id", "object_name"])
    .where("report_id", "=", decision.reportId)
    .where("object_name", "is not", null)
    .orderBy("position")
    .execute();
  const leaves = rows.map((row) =>
    newLeaf({
      kind: "evidence.opening",
      at: now,
      actor: `person:${decision.decidedBy}`,
      reportId: decision.reportId,
      body: {
        referral: decision.referralId,
        evidence: row.id,
        purpose: decision.purpose ?? "file-with-clearinghouse",
      },
    }),
  );
  const last = leaves.at(-1);
  if (last !== undefined) {
    await insertLeaves(station.db.kysely, leaves).execute();
    await station.audit.covered(last.facts.id);
  }
  return new Map(
    rows.flatMap(({ id, object_name }) =>
      object_name === null ? [] : [[id, () => station.vault.decrypt(object_name)] as const],
    ),
  );
}
