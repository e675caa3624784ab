import { sql } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
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
  const id = newId(now);
  const [granted, expires] = [iso(now), iso(now + GRANT_MINUTES * 60_000)];
  const note = stated.note ?? null;
  const leaf = newLeaf({
    kind: "evidence.grant",
    at: now,
    actor: `person:${to.id}`,
    reportId: place.reportId,
    body: { grant: id, evidence: place.evidenceId, purpose: stated.purpose, note },
  });
  const held = await station.db.kysely
    .with("held", (db) =>
      db
        .selectFrom("evidence")
        .select(["report_id", "id", "media_type"])
        .where("report_id", "=", place.reportId)
        .where("id", "=", place.evidenceId)
        .where("object_name", "is not", null),
    )
    .with("granted", (db) =>
      db
        .insertInto("evidence_grant")
        .columns([
          "id",
          "report_id",
          "evidence_id",
          "person_id",
          "purpose",
          "note",
          "granted_at",
          "expires_at",
        ])
        .expression(
          sql`select ${id}::uuid, report_id, id, ${to.id}::uuid, ${stated.purpose}::text, ${note}::text,
            ${granted}::timestamptz, ${expires}::timestamptz from held`,
        ),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from held)`))
    .selectFrom("held")
    .select("media_type")
    .executeTakeFirst();
  if (held === undefined)
    throw new StationError("not-found", "This station does not hold the bytes of that evidence.", {
      remedy: "Ask the sender for the file; the report page says what was sent.",
    });
  return {
    id,
    purpose: stated.purpose,
    grantedAt: granted,
    expiresAt: expires,
    mediaType: held.media_type ?? undefined,
  };
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
  const evidence = await station.db.kysely
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
  if (evidence === undefined)
    throw new StationError("grant.expired", "This leave to open evidence is over, or is not yours.", {
      remedy: "Go back to the report and state the purpose again.",
    });
  const leaf = newLeaf({
    kind: "evidence.opening",
    at: now,
    actor: `person:${by.id}`,
    reportId: evidence.report_id,
    body: { grant: grantId, evidence: evidence.evidence_id, purpose: evidence.purpose },
  });
  await insertLeaves(station.db.kysely, [leaf]).execute();
  await station.audit.covered(leaf.facts.id);
  if (evidence.object_name === null) throw new Error("a grant is only given for evidence that is here");
  return {
    bytes: station.vault.decrypt(evidence.object_name),
    size: evidence.size === null ? undefined : Number(evidence.size),
    mediaType: evidence.media_type ?? undefined,
    name: evidence.name ?? undefined,
  };
}
