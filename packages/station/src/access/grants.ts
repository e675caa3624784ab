import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { Principal } from "./policy.ts";

/** Leave lasts for looking at one thing once with care, not for a shift. */
const GRANT_MINUTES = 30;
const iso = (ms: number) => new Date(ms).toISOString();

export interface Grant {
  id: string;
  purpose: string;
  grantedAt: string;
  expiresAt: string;
  mediaType: string | undefined;
}

/**
 * Gives a person leave to open one piece of evidence for a stated purpose, and records it.
 * @throws StationError `not-found` when the report has no such evidence, or only a description of it
 */
export async function grantEvidence(
  station: Station,
  place: { reportId: string; evidenceId: string },
  stated: { purpose: string; note?: string | undefined },
  to: Principal,
): Promise<Grant> {
  const now = station.clock();
  return await station.db.transaction(async (tx) => {
    const evidence = await tx
      .selectFrom("evidence")
      .select(["object_name", "media_type"])
      .where("report_id", "=", place.reportId)
      .where("id", "=", place.evidenceId)
      .executeTakeFirst();
    if (evidence === undefined || evidence.object_name === null)
      throw new StationError("not-found", "This station does not hold the bytes of that evidence.", {
        remedy: "Ask the sender for the file; the report page says what was sent.",
      });
    const id = newId(now);
    const expires = now + GRANT_MINUTES * 60_000;
    await tx
      .insertInto("evidence_grant")
      .values({
        id,
        report_id: place.reportId,
        evidence_id: place.evidenceId,
        person_id: to.id,
        purpose: stated.purpose,
        note: stated.note ?? null,
        granted_at: iso(now),
        expires_at: iso(expires),
      })
      .execute();
    await recordLeaf(tx, {
      kind: "evidence.grant",
      at: now,
      actor: `person:${to.id}`,
      reportId: place.reportId,
      body: { grant: id, evidence: place.evidenceId, purpose: stated.purpose, note: stated.note ?? null },
    });
    return {
      id,
      purpose: stated.purpose,
      grantedAt: iso(now),
      expiresAt: iso(expires),
      mediaType: evidence.media_type ?? undefined,
    };
  });
}

export interface Opening {
  bytes: AsyncIterable<Uint8Array>;
  size: number | undefined;
  mediaType: string | undefined;
  name: string | undefined;
}

/**
 * Opens evidence under a grant. The leaf of this opening is in a signed checkpoint on disk before the first byte is decrypted
 * (law 6); a log that does not answer means that nothing is opened.
 * @throws StationError `grant.expired`, the same for a grant that is unknown, somebody else's or over; `log.unavailable`
 */
export async function openEvidence(station: Station, grantId: string, by: Principal): Promise<Opening> {
  const now = station.clock();
  const { leaf, evidence } = await station.db.transaction(async (tx) => {
    const grant = await tx
      .selectFrom("evidence_grant")
      .innerJoin("evidence", (join) =>
        join
          .onRef("evidence.report_id", "=", "evidence_grant.report_id")
          .onRef("evidence.id", "=", "evidence_grant.evidence_id"),
      )
      .select(["evidence_grant.report_id", "evidence_grant.evidence_id", "evidence_grant.purpose"])
      .select(["evidence.object_name", "evidence.size", "evidence.media_type", "evidence.name"])
      .where("evidence_grant.id", "=", grantId)
      .where("evidence_grant.person_id", "=", by.id)
      .where("evidence_grant.expires_at", ">", iso(now))
      .executeTakeFirst();
    if (grant === undefined)
      throw new StationError("grant.expired", "This leave to open evidence is over, or is not yours.", {
        remedy: "Go back to the report and state the purpose again.",
      });
    const leafId = await recordLeaf(tx, {
      kind: "evidence.opening",
      at: now,
      actor: `person:${by.id}`,
      reportId: grant.report_id,
      body: { grant: grantId, evidence: grant.evidence_id, purpose: grant.purpose },
    });
    return { leaf: leafId, evidence: grant };
  });
  await station.audit.covered(leaf);
  if (evidence.object_name === null) throw new Error("a grant is only given for evidence that is here");
  return {
    bytes: station.vault.decrypt(evidence.object_name),
    size: evidence.size === null ? undefined : Number(evidence.size),
    mediaType: evidence.media_type ?? undefined,
    name: evidence.name ?? undefined,
  };
}
